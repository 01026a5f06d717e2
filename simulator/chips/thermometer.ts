import type { Property } from '../properties/property.js';
import { asNumber, type Value } from '../properties/value.js';
import { Refusal, Ret } from '../refusal.js';
import type { Chip, Store } from './chip.js';
import { encodeScratchpad, fieldIn, temperatureIn } from './scratchpad.js';
import { hasResolution, neededMs, stepOf, type SensorKind } from './sensor-kinds.js';

/** What the temperature register holds after power-on, in °C. */
const POWER_ON = 85;
/** What the EEPROM holds when the chip is new. */
const FACTORY = { temphigh: 75, templow: 70, tempres: 12 };
type Setting = keyof typeof FACTORY;
const FAULTS = ['open_circuit', 'ground_short', 'vdd_short'];

/** A sensor that converts when told and keeps the result until the next time. */
export class Thermometer implements Chip {
  readonly kind: SensorKind;
  readonly #store: Store;
  readonly #family: string;
  #temperature = POWER_ON;
  #thermocouple = POWER_ON;
  #hasConverted = false;
  #pendingEnd: number | undefined;
  #powerOnReads = 0;
  /** What of the EEPROM is in use. */
  #settings: Record<Setting, number>;

  constructor(store: Store, family: string, kind: SensorKind) {
    this.#store = store;
    this.#family = family;
    this.kind = kind;
    this.#settings = this.#eeprom();
  }

  /** Bits of its conversions, until it is told otherwise. */
  get bits(): number {
    return this.#settings.tempres;
  }

  set bits(bits: number) {
    this.#settings.tempres = bits;
  }

  /** Has it a supply of its own? Without one it converts only while the bus does nothing else. */
  isPowered(now: number): boolean {
    return this.#store.number('power', now, 1) !== 0;
  }

  /** Starts a conversion; returns how long it takes. */
  start(now: number, conversionMs: number): number {
    this.#settle(now);
    const ms = neededMs(this.kind, this.bits, conversionMs);
    this.#pendingEnd = now + ms;
    return ms;
  }

  get isConverting(): boolean {
    return this.#pendingEnd !== undefined;
  }

  /** Puts what it measures at this moment into the register. */
  finish(now: number): void {
    const step = stepOf(this.kind, this.bits);
    this.#pendingEnd = undefined;
    this.#hasConverted = true;
    this.#temperature = Math.round(this.#store.number('temperature', now, 20) / step) * step;
    this.#thermocouple = this.#store.number('thermocouple', now, 20);
  }

  /**
   * Its supply comes up: a conversion under way is lost, and 85 °C is in the register.
   */
  wake(): void {
    this.#pendingEnd = undefined;
    this.#hasConverted = false;
    this.#temperature = this.#thermocouple = POWER_ON;
    this.recall();
  }

  /** The next `times` answers show the power-on value, however often owserver tries. */
  powerOn(times: number): void {
    this.#powerOnReads = times;
  }

  /** A temperature went out to a client. */
  answered(): void {
    if (this.#powerOnReads > 0) this.#powerOnReads -= 1;
  }

  /** Takes its settings from the EEPROM, as owserver tells it whenever one of them is read. */
  recall(): void {
    this.#settings = this.#eeprom();
  }

  scratchpad(now: number): Buffer {
    this.#settle(now);
    const isFresh = this.#powerOnReads > 0;
    return encodeScratchpad(this.kind, {
      temperature: isFresh ? POWER_ON : this.#temperature,
      thermocouple: isFresh ? POWER_ON : this.#thermocouple,
      high: this.#settings.temphigh,
      low: this.#settings.templow,
      bits: this.#settings.tempres,
      address: this.#store.number('prog_addr', now, 0) & 0xf,
      faults: FAULTS.reduce((sum, name, bit) => sum | (this.#store.number(name, now, 0) << bit), 0),
    });
  }

  /** The temperature in the register as owserver understands it, in °C. */
  latest(now: number): number {
    if (this.kind !== 'DS2438') return temperatureIn(this.scratchpad(now), this.#family);
    this.#settle(now);
    return this.#powerOnReads > 0 ? POWER_ON : this.#temperature;
  }

  read({ name }: Property, _index: number, now: number): Value | undefined {
    if (name === 'latesttemp') return this.latest(now);
    if (this.kind === 'DS2438') return undefined;
    if (name === 'scratchpad') return this.scratchpad(now);
    if (name in FACTORY) this.recall();
    return fieldIn(this.scratchpad(now), name);
  }

  write({ name }: Property, values: readonly Value[]): boolean {
    if (!isSetting(name)) return false;
    const value = asNumber(values[0] ?? 0);
    if (name === 'tempres' && !(value >= 9 && value <= 12)) throw new Refusal(Ret.invalid);
    this.#settings[name] = asByte(value);
    // owserver writes all three together, so that what is in use goes into the EEPROM too.
    for (const [each, used] of Object.entries(this.#settings)) this.#store.set(each, used);
    return true;
  }

  /**
   * The chip compares whole degrees of its last conversion (DS18B20 data sheet, alarm signalling).
   */
  alarm(now: number): boolean {
    this.#settle(now);
    if (!this.#hasConverted || this.kind === 'DS2438' || this.kind.startsWith('MAX')) return false;
    const degrees = Math.floor(this.#temperature);
    return degrees >= this.#settings.temphigh || degrees <= this.#settings.templow;
  }

  #settle(now: number): void {
    if (this.#pendingEnd !== undefined && now >= this.#pendingEnd) this.finish(this.#pendingEnd);
  }

  #eeprom(): Record<Setting, number> {
    const stored = (name: Setting): number => this.#store.number(name, 0, FACTORY[name]);
    const tempres = hasResolution(this.kind) ? stored('tempres') : FACTORY.tempres;
    return { temphigh: asByte(stored('temphigh')), templow: asByte(stored('templow')), tempres };
  }
}

function isSetting(name: string): name is Setting {
  return name in FACTORY;
}

/** Whole degrees, as C cuts a number down to a signed byte. */
function asByte(value: number): number {
  return Math.max(-128, Math.min(127, Math.trunc(value)));
}
