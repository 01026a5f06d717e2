import type { Bit } from './rom-search.js';
import type { Wire } from './wire.js';

/** An address that a search found, and where the next one turns off. */
export interface Found {
  /** Eight bytes, family first. */
  readonly rom: Buffer;
  /** The last bit at which 0 was taken though 1 was there too; -1: this was the last address. */
  readonly fork: number;
}

/**
 * The next address after `last`, or the first one; undefined when nobody answers. `command` is F0,
 * or EC for those in alarm.
 */
export function findNext(wire: Wire, command: number, last?: Found): Found | undefined {
  if (wire.reset() === 'nobody') return undefined;
  wire.byte(command);
  const rom = Buffer.alloc(8);
  let fork = -1;
  for (let n = 0; n < 64; n += 1) {
    const value = wire.bit(1);
    const complement = wire.bit(1);
    if (value === 1 && complement === 1) return undefined;
    const both = value === complement;
    const way = both ? wayAt(n, last) : value;
    if (both && way === 0) fork = n;
    wire.bit(way);
    rom.writeUInt8(rom.readUInt8(n >> 3) | (way << (n & 7)), n >> 3);
  }
  return { rom, fork };
}

function wayAt(n: number, last: Found | undefined): Bit {
  if (!last || n > last.fork) return 0;
  return n === last.fork ? 1 : ((((last.rom[n >> 3] ?? 0) >> (n & 7)) & 1) as Bit);
}
