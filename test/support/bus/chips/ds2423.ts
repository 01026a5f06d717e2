import { crc16 } from '../crc.js';
import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk, type WireSide } from '../slave.js';

const COMMAND = {
  writeScratchpad: 0x0f,
  readScratchpad: 0xaa,
  copyScratchpad: 0x5a,
  readMemory: 0xf0,
  readWithCounter: 0xa5,
} as const;

const MEMORY = 512;
const PAGE = 32;
const COPIED = 0xaa;
/** Pages 12 and 13 count the writes to them, 14 and 15 the pulses of A and B. */
const FIRST_COUNTER = 12;

/** A memory with counters: DS2423, family 1D (owlib/src/c/ow_2423.c). */
export class Ds2423 extends Slave {
  readonly #memory = Buffer.alloc(MEMORY);
  readonly #counters = Buffer.alloc(16);
  readonly #scratchpad = Buffer.alloc(PAGE, 0xff);
  #target = 0;
  /** Address within the page of the last byte that was written to the scratchpad. */
  #ending = 0;

  constructor(setup: ChipSetup, wire: WireSide) {
    super(setup, wire);
    this.#count(setup.counters);
  }

  override *talk(): Talk {
    switch (yield LISTEN) {
      case COMMAND.writeScratchpad:
        return yield* this.#writeScratchpad();
      case COMMAND.readScratchpad:
        return yield* this.#readScratchpad();
      case COMMAND.copyScratchpad:
        return yield* this.#copyScratchpad();
      case COMMAND.readMemory:
        return yield* this.#memory.subarray(address(yield LISTEN, yield LISTEN));
      case COMMAND.readWithCounter:
        return yield* this.#readWithCounter();
    }
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#count(change.counters);
  }

  override state(): ChipState {
    const counters = [8, 12].map((at) => this.#counters.readUInt32LE(at));
    return { ...super.state(), counters: [counters[0] ?? 0, counters[1] ?? 0] };
  }

  #count(counters: ChipSetup['counters']): void {
    counters?.forEach((count, n) => this.#counters.writeUInt32LE(count, 8 + 4 * n));
  }

  *#writeScratchpad(): Talk {
    const said: number[] = [COMMAND.writeScratchpad, yield LISTEN, yield LISTEN];
    this.#target = address(said[1], said[2]);
    for (let at = this.#target % PAGE; at < PAGE; at += 1) {
      const byte = yield LISTEN;
      said.push(byte);
      this.#scratchpad[at] = byte;
      this.#ending = at;
    }
    yield* crc16(said);
  }

  *#readScratchpad(): Talk {
    const start = this.#target % PAGE;
    const bytes = [...this.#authorisation(), ...this.#scratchpad.subarray(start, this.#ending + 1)];
    yield* bytes;
    if (this.#ending === PAGE - 1) yield* crc16([COMMAND.readScratchpad, ...bytes]);
  }

  *#copyScratchpad(): Talk {
    for (const byte of this.#authorisation()) if ((yield LISTEN) !== byte) return;
    const start = this.#target % PAGE;
    this.#scratchpad.copy(this.#memory, this.#target, start, this.#ending + 1);
    const at = (Math.floor(this.#target / PAGE) - FIRST_COUNTER) * 4;
    if (at === 0 || at === 4) {
      this.#counters.writeUInt32LE((this.#counters.readUInt32LE(at) + 1) >>> 0, at);
    }
    for (;;) yield COPIED;
  }

  #authorisation(): readonly number[] {
    return [this.#target & 0xff, this.#target >> 8, this.#ending];
  }

  /** Up to the end of each page, its counter, four zeros and the checksum of what was said. */
  *#readWithCounter(): Talk {
    let said: number[] = [COMMAND.readWithCounter, yield LISTEN, yield LISTEN];
    let at = address(said[1], said[2]);
    while (at < MEMORY) {
      const page = Math.floor(at / PAGE);
      const next = (page + 1) * PAGE;
      const bytes = [...this.#memory.subarray(at, next), ...this.#counterOf(page), 0, 0, 0, 0];
      yield* bytes;
      yield* crc16([...said, ...bytes]);
      said = [];
      at = next;
    }
  }

  #counterOf(page: number): readonly number[] {
    const at = (page - FIRST_COUNTER) * 4;
    return at < 0 ? [0xff, 0xff, 0xff, 0xff] : [...this.#counters.subarray(at, at + 4)];
  }
}

function address(low = 0, high = 0): number {
  return (low | (high << 8)) % MEMORY;
}
