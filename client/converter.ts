import { setTimeout as delay } from 'node:timers/promises';
import type { Buses } from './buses.js';
import type { Facts } from './catalogue.js';
import { Conversion } from './conversion.js';
import { Deadline } from './deadline.js';
import { OwError, toOwError } from './errors.js';
import type { Messenger, Patience } from './messenger.js';
import type { ResolvedOptions } from './options.js';
import type { Structures } from './structures.js';
import {
  comesOfConversion,
  conversionMs,
  FIXED_RESOLUTION,
  SLOWEST_MS,
} from './values/thermometers.js';

/**
 * Why a value was read on its own although it was to come from a conversion of the whole bus: it is
 * none that such a conversion makes, owserver has no `latesttemp`, the sensor is behind a coupler or
 * has no supply of its own, or nothing may be written.
 */
export type Fallback =
  'no-conversion' | 'no-latesttemp' | 'behind-coupler' | 'parasite-power' | 'read-only';

/** How long it is believed how a sensor gets its power: only rewiring changes it. */
const POWER_MS = 600_000;

/** A healthy bus takes the command within milliseconds; behind a search of many devices, within two seconds. */
const START_MS = 4_000;

/** What is written to let all thermometers measure; owlib/src/c/ow_simultaneous.c. */
const COMMAND = '/simultaneous/temperature';

/** Most sensors that are remembered. */
const LIMIT = 5_000;

interface Sensor {
  readonly directory: string;
  readonly family: string;
  readonly bus: number;
  readonly learnedAt: number;
  /** Has it a supply of its own? */
  powered?: boolean;
}

type Running = Conversion<Sensor, Fallback>;

/** Lets all thermometers of a bus measure at once, for everybody who asks meanwhile. */
export class Converter {
  readonly #messenger: Messenger;
  readonly #buses: Buses;
  readonly #structures: Structures;
  readonly #options: ResolvedOptions;
  readonly #running = new Map<number, Running>();
  /** Buses that have not answered to the last command yet. */
  readonly #silent = new Set<number>();
  readonly #sensors = new Map<string, Sensor>();

  constructor(
    messenger: Messenger,
    buses: Buses,
    structures: Structures,
    options: ResolvedOptions,
  ) {
    this.#messenger = messenger;
    this.#buses = buses;
    this.#structures = structures;
    this.#options = options;
  }

