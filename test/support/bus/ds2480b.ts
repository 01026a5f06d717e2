import type { Master } from './master.js';
import type { Bit } from './rom-search.js';
import type { Presence, Wire } from './wire.js';

/** Bytes that are commands in either mode; in data mode, twice the second is one byte of data. */
const MODE = { data: 0xe1, command: 0xe3, stopPulse: 0xf1 } as const;

/** Which command it is: the lowest bit is set; the highest tells communication from configuration. */
const KIND = { communication: 0x81, configuration: 0x01 } as const;
const FUNCTION = { mask: 0x60, bit: 0x00, search: 0x20, reset: 0x40 } as const;
/** In a communication command: a bit's value or "search on"; strong pull-up after the bit. */
const SET = 0x10;
const PULL_UP = 0x02;

/** Reset answers: version 3 in bits 2 to 4, who is there in the lowest two (DS2480_reset_once). */
const RESET_ANSWER: Readonly<Record<Presence, number>> = {
  short: 0xcc,
  present: 0xcd,
  nobody: 0xcf,
};

const ACCELERATED_BYTES = 16;

/** The DS2480B of the DS9097U: two modes and a search accelerator (owlib/src/c/ow_ds9097U.c). */
export class Ds2480b implements Master {
  commands = 0;
  readonly #wire: Wire;
  readonly #answer: (bytes: Buffer) => void;
  readonly #parameters = new Map<number, number>();
  #dataMode = false;
  /** Data that looked like the switch to command mode: once is that switch, twice is data. */
  #switching = false;
  #accelerated: number[] | undefined;

  constructor(wire: Wire, answer: (bytes: Buffer) => void) {
    this.#wire = wire;
    this.#answer = answer;
    wire.strongPullUp = false;
  }

  receive(bytes: Buffer): void {
    this.commands += 1;
    const answers: number[] = [];
    for (const byte of bytes) answers.push(...this.#take(byte));
    if (answers.length > 0) this.#answer(Buffer.from(answers));
  }

  #take(byte: number): readonly number[] {
    if (this.#switching) {
      this.#switching = false;
      if (byte === MODE.command) return this.#data(byte);
      this.#dataMode = false;
    }
    if (this.#dataMode) {
      if (byte !== MODE.command) return this.#data(byte);
      this.#switching = true;
      return [];
    }
    return this.#command(byte);
  }

  #data(byte: number): readonly number[] {
    this.#wire.strongPullUp = false;
    if (!this.#accelerated) return [this.#wire.byte(byte)];
    this.#accelerated.push(byte);
    if (this.#accelerated.length < ACCELERATED_BYTES) return [];
    const ways = this.#accelerated;
    // owserver says so next, but flushes its line right after it: a pseudo terminal may lose that.
    this.#accelerated = undefined;
    this.#dataMode = false;
    return this.#search(ways);
  }

  #command(byte: number): readonly number[] {
    switch (byte) {
      case MODE.data:
        this.#dataMode = true;
        return [];
      case MODE.command:
        return [];
      case MODE.stopPulse:
        this.#wire.strongPullUp = false;
        return [byte];
    }
    if ((byte & KIND.communication) === KIND.communication) return this.#communicate(byte);
    return (byte & KIND.configuration) === 0 ? [] : [this.#configure(byte)];
  }

  #communicate(byte: number): readonly number[] {
    switch (byte & FUNCTION.mask) {
      case FUNCTION.bit: {
        this.#wire.strongPullUp = (byte & PULL_UP) !== 0;
        const seen = this.#wire.bit(byte & SET ? 1 : 0);
        return [(byte & 0xfc) | (seen ? 3 : 0)];
      }
      case FUNCTION.search:
        this.#accelerated = byte & SET ? [] : undefined;
        return [];
      case FUNCTION.reset:
        return [RESET_ANSWER[this.#wire.reset()]];
      default:
        return [byte];
    }
  }

  /** Parameter 0 reads the parameter that is named instead of a value. */
  #configure(byte: number): number {
    const parameter = (byte >> 4) & 7;
    const value = byte & 0x0e;
    if (parameter === 0) return this.#parameters.get(value >> 1) ?? 0;
    this.#parameters.set(parameter, value);
    return byte & 0x7e;
  }

  /** For each bit the way to go comes in as the higher of two; out go "both were there" and the way. */
  #search(ways: readonly number[]): readonly number[] {
    return ways.map((way) => {
      let out = 0;
      for (let n = 0; n < 8; n += 2) {
        const value = this.#wire.bit(1);
        const complement = this.#wire.bit(1);
        const asked = ((way >> (n + 1)) & 1) as Bit;
        const taken = value === 0 && complement === 0 ? asked : value;
        this.#wire.bit(taken);
        out |= ((value === complement ? 1 : 0) | (taken << 1)) << n;
      }
      return out;
    });
  }
}
