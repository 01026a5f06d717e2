import { elementName, type Property } from '../properties/property.js';
import { asNumber, type Value } from '../properties/value.js';
import type { AlarmSetting, Channels } from './alarm-setting.js';
import type { Chip, Store } from './chip.js';

/** The properties of its channels. */
export interface Pins {
  pio: Property;
  sensed: Property;
}

/**
 * Open-drain channels: PIO 1 means that the transistor conducts, so `sensed` is 0; else `sensed`
 * shows what is wired to the pin, 1 by default. `latch` remembers changes until any write to it
 * (DS2408 data sheet).
 */
export class Switch implements Chip {
  readonly #store: Store;
  readonly #pins: Pins;
  readonly #alarm: AlarmSetting | undefined;
  #levels: number;
  #latches = 0;

  constructor(store: Store, pins: Pins, alarm: AlarmSetting | undefined) {
    this.#store = store;
    this.#pins = pins;
    this.#alarm = alarm;
    this.#levels = this.#measure(0);
  }

  read(property: Property, index: number, now: number): Value | undefined {
    this.observe(now);
    const { latches, sensed, outputs } = this.#channels(now);
    const bit = (bits: number): number => (bits >> index) & 1;
    switch (property.name) {
      case 'PIO':
        return bit(outputs);
      case 'flipflop':
        return bit(~outputs);
      case 'sensed':
        return bit(sensed);
      case 'latch':
        return bit(latches);
      default:
        return this.#alarm?.read(property, now);
    }
  }

  write(property: Property, values: readonly Value[], first: number, now: number): boolean {
    if (property.name === 'latch') {
      this.observe(now);
      this.#latches = 0;
      return true;
    }
    if (property.name !== 'PIO') return this.#alarm?.write(property, values[0] ?? 0, now) ?? false;
    values.forEach((value, position) =>
      this.#store.set(elementName(this.#pins.pio, first + position), value),
    );
    return true;
  }

  observe(now: number): void {
    const levels = this.#measure(now);
    this.#latches |= levels ^ this.#levels;
    this.#levels = levels;
  }

  /** All outputs off, all latches clear. */
  wake(now: number): void {
    const { pio } = this.#pins;
    for (let index = 0; index < pio.elements; index += 1)
      this.#store.set(elementName(pio, index), 0);
    this.#alarm?.powerOn();
    this.#levels = this.#measure(now);
    this.#latches = 0;
  }

  alarm(now: number): boolean {
    this.observe(now);
    return this.#alarm?.isFulfilled(this.#channels(now), now) ?? false;
  }

  #channels(now: number): Channels {
    let outputs = 0;
    for (let index = 0; index < this.#pins.pio.elements; index += 1)
      if (this.#conducts(index, now)) outputs |= 1 << index;
    return { latches: this.#latches, sensed: this.#levels, outputs };
  }

  #conducts(index: number, now: number): boolean {
    return this.#store.number(elementName(this.#pins.pio, index), now, 0) !== 0;
  }

  #measure(now: number): number {
    const { pio, sensed } = this.#pins;
    let levels = 0;
    for (let index = 0; index < pio.elements; index += 1) {
      const wired = asNumber(this.#store.get(elementName(sensed, index), now) ?? 1);
      if (wired !== 0 && !this.#conducts(index, now)) levels |= 1 << index;
    }
    return levels;
  }
}
