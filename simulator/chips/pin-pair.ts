import { asNumber, type Value } from '../properties/value.js';
import { elementName, type Property } from '../properties/property.js';
import type { Chip, Store } from './chip.js';

/**
 * The two pins of a DS28EA00. PIO shows the pin and latch the transistor, both upside down; writing
 * either sets the transistor; owlib/src/c/ow_1820.c, `FS_r_pio`, `FS_r_latch` and `FS_w_pio`.
 */
export class PinPair implements Chip {
  readonly #store: Store;
  readonly #latch: Property;
  readonly #sensed: Property;

  constructor(store: Store, latch: Property, sensed: Property) {
    this.#store = store;
    this.#latch = latch;
    this.#sensed = sensed;
  }

  read({ name }: Property, index: number, now: number): Value | undefined {
    const conducts = this.#store.number(elementName(this.#latch, index), now, 0) !== 0;
    const wired = asNumber(this.#store.get(elementName(this.#sensed, index), now) ?? 1) !== 0;
    const isHigh = wired && !conducts;
    if (name === 'latch') return Number(conducts);
    if (name === 'PIO') return Number(!isHigh);
    return name === 'sensed' ? Number(isHigh) : undefined;
  }

  /** Both transistors are off. */
  wake(): void {
    for (const index of [0, 1]) this.#store.set(elementName(this.#latch, index), 0);
  }

  write({ name }: Property, values: readonly Value[], first: number): boolean {
    if (name !== 'PIO' && name !== 'latch') return false;
    values.forEach((value, position) =>
      this.#store.set(elementName(this.#latch, first + position), value),
    );
    return true;
  }
}
