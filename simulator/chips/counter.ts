import type { Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import type { Chip, Store } from './chip.js';

/** The pages whose write counters are the two inputs of a DS2423. */
const INPUT_PAGES = ['counter.A', 'counter.B'];
const FIRST_INPUT_PAGE = 14;

/** The counters of a DS2423 under their other names. */
export class Counter implements Chip {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read(property: Property, index: number, now: number): Value | undefined {
    if (property.name === 'mincount') return Math.min(this.#input(0, now), this.#input(1, now));
    if (property.name === 'counter' || property.name === 'counters') return this.#input(index, now);
    const input = index - FIRST_INPUT_PAGE;
    return property.name === 'pages/count' && input >= 0 ? this.#input(input, now) : undefined;
  }

  #input(input: number, now: number): number {
    return Math.floor(this.#store.number(INPUT_PAGES[input] ?? '', now, 0)) >>> 0;
  }
}
