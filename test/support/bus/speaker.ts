import { LISTEN, type Drive, type Slave, type Talk } from './slave.js';

/** One side of the conversation that goes on, a byte at a time. */
export class Speaker {
  readonly #talk: Talk;
  readonly #slave: Slave | undefined;
  readonly #powerUps: number | undefined;
  #drive: Drive = LISTEN;

  /** A slave that loses its power, or the wire, falls silent. */
  constructor(talk: Talk, slave?: Slave) {
    this.#talk = talk;
    this.#slave = slave;
    this.#powerUps = slave?.powerUps;
    this.#take(talk.next());
  }

  /** What it puts on the wire with the byte that begins now. */
  drive(): number {
    if (this.#silenced) return LISTEN;
    return typeof this.#drive === 'number' ? this.#drive : this.#drive();
  }

  /** Hands over the byte that the wire carried; false: it says no more. */
  hear(byte: number): boolean {
    return !this.#silenced && this.#take(this.#talk.next(byte));
  }

  get #silenced(): boolean {
    return this.#slave?.powerUps !== this.#powerUps || this.#slave?.present === false;
  }

  #take({ value, done }: IteratorResult<Drive, unknown>): boolean {
    this.#drive = done === true ? LISTEN : value;
    return done !== true;
  }
}
