import type { Bus, Timing } from './bus.js';
import type { Cache } from './cache.js';
import { isPowerOn, thermocoupleIn } from '../chips/scratchpad.js';
import { allowedMs, attemptsOf, hasResolution } from '../chips/sensor-kinds.js';
import type { Thermometer } from '../chips/thermometer.js';
import type { Device } from './device.js';
import { Refusal, Ret } from '../refusal.js';

/** A temperature to be read from a sensor. */
export interface Sensing {
  bus: Bus;
  device: Device;
  sensor: Thermometer;
  /** The directory that the request names. */
  route: string;
  property: string;
  uncached: boolean;
  /** The second of a conversion of all that it may use. */
  conversionAt: number | undefined;
}

/** A last attempt takes half as long again; owlib/src/c/ow_1820.c, `OW_temperature_ready`. */
const LONGER = 1.5;
const NINE_TO_TWELVE = /\d+$/;
/** What owserver allows for 12 bits, in milliseconds; `absentMs` is for these. */
const FULL_WAIT_MS = 1000;

/** Would owserver rather convert again than believe what is in a scratchpad? */
type Doubts = (scratchpad: Buffer) => boolean;
const doubted: Doubts = isPowerOn;
const believed: Doubts = () => false;

/** How owserver comes to a temperature; owlib/src/c/ow_1820.c. */
export class Temperatures {
  readonly #timing: Timing;
  readonly #cache: Cache;

  constructor(timing: Timing, cache: Cache) {
    this.#timing = timing;
    this.#cache = cache;
  }

  /**
   * Up to three attempts: the first may use a conversion of all, the last believes in 85 °C.
   * @throws Refusal when the sensor does not answer
   */
  async read(sensing: Sensing): Promise<number> {
    const attempts = attemptsOf(sensing.sensor.kind);
    try {
      for (let left = attempts - 1; left > 0; left -= 1) {
        const value = await this.#attempt(sensing, left === attempts - 1).catch(nothingIfRefused);
        if (value !== undefined) return value;
      }
      return await this.#lastAttempt(sensing);
    } finally {
      sensing.sensor.answered();
    }
  }

  /** Nothing for 85 °C, which owserver does not believe at first. */
  async #attempt(sensing: Sensing, isFirst: boolean): Promise<number | undefined> {
    const { bus, conversionAt } = sensing;
    const isChanged = await this.#setResolution(sensing);
    const isPowered = await this.#isPowered(sensing);
    if (!isPowered) return this.#convert(sensing, this.#allowedMs(sensing), doubted);
    if (isChanged || !isFirst || conversionAt === undefined)
      return this.#convert(sensing, undefined, doubted);
    await this.#waitForRest(sensing, conversionAt);
    return bus.transfer(() => this.#result(sensing, doubted));
  }

  /**
   * As if the sensor had no supply, and longer; with a sensor that is gone the bus waits in vain.
   */
  async #lastAttempt(sensing: Sensing): Promise<number> {
    const { bus, device, route, sensor } = sensing;
    let heldMs: number | undefined;
    if (sensor.kind !== 'DS2438') {
      await this.#setResolution(sensing);
      const absentMs = (this.#timing.absentMs * this.#waitOf(sensing)) / FULL_WAIT_MS;
      const isThere = bus.reaches(device, route);
      heldMs = isThere ? this.#allowedMs(sensing) * LONGER : absentMs;
    }
    const value = await this.#convert(sensing, heldMs, believed);
    if (value === undefined) throw new Refusal(Ret.invalid);
    return value;
  }

  /**
   * Tells the sensor how many bits are wanted, unless owserver believes it knows that; was it news?
   */
  async #setResolution({ bus, device, route, sensor, property }: Sensing): Promise<boolean> {
    const bits = bitsOf(device, property);
    if (!hasResolution(sensor.kind)) return false;
    if (this.#cache.fact(device, 'resolution') === bits) return false;
    return bus.transfer(() => {
      bus.mustReach(device, route);
      const isNews = sensor.bits !== bits;
      sensor.bits = bits;
      this.#cache.keepFact(device, 'resolution', bits);
      return isNews;
    });
  }

  /** A sensor that is gone seems to have a supply: the line is high. */
  async #isPowered({ bus, device, route, sensor, uncached }: Sensing): Promise<boolean> {
    if (sensor.kind === 'DS2438') return true;
    const known = uncached ? undefined : this.#cache.fact(device, 'power');
    if (known !== undefined) return known !== 0;
    return bus.transfer(() => {
      const isPowered = !bus.reaches(device, route) || sensor.isPowered(this.#timing.now());
      this.#cache.keepFact(device, 'power', Number(isPowered));
      return isPowered;
    });
  }

  /** A conversion of its own, for which the bus is held: so long as the chip needs, or as told. */
  async #convert(
    sensing: Sensing,
    ms: number | undefined,
    doubts: Doubts,
  ): Promise<number | undefined> {
    const { bus, device, route, sensor } = sensing;
    const { now, sleep, conversionMs } = this.#timing;
    return bus.transfer(async () => {
      const isThere = bus.reaches(device, route);
      const neededMs = isThere ? sensor.start(now(), conversionMs) : 0;
      const heldMs = ms ?? neededMs;
      if (heldMs > 0) await sleep(heldMs);
      if (isThere && sensor.isConverting) sensor.finish(now());
      return this.#result(sensing, doubts);
    });
  }

  /**
   * The rest of a conversion of all; the bus is free meanwhile. owserver counts in whole seconds,
   * so it may wait too long, or not at all; owlib/src/c/ow_simultaneous.c, `FS_Test_Simultaneous`.
   */
  async #waitForRest(sensing: Sensing, conversionAt: number): Promise<void> {
    const ms = this.#allowedMs(sensing) - 1000 * this.#cache.secondsSince(conversionAt);
    if (ms > 0) await this.#timing.sleep(ms);
  }

  #result({ bus, device, route, sensor, property }: Sensing, doubts: Doubts): number | undefined {
    const { now } = this.#timing;
    bus.mustReach(device, route);
    if (property === 'thermocouple') return thermocoupleIn(sensor.scratchpad(now()));
    const isDoubted = sensor.kind !== 'DS2438' && doubts(sensor.scratchpad(now()));
    return isDoubted ? undefined : sensor.latest(now());
  }

  #allowedMs({ device, sensor, property }: Sensing): number {
    return allowedMs(sensor.kind, bitsOf(device, property), this.#timing.conversionMs);
  }

  /** The same on a bus of full speed. */
  #waitOf({ device, sensor, property }: Sensing): number {
    return allowedMs(sensor.kind, bitsOf(device, property), 750);
  }
}

/** The bits that this name of a temperature stands for. */
function bitsOf(device: Device, property: string): number {
  return Number(NINE_TO_TWELVE.exec(device.family.links[property] ?? property)?.[0] ?? 12);
}

function nothingIfRefused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
  return undefined;
}

/** Does reading this property start a conversion, or wait for one? */
export function converts(device: Device, property: string): boolean {
  if (!device.thermometer) return false;
  const name = device.family.links[property] ?? property;
  return name === 'thermocouple' || /^temperature\d*$/.test(name);
}
