import { crc16 } from '../crc.js';
import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk, type WireSide } from '../slave.js';
import { Pins } from './pins.js';

const COMMAND = {
  readRegisters: 0xf0,
  readPins: 0xf5,
  writePins: 0x5a,
  writeConditions: 0xcc,
  resetLatches: 0xc3,
} as const;

const DONE = 0xaa;
const FIRST_REGISTER = 0x88;
/** Of the registers that can be written: mask, polarity, control. */
const FIRST_CONDITION = 0x8b;
const LAST_REGISTER = 0x8f;
const READS_TO_CRC = 32;

const CONTROL = { fromLatches: 0x01, all: 0x02, strobe: 0x04, powerOnReset: 0x08, powered: 0x80 };
const WRITABLE = CONTROL.fromLatches | CONTROL.all | CONTROL.strobe | CONTROL.powerOnReset;

/** Eight switches: DS2408, family 29 (owlib/src/c/ow_2408.c). */
export class Ds2408 extends Slave {
  readonly #pins: Pins;
  #mask = 0;
  #polarity = 0;
  #control = CONTROL.powerOnReset;

  constructor(setup: ChipSetup, wire: WireSide) {
    super(setup, wire);
    this.#pins = new Pins(8, setup.inputs);
  }

  override *talk(): Talk {
    const command = yield LISTEN;
    switch (command) {
      case COMMAND.readRegisters:
        return yield* this.#readRegisters();
      case COMMAND.readPins:
        return yield* this.#readPins();
      case COMMAND.writePins:
        return yield* this.#writePins();
      case COMMAND.writeConditions:
        return yield* this.#writeConditions();
      case COMMAND.resetLatches:
        this.#pins.latches = 0;
        for (;;) yield DONE;
    }
  }

  /** Until its power-on flag is cleared it always is; then by what was set (DS2408, set_alarm). */
  override isAlarming(): boolean {
    if (this.#control & CONTROL.powerOnReset) return true;
    const source = this.#control & CONTROL.fromLatches ? this.#pins.latches : this.#pins.sensed;
    const fulfilled = ~(source ^ this.#polarity) & this.#mask;
    const all = (this.#control & CONTROL.all) !== 0;
    return all ? this.#mask !== 0 && fulfilled === this.#mask : fulfilled !== 0;
  }

  override powerOn(): void {
    super.powerOn();
    this.#pins.powerOn();
    this.#mask = 0;
    this.#polarity = 0;
    this.#control = CONTROL.powerOnReset;
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#pins.change(change);
  }

  override state(): ChipState {
    return { ...super.state(), ...this.#pins.state() };
  }

  /** From an address to the end of the page, then the checksum of all that was said. */
  *#readRegisters(): Talk {
    const said: number[] = [COMMAND.readRegisters, yield LISTEN, yield LISTEN];
    for (let address = addressOf(said); address <= LAST_REGISTER; address += 1) {
      const register = this.#registers()[address - FIRST_REGISTER] ?? 0;
      said.push(register);
      yield register;
    }
    yield* crc16(said);
  }

  #registers(): readonly number[] {
    const { sensed, outputs, latches } = this.#pins;
    const control = this.#control | CONTROL.powered;
    return [sensed, ~outputs & 0xff, latches, this.#mask, this.#polarity, control, 0xff, 0xff];
  }

  *#readPins(): Talk {
    for (let said: number[] = [COMMAND.readPins]; ; said = []) {
      for (let n = 0; n < READS_TO_CRC; n += 1) {
        yield () => {
          said.push(this.#pins.sensed);
          return this.#pins.sensed;
        };
      }
      yield* crc16(said);
    }
  }

  *#writePins(): Talk {
    for (;;) {
      const latches = yield LISTEN;
      const complement = yield LISTEN;
      if ((latches ^ complement) !== 0xff) return;
      this.#pins.drive(~latches);
      yield DONE;
      yield () => this.#pins.sensed;
    }
  }

  *#writeConditions(): Talk {
    for (let address = addressOf([0, yield LISTEN, yield LISTEN]); ; address += 1) {
      const value = yield LISTEN;
      if (address === FIRST_CONDITION) this.#mask = value;
      else if (address === FIRST_CONDITION + 1) this.#polarity = value;
      else if (address === FIRST_CONDITION + 2) this.#control = this.#controlled(value);
      else return;
    }
  }

  /** The power-on flag can be cleared but not set. */
  #controlled(value: number): number {
    return value & WRITABLE & (this.#control | ~CONTROL.powerOnReset);
  }
}

function addressOf([, low = 0, high = 0]: readonly number[]): number {
  return low | (high << 8);
}
