import { crc8 } from '../crc.js';
import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk, type WireSide } from '../slave.js';

const COMMAND = {
  writeScratchpad: 0x4e,
  readScratchpad: 0xbe,
  copyScratchpad: 0x48,
  recall: 0xb8,
  convertTemperature: 0x44,
  convertVoltage: 0xb4,
} as const;

const PAGES = 8;
const PAGE = 8;
const ROOM = 20;
const VDD = 5;
const VAD = 2.5;
const CONVERSION_MS = 10;
/** Bytes of page 0, and of page 1 its clock. */
const AT = { status: 0, temperature: 1, voltage: 3, clock: 8 } as const;
/** Bits of the status that can be written: current, its sums, and which voltage is converted. */
const STATUS = { writable: 0x0f, measuresVdd: 0x08 } as const;
/** The byte of page 0 that a copy stores. */
const THRESHOLD = 7;

/** A battery monitor, often with a humidity sensor: DS2438, family 26 (owlib/src/c/ow_2438.c). */
export class Ds2438 extends Slave {
  readonly #memory = Buffer.alloc(PAGES * PAGE);
  readonly #scratchpads = Buffer.alloc(PAGES * PAGE);
  #temperature: number;
  #vdd: number;
  #vad: number;
  #conversions = 0;
  #busyUntil = 0;
  /** When the clock was 0, in seconds of the wire. */
  #clockFrom: number;

  constructor(setup: ChipSetup, wire: WireSide) {
    super(setup, wire);
    this.#temperature = setup.temperature ?? ROOM;
    this.#vdd = setup.vdd ?? VDD;
    this.#vad = setup.vad ?? VAD;
    this.#clockFrom = this.#seconds;
    this.#memory[AT.status] = STATUS.writable;
  }

  override *talk(): Talk {
    switch (yield LISTEN) {
      case COMMAND.writeScratchpad:
        return yield* this.#write();
      case COMMAND.readScratchpad:
        return yield* this.#read();
      case COMMAND.copyScratchpad:
        this.#copy(pageOf(yield LISTEN));
        return;
      case COMMAND.recall:
        this.#recall(pageOf(yield LISTEN));
        return;
      case COMMAND.convertTemperature:
        this.#memory.writeInt16LE(Math.round(this.#temperature * 32) << 3, AT.temperature);
        return yield* this.#convert();
      case COMMAND.convertVoltage:
        this.#memory.writeUInt16LE(Math.round(this.#volts * 100), AT.voltage);
        return yield* this.#convert();
    }
  }

  /** All scratchpads show what is behind them. */
  override powerOn(): void {
    super.powerOn();
    this.#memory.copy(this.#scratchpads);
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#temperature = change.temperature ?? this.#temperature;
    this.#vdd = change.vdd ?? this.#vdd;
    this.#vad = change.vad ?? this.#vad;
  }

  override state(): ChipState {
    const latest = this.#memory.readInt16LE(AT.temperature) / 256;
    return {
      ...super.state(),
      temperature: this.#temperature,
      latest,
      conversions: this.#conversions,
      vdd: this.#vdd,
      vad: this.#vad,
    };
  }

  get #seconds(): number {
    return Math.floor(this.wire.now / 1000);
  }

  get #volts(): number {
    return this.#memory.readUInt8(AT.status) & STATUS.measuresVdd ? this.#vdd : this.#vad;
  }

  *#convert(): Talk {
    this.#conversions += 1;
    this.#busyUntil = this.wire.now + CONVERSION_MS;
    for (;;) yield () => (this.wire.now < this.#busyUntil ? 0 : LISTEN);
  }

  *#write(): Talk {
    const page = pageOf(yield LISTEN);
    for (let n = 0; n < PAGE; n += 1) {
      this.#scratchpads[page + n] = yield LISTEN;
      // The status counts at once, without a copy and without the rest.
      this.#memory[AT.status] = this.#scratchpads.readUInt8(AT.status) & STATUS.writable;
    }
  }

  *#read(): Talk {
    const page = pageOf(yield LISTEN);
    const bytes = this.#scratchpads.subarray(page, page + PAGE);
    yield* bytes;
    yield crc8(Buffer.from(bytes));
  }

  #copy(page: number): void {
    if (page === 0) {
      this.#memory[THRESHOLD] = this.#scratchpads.readUInt8(THRESHOLD);
      return;
    }
    this.#scratchpads.copy(this.#memory, page, page, page + PAGE);
    if (page === AT.clock) this.#clockFrom = this.#seconds - this.#memory.readUInt32LE(AT.clock);
  }

  #recall(page: number): void {
    this.#memory.writeUInt32LE((this.#seconds - this.#clockFrom) >>> 0, AT.clock);
    this.#memory.copy(this.#scratchpads, page, page, page + PAGE);
  }
}

function pageOf(number: number): number {
  return (number % PAGES) * PAGE;
}