  /**
   * Resolves when the sensor's `latesttemp` is that of a conversion which began now or was under way,
   * or with the reason to read the sensor on its own.
   * @throws OwError when the sensor or its bus does not answer.
   */
  async measure(facts: Facts, patience: Patience): Promise<Fallback | undefined> {
    const { directory, family, propertyPath } = facts;
    if (directory === undefined || family === undefined) return 'no-conversion';
    if (!comesOfConversion(family, propertyPath)) return 'no-conversion';
    if (facts.behindCoupler) return 'behind-coupler';
    if (this.#options.readOnly) return 'read-only';
    if (!(await this.#structures.find(family, 'latesttemp', patience))) return 'no-latesttemp';
    const bus = await this.#buses.find(facts, patience);
    if (bus === undefined) return 'no-conversion';
    const sensor = this.#sensor(directory, family, bus);
    return sensor.powered === false ? 'parasite-power' : this.#takePart(sensor, patience);
  }

  /** Lets the thermometers of a bus, or of all, measure; resolves when those of 12 bits are done. */
  async run(bus: number | undefined, patience: Patience): Promise<void> {
    if (this.#options.readOnly) throw new OwError('clientReadOnly', {}, { path: COMMAND });
    const count = await this.#buses.count(patience);
    const buses = bus === undefined ? Array.from({ length: count }, (_, each) => each) : [bus];
    const outcomes = buses.map((each) => {
      const conversion = this.#conversion(each);
      conversion.need({ directory: '', family: '', bus: each, learnedAt: 0 }, SLOWEST_MS);
      return conversion.over;
    });
    for (const outcome of await Promise.all(outcomes)) {
      if (outcome === 'read-only') throw new OwError('serverReadOnly', {}, { path: COMMAND });
      if (outcome) throw new OwError('noConversion');
    }
  }

  /** What answers next may have other sensors. */
  forget(): void {
    this.#sensors.clear();
  }

  #sensor(directory: string, family: string, bus: number): Sensor {
    const known = this.#sensors.get(directory);
    const fresh = known && performance.now() - known.learnedAt < POWER_MS;
    if (fresh && known.bus === bus) return known;
    if (this.#sensors.size >= LIMIT) this.#sensors.clear();
    const sensor = { directory, family, bus, learnedAt: performance.now() };
    this.#sensors.set(directory, sensor);
    return sensor;
  }

  async #takePart(sensor: Sensor, patience: Patience): Promise<Fallback | undefined> {
    const conversion = this.#conversion(sensor.bus);
    conversion.need(sensor, SLOWEST_MS);
    const outcome = await conversion.over;
    if (outcome) return outcome;
    sensor.powered ??= await this.#isPowered(sensor, patience);
    return sensor.powered ? undefined : 'parasite-power';
  }

  /** The conversion that is under way on a bus, or a new one. */
  #conversion(bus: number): Running {
    const running = this.#running.get(bus);
    if (running && !running.ended) return running;
    const start = this.#start(bus);
    const conversion: Running = new Conversion(start);
    this.#running.set(bus, conversion);
    start.then(() => this.#survey(conversion)).catch(() => undefined);
    conversion.over.catch(() => undefined);
    return conversion;
  }

  /** A dead bus is no error for owserver (owlib/src/c/ow_simultaneous.c): it only takes seconds. */
  async #start(bus: number): Promise<Fallback | undefined> {
    const silent = new OwError('busSilent', { bus, seconds: START_MS / 1000 });
    if (this.#silent.has(bus)) throw silent;
    this.#silent.add(bus);
    const answered = this.#command(bus).finally(() => this.#silent.delete(bus));
    const settled = new AbortController();
    const late = delay(START_MS, undefined, { signal: settled.signal }).then(() => {
      throw silent;
    });
    try {
      return await Promise.race([answered, late]);
    } finally {
      settled.abort();
      answered.catch(() => undefined);
      late.catch(() => undefined);
    }
  }

  async #command(bus: number): Promise<Fallback | undefined> {
    const deadline = new Deadline(this.#options.requestTimeoutMs);
    const where = (await this.#buses.count({ deadline })) === 1 ? '' : `/bus.${bus}`;
    const path = `${where}${COMMAND}`;
    try {
      // Once more does no harm: unlike other writes this one may be sent again.
      const message = { type: 'write', path, data: Buffer.from('1'), repeatable: true } as const;
      await this.#messenger.ask(message, { deadline });
      return undefined;
    } catch (thrown) {
      const error = toOwError(thrown);
      if (error.code === 'EOW_READ_ONLY') return 'read-only';
      if (error.code === 'EOW_ABSENT') return 'no-conversion';
      throw error;
    }
  }

  /**
   * Uses the time of the conversion to learn what is not known of its sensors yet: first how they get
   * their power, without which their values cannot be trusted, then how long they take.
   */
  async #survey(conversion: Running): Promise<void> {
    const patience = { deadline: new Deadline(this.#options.requestTimeoutMs) };
    for (const sensor of conversion.sensors) {
      if (conversion.ended) return;
      if (sensor.directory !== '' && sensor.powered === undefined)
        await this.#learnPower(sensor, patience);
    }
    for (const sensor of conversion.sensors) {
      if (conversion.ended) return;
      if (sensor.directory === '' || sensor.family === FIXED_RESOLUTION) continue;
      conversion.need(sensor, conversionMs(await this.#resolution(sensor, patience)));
    }
  }

  /** One that does not answer is asked again by whoever wants its value, and hears why there is none. */
  async #learnPower(sensor: Sensor, patience: Patience): Promise<void> {
    try {
      sensor.powered = await this.#isPowered(sensor, patience);
    } catch {
      delete sensor.powered;
    }
  }

  async #isPowered(sensor: Sensor, patience: Patience): Promise<boolean> {
    return (await this.#ask(sensor, 'power', patience)) === '1';
  }

  /** From owserver's cache, mostly; it knows of changes, so it is asked each time. */
  async #resolution(sensor: Sensor, patience: Patience): Promise<number> {
    return Number(await this.#ask(sensor, 'tempres', patience).catch(() => undefined));
  }

  async #ask({ directory, bus }: Sensor, property: string, patience: Patience): Promise<string> {
    const message = {
      type: 'read',
      path: `${directory}/${property}`,
      serialKey: `bus ${bus}`,
    } as const;
    const { data } = await this.#messenger.ask(message, { ...patience, priority: 'bus' });
    return data.toString('latin1').trim();
  }
}
