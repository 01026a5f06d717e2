import type { Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { Refusal, Ret } from '../refusal.js';
import { crc8 } from '../serial.js';
import type { Chip, Store } from './chip.js';

/** What the temperature register holds after power-on, in °C. */
const POWER_ON = 85;
const FACTORY_HIGH = 75;
const FACTORY_LOW = 70;
const LIMITS = ['templow', 'temphigh'];

/** A sensor that converts when told and keeps the result until the next time: DS18B20, DS18S20, DS2438. */
export class Thermometer implements Chip {
  readonly #store: Store;
  readonly #family: string;
  #register: number | undefined;
  #pending: { endsAt: number; bits: number } | undefined;
  #powerOnReads = 0;

  constructor(store: Store, family: string) {
    this.#store = store;
    this.#family = family;
  }

  /** Bits of the conversion that reading this property starts; undefined when it starts none. */
  bitsFor(property: Property, now: number): number | undefined {
    if (property.name === 'temperature') return this.#resolution(now);
    if (property.name === 'fasttemp') return 9;
    const bits = /^temperature(\d+)$/.exec(property.name)?.[1];
    return bits === undefined ? undefined : Number(bits);
  }

  /** Part of the 12-bit conversion time that this conversion takes. */
  share(bits: number): number {
    if (this.#family === '26') return 1 / 64;
    return this.#family === '10' ? 1 : 2 ** (bits - 12);
  }

  /** Starts a conversion of `fullMs` at 12 bits; returns when it ends. */
  start(now: number, fullMs: number): void {
    this.#settle(now);
    const bits = this.#resolution(now);
    this.#pending = { endsAt: now + fullMs * this.share(bits), bits };
  }

  /** The moment from which the started conversion has a result; undefined when none is under way. */
  get endsAt(): number | undefined {
    return this.#pending?.endsAt;
  }

  /** Puts the temperature of this moment into the register. */
  convert(bits: number, now: number): void {
    this.#pending = undefined;
    const step = 2 ** -(this.#family === '26' ? 5 : bits - 8);
    this.#register = Math.round(this.#store.number('temperature', now, 20) / step) * step;
  }

  /** The next `times` answers show the power-on value, as after a dip of the supply. */
  powerOn(times: number): void {
    this.#powerOnReads = times;
  }

  /** No supply of its own: it cannot convert while others talk. */
  parasitic(now: number): boolean {
    return this.#store.number('power', now, 1) === 0;
  }

  read(property: Property, _index: number, now: number): Value | undefined {
    const { name } = property;
    if (name === 'latesttemp' || this.bitsFor(property, now) !== undefined)
      return this.#answer(now);
    if (name === 'scratchpad') return this.#scratchpad(now);
    if (LIMITS.includes(name)) return this.#limit(name, now);
    return undefined;
  }

  write(property: Property, values: readonly Value[]): boolean {
    const [value = 0] = values;
    if (typeof value !== 'number') return false;
    if (property.name === 'tempres' && (value < 9 || value > 12)) throw new Refusal(Ret.invalid);
    if (!LIMITS.includes(property.name)) return false;
    this.#store.set(property.name, Math.max(-128, Math.min(127, Math.round(value))));
    return true;
  }

  /** The chip compares whole degrees of its last conversion (DS18B20 data sheet, alarm signalling). */
  alarm(now: number): boolean {
    this.#settle(now);
    if (this.#register === undefined || this.#family === '26') return false;
    const degrees = Math.floor(this.#register);
    return degrees >= this.#limit('temphigh', now) || degrees <= this.#limit('templow', now);
  }

  #answer(now: number): number {
    this.#settle(now);
    if (this.#powerOnReads > 0) {
      this.#powerOnReads -= 1;
      return POWER_ON;
    }
    return this.#register ?? POWER_ON;
  }

  #settle(now: number): void {
    const pending = this.#pending;
    if (pending && now >= pending.endsAt) this.convert(pending.bits, pending.endsAt);
  }

  #resolution(now: number): number {
    return this.#store.number('tempres', now, 12);
  }

  #limit(name: string, now: number): number {
    return this.#store.number(name, now, name === 'temphigh' ? FACTORY_HIGH : FACTORY_LOW);
  }

  #scratchpad(now: number): Buffer {
    this.#settle(now);
    const bytes = Buffer.from([
      0,
      0,
      0,
      0,
      ((this.#resolution(now) - 9) << 5) | 0x1f,
      0xff,
      0,
      0x10,
    ]);
    bytes.writeInt16LE(Math.round((this.#register ?? POWER_ON) * 16), 0);
    bytes.writeInt8(this.#limit('temphigh', now), 2);
    bytes.writeInt8(this.#limit('templow', now), 3);
    return Buffer.concat([bytes, Buffer.of(crc8(bytes))]);
  }
}
