import type { Property } from '../properties/property.js';
import { asNumber, type Value } from '../properties/value.js';
import type { Chip, Store } from './chip.js';

/** The clock of a DS2438 and the humidity that several sensors behind it would show. */
export class BatteryMonitor implements Chip {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read(property: Property, _index: number, now: number): Value | undefined {
    const { name } = property;
    if (name.endsWith('/humidity')) return this.#store.get('humidity', now);
    const seconds = secondsName(name);
    if (seconds === undefined) return undefined;
    return Math.floor(this.#store.number(seconds, now, seconds === 'udate' ? now / 1000 : 0));
  }

  write(property: Property, values: readonly Value[], _first: number, now: number): boolean {
    const seconds = secondsName(property.name);
    if (seconds === undefined) return false;
    const value = asNumber(values[0] ?? 0);
    // Its clock goes on from what was written; the other two dates stand still.
    this.#store.set(seconds, seconds === 'udate' ? (ms) => value + (ms - now) / 1000 : value);
    return true;
  }
}

/** The property that keeps the seconds of a date. */
function secondsName(name: string): string | undefined {
  return /(^|\/)u?date$/.test(name) ? name.replace(/u?date$/, 'udate') : undefined;
}
