import type { Property } from '../properties/property.js';
import { asNumber, type Value } from '../properties/value.js';
import { Refusal, Ret } from '../refusal.js';
import type { Chip, Store } from './chip.js';

/** Automatic control of its transistor, which is off: how a DS2409 wakes. */
const AUTOMATIC = 2;

/**
 * The registers of a DS2409: one branch, main (0) or aux (1), may be on by hand;
 * owlib/src/c/ow_2409.c.
 */
export class Coupler implements Chip {
  readonly #store: Store;
  #isOn: [boolean, boolean] = [false, false];

  constructor(store: Store) {
    this.#store = store;
  }

  read({ name }: Property, index: number, now: number): Value | undefined {
    if (name === 'branch') return Number(this.#isOn[index] ?? false);
    if (name === 'control') return this.#store.number('control', now, AUTOMATIC);
    // The lines rest high.
    return name === 'sensed' ? this.#store.number(`sensed.${index}`, now, 1) : undefined;
  }

  wake(): void {
    this.#isOn = [false, false];
  }

  write({ name }: Property, values: readonly Value[], first: number): boolean {
    switch (name) {
      case 'branch':
        this.#select(values, first);
        return true;
      case 'clearevent':
      case 'discharge':
        if (asNumber(values[0] ?? 0) !== 0) this.#isOn = [false, false];
        return true;
      case 'control':
        if (asNumber(values[0] ?? 0) > 3) throw new Refusal(Ret.invalid);
        return false;
      default:
        return false;
    }
  }

  #select(values: readonly Value[], first: number): void {
    const next: [boolean, boolean] = [...this.#isOn];
    values.forEach((value, position) => (next[first + position] = asNumber(value) !== 0));
    if (next[0] && next[1]) throw new Refusal(Ret.invalid);
    this.#isOn = next;
  }
}
