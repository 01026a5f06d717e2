import type { Slave } from './slave.js';

export type Bit = 0 | 1;

const BITS = 64;

/** The slaves' side of a ROM search: for each bit its value, its complement, then the way to go. */
export class RomSearch {
  #left: readonly Slave[];
  #position = 0;
  #part: 0 | 1 | 2 = 0;

  constructor(slaves: readonly Slave[]) {
    this.#left = slaves;
  }

  /** The one slave whose address was found, once all bits were; none if nobody answered. */
  get found(): readonly Slave[] | undefined {
    return this.#position === BITS ? this.#left : undefined;
  }

  /** One bit on the wire: what the master sends, and what it reads back. */
  bit(out: Bit): Bit {
    switch (this.#part) {
      case 0:
        this.#part = 1;
        return this.#all(1) ? out : 0;
      case 1:
        this.#part = 2;
        return this.#all(0) ? out : 0;
      case 2:
        this.#left = this.#left.filter((slave) => this.#bitOf(slave) === out);
        this.#position += 1;
        this.#part = 0;
        return out;
    }
  }

  #all(value: Bit): boolean {
    return this.#left.every((slave) => this.#bitOf(slave) === value);
  }

  #bitOf({ rom }: Slave): number {
    return ((rom[this.#position >> 3] ?? 0) >> (this.#position & 7)) & 1;
  }
}
