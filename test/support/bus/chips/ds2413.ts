import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk, type WireSide } from '../slave.js';
import { Pins } from './pins.js';
import { readPins, writePins } from './two-pins.js';

const COMMAND = { read: 0xf5, write: 0x5a } as const;

/** Two switches: DS2413, family 3A (owlib/src/c/ow_2413.c). */
export class Ds2413 extends Slave {
  readonly #pins: Pins;

  constructor(setup: ChipSetup, wire: WireSide) {
    super(setup, wire);
    this.#pins = new Pins(2, setup.inputs);
  }

  override *talk(): Talk {
    const command = yield LISTEN;
    if (command === COMMAND.read) yield* readPins(this.#pins);
    else if (command === COMMAND.write) yield* writePins(this.#pins);
  }

  override powerOn(): void {
    super.powerOn();
    this.#pins.powerOn();
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#pins.change(change);
  }

  override state(): ChipState {
    return { ...super.state(), ...this.#pins.state() };
  }
}
