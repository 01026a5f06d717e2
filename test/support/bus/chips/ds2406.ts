import { crc16 } from '../crc.js';
import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk, type WireSide } from '../slave.js';
import { Pins } from './pins.js';

const COMMAND = {
  readMemory: 0xf0,
  writeStatus: 0x55,
  readStatus: 0xaa,
  accessChannels: 0xf5,
} as const;

const MEMORY_BYTES = 128;
/** The byte of the status memory that is no EPROM. */
const SRAM = 7;

/** Bits of that byte; the lowest five are the condition of the alarm search. */
const STATUS = { high: 0x01, source: 0x06, channels: 0x18, offs: 0x60, powered: 0x80 } as const;
const POWER_ON = STATUS.high | STATUS.source | STATUS.channels | STATUS.offs;

/** Bits of the first control byte of a channel access. */
const CONTROL = { resetLatches: 0x80, read: 0x40, checksums: 0x03 } as const;
/** After how many bytes a checksum comes. */
const CHECKED_BYTES = [Infinity, 1, 8, 32] as const;

const INFO = { twoChannels: 0x40, powered: 0x80 } as const;

/**
 * Two switches with a supply of their own: DS2406, family 12 (owlib/src/c/ow_2406.c). Its channels are
 * read and never written: owserver switches them by the status memory.
 */
export class Ds2406 extends Slave {
  readonly #pins: Pins;
  #condition = POWER_ON & ~STATUS.offs;

  constructor(setup: ChipSetup, wire: WireSide) {
    super(setup, wire);
    this.#pins = new Pins(2, setup.inputs);
  }

  override *talk(): Talk {
    const command = yield LISTEN;
    switch (command) {
      case COMMAND.readMemory:
        return yield* this.#read(command, Buffer.alloc(MEMORY_BYTES, 0xff));
      case COMMAND.readStatus:
        return yield* this.#read(command, this.#statusMemory());
      case COMMAND.writeStatus:
        return yield* this.#writeStatus();
      case COMMAND.accessChannels:
        return yield* this.#accessChannels();
    }
  }

  /** By the table of the data sheet: of no channel it is in alarm whenever the polarity is low. */
  override isAlarming(): boolean {
    const source = (this.#condition & STATUS.source) >> 1;
    const channels = (this.#condition & STATUS.channels) >> 3;
    const isHigh = (this.#condition & STATUS.high) !== 0;
    if (source === 0) return false;
    if (channels === 0) return !isHigh;
    const { latches, outputs, sensed } = this.#pins;
    const bits = [0, latches, ~outputs, sensed][source] ?? 0;
    return ((isHigh ? bits : ~bits) & channels) !== 0;
  }

  override powerOn(): void {
    super.powerOn();
    this.#pins.powerOn();
    this.#condition = POWER_ON & ~STATUS.offs;
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#pins.change(change);
  }

  override state(): ChipState {
    return { ...super.state(), ...this.#pins.state() };
  }

  /** From an address to the end, then the checksum of all that was said. */
  *#read(command: number, memory: Buffer): Talk {
    const said = [command, yield LISTEN, yield LISTEN];
    for (let address = addressOf(said); address < memory.length; address += 1) {
      const byte = memory[address] ?? 0;
      said.push(byte);
      yield byte;
    }
    yield* crc16(said);
  }

  #statusMemory(): Buffer {
    const memory = Buffer.alloc(SRAM + 1, 0xff);
    memory.fill(0, SRAM - 2);
    const offs = (~this.#pins.outputs & 3) << 5;
    memory[SRAM] = this.#condition | offs | STATUS.powered;
    return memory;
  }

  /** The data sheet has the master send FF after the checksum; owserver does not, and chips obey. */
  *#writeStatus(): Talk {
    const said = [COMMAND.writeStatus, yield LISTEN, yield LISTEN, yield LISTEN];
    yield* crc16(said);
    const [, , , value = 0] = said;
    if (addressOf(said) !== SRAM) return;
    this.#condition = value & ~(STATUS.offs | STATUS.powered);
    this.#pins.drive(~value >> 5);
  }

  /** What the channels are, then their levels again and again, with checksums between. */
  *#accessChannels(): Talk {
    const [control, second] = [yield LISTEN, yield LISTEN];
    if (control & CONTROL.resetLatches) this.#pins.latches = 0;
    const info = this.#info();
    yield info;
    if ((control & CONTROL.read) === 0) return;
    const span = CHECKED_BYTES[control & CONTROL.checksums] ?? Infinity;
    let said: number[] = [COMMAND.accessChannels, control, second, info];
    for (let n = 1; ; n += 1) {
      yield () => {
        said.push(this.#samples());
        return said.at(-1) ?? 0;
      };
      if (n % span !== 0) continue;
      yield* crc16(said);
      said = [];
    }
  }

  #info(): number {
    const { outputs, sensed, latches } = this.#pins;
    return (~outputs & 3) | (sensed << 2) | (latches << 4) | INFO.twoChannels | INFO.powered;
  }

  /** Four times A, then B. */
  #samples(): number {
    return this.#pins.sensed * 0x55;
  }
}

function addressOf([, low = 0, high = 0]: readonly number[]): number {
  return low | (high << 8);
}
