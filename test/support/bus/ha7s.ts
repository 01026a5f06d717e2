import { hex } from '../../../simulator/serial.js';
import type { Master } from './master.js';
import { findNext, type Found } from './search.js';
import { ROM, type Wire } from './wire.js';

const CR = '\r';
/** Commands that go on up to a carriage return; the others are one letter. */
const LONG = 'AW';
const ADDRESS_DIGITS = 16;

/** The HA7S of Embedded Data Systems: commands of one letter (owlib/src/c/ow_ha7e.c). */
export class Ha7s implements Master {
  commands = 0;
  readonly #wire: Wire;
  readonly #answer: (bytes: Buffer) => void;
  #pending = '';
  #address: Buffer | undefined;
  #found: Found | undefined;

  constructor(wire: Wire, answer: (bytes: Buffer) => void) {
    this.#wire = wire;
    this.#answer = answer;
  }

  receive(bytes: Buffer): void {
    this.#pending += bytes.toString('latin1');
    for (let command = this.#next(); command !== undefined; command = this.#next()) {
      this.commands += 1;
      const reply = command.length > 1 ? this.#long(command) : this.#short(command);
      if (reply !== undefined) this.#answer(Buffer.from(reply + CR, 'latin1'));
    }
  }

  /** Takes the first whole command, without its carriage return. */
  #next(): string | undefined {
    const letter = this.#pending[0];
    if (letter === undefined) return undefined;
    const end = LONG.includes(letter) ? this.#pending.indexOf(CR) : 1;
    if (end === -1) return undefined;
    const command = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(LONG.includes(letter) ? end + 1 : end);
    return command;
  }

  #short(letter: string): string | undefined {
    switch (letter) {
      case 'R':
        this.#wire.reset();
        return '';
      case 'S':
      case 's':
        return this.#search(ROM.search, letter === 's');
      case 'C':
      case 'c':
        return this.#search(ROM.alarm, letter === 'c');
      case 'M':
        return this.#match();
      default:
        return undefined;
    }
  }

  #long(command: string): string | undefined {
    if (command.startsWith('A')) {
      if (command.length !== 1 + ADDRESS_DIGITS) return undefined;
      this.#address = Buffer.from(command.slice(1), 'hex').reverse();
      return this.#match();
    }
    const bytes = Buffer.from(command.slice(3), 'hex');
    if (bytes.length !== parseInt(command.slice(1, 3), 16)) return undefined;
    for (const [n, byte] of bytes.entries()) bytes[n] = this.#wire.byte(byte);
    return hex(bytes);
  }

  #search(command: number, next: boolean): string {
    const last = next ? this.#found : undefined;
    this.#found = last?.fork === -1 ? undefined : findNext(this.#wire, command, last);
    if (!this.#found) return '';
    this.#address = this.#found.rom;
    return backwards(this.#address);
  }

  #match(): string {
    const address = this.#address ?? Buffer.alloc(8);
    this.#wire.reset();
    this.#wire.byte(ROM.match);
    for (const byte of address) this.#wire.byte(byte);
    return backwards(address);
  }
}

function backwards(address: Buffer): string {
  return hex(Buffer.from(address).reverse());
}
