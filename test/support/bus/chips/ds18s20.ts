import type { ChipSetup } from '../setup.js';
import type { WireSide } from '../slave.js';
import { AT, limitsOf, Thermometer } from './thermometer.js';

const COUNT_REMAIN = 6;
const COUNTS_PER_DEGREE = 16;

/**
 * DS18S20, family 10: half degrees in the register, 16ths by its counter. owserver takes the whole
 * degrees, less 0.25, plus what is counted (owlib/src/c/ow_1820.c, OW_10temp).
 */
export class Ds18s20 extends Thermometer {
  readonly #ms: number;

  constructor(setup: ChipSetup, wire: WireSide, conversionMs: number) {
    super(setup, wire, limitsOf(setup));
    this.#ms = conversionMs;
  }

  protected override conversionMs(): number {
    return this.#ms;
  }

  protected override show(sixteenths: number): void {
    const shifted = sixteenths + COUNTS_PER_DEGREE / 4;
    this.scratchpad.writeInt16LE(shifted >> 3, AT.temperature);
    this.scratchpad[COUNT_REMAIN] = COUNTS_PER_DEGREE - (shifted & 15);
  }

  protected override shown(): number {
    const whole = this.scratchpad.readInt16LE(AT.temperature) >> 1;
    return whole - 0.25 + 1 - this.scratchpad.readUInt8(COUNT_REMAIN) / COUNTS_PER_DEGREE;
  }

  protected override showPowerOn(): void {
    this.scratchpad[COUNT_REMAIN + 1] = COUNTS_PER_DEGREE;
  }

  /** It has no configuration. */
  protected override configured(value: number): number {
    return value;
  }
}
