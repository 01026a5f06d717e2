import { elementName, type Property } from '../properties/property.js';
import { asNumber, type Value } from '../properties/value.js';
import type { Chip, Store } from './chip.js';

/**
 * Open-drain channels: PIO 1 means that the transistor conducts, so `sensed` is 0; else `sensed`
 * shows what is wired to the pin, 1 by default. `latch` remembers changes until any write to it
 * (DS2408 data sheet).
 */
export class Switch implements Chip {
  readonly #store: Store;
  readonly #pio: Property;
  readonly #sensed: Property;
  #levels: number;
  #latches = 0;

  constructor(store: Store, pio: Property, sensed: Property) {
    this.#store = store;
    this.#pio = pio;
    this.#sensed = sensed;
    this.#levels = this.#measure(0);
  }

  read(property: Property, index: number, now: number): Value | undefined {
    this.observe(now);
    switch (property.name) {
      case 'PIO':
      case 'flipflop':
        return this.#conducts(index, now) ? 1 : 0;
      case 'sensed':
        return (this.#levels >> index) & 1;
      case 'latch':
        return (this.#latches >> index) & 1;
      default:
        return undefined;
    }
  }

  write(property: Property, values: readonly Value[], first: number, now: number): boolean {
    if (property.name === 'latch') {
      this.observe(now);
      this.#latches = 0;
      return true;
    }
    if (property.name !== 'PIO') return false;
    values.forEach((value, position) =>
      this.#store.set(elementName(this.#pio, first + position), value),
    );
    return true;
  }

  observe(now: number): void {
    const levels = this.#measure(now);
    this.#latches |= levels ^ this.#levels;
    this.#levels = levels;
  }

  alarm(now: number): boolean {
    this.observe(now);
    const setting = this.#store.number('set_alarm', now, 0);
    return this.#pio.elements === 8 ? this.#alarm2408(setting) : this.#alarm2406(setting, now);
  }

  /** First digit: 0 pins, 1 latches, 2 and 3: all instead of any; then 2 low, 3 high a channel. */
  #alarm2408(setting: number): boolean {
    const source = Math.floor(setting / 1e8) % 10;
    const bits = source & 1 ? this.#latches : this.#levels;
    const hits: boolean[] = [];
    for (let channel = 0; channel < 8; channel += 1) {
      const digit = Math.floor(setting / 10 ** channel) % 10;
      if (digit & 2) hits.push(((bits >> channel) & 1) === (digit & 1));
    }
    return hits.length > 0 && (source & 2 ? hits.every(Boolean) : hits.some(Boolean));
  }

  /** Three digits: channels (1 A, 2 B, 3 both), source (1 latch, 2 PIO, 3 sensed), level. */
  #alarm2406(setting: number, now: number): boolean {
    const channels = Math.floor(setting / 100) & 3;
    const source = Math.floor(setting / 10) % 10;
    const pio = [0, 1].reduce(
      (sum, index) => sum | (Number(this.#conducts(index, now)) << index),
      0,
    );
    const bits = [0, this.#latches, pio, this.#levels][source] ?? 0;
    const wanted = setting % 10 === 0 ? ~bits : bits;
    return source !== 0 && (wanted & channels) !== 0;
  }

  #conducts(index: number, now: number): boolean {
    return this.#store.number(elementName(this.#pio, index), now, 0) !== 0;
  }

  #measure(now: number): number {
    let levels = 0;
    for (let index = 0; index < this.#pio.elements; index += 1) {
      const wired = asNumber(this.#store.get(elementName(this.#sensed, index), now) ?? 1);
      if (wired !== 0 && !this.#conducts(index, now)) levels |= 1 << index;
    }
    return levels;
  }
}
