import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import type { Talk, WireSide } from '../slave.js';
import { Ds18b20 } from './ds18b20.js';
import { Pins } from './pins.js';
import { readPins, writePins } from './two-pins.js';

const COMMAND = { readPins: 0xf5, writePins: 0xa5 } as const;

/** A thermometer with two switches: DS28EA00, family 42 (owlib/src/c/ow_1820.c, OW_w_pio). */
export class Ds28ea00 extends Ds18b20 {
  readonly #pins: Pins;

  constructor(setup: ChipSetup, wire: WireSide, conversionMs: number) {
    super(setup, wire, conversionMs);
    this.#pins = new Pins(2, setup.inputs);
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

  protected override *obey(command: number): Talk {
    if (command === COMMAND.readPins) yield* readPins(this.#pins);
    else if (command === COMMAND.writePins) yield* writePins(this.#pins);
    else yield* super.obey(command);
  }
}
