import type { ChipSetup, ChipState, Resolution } from '../setup.js';
import type { WireSide } from '../slave.js';
import { AT, limitsOf, Thermometer } from './thermometer.js';

const FULL: Resolution = 12;
const RESOLUTION_BITS = 0x60;

/** What a kind of DS18B20 has in the lower five bits of its configuration. */
export const LOW_BITS = { ds18b20: 0x1f, ds1825: 0x10 } as const;

/**
 * Thermometers of 9 to 12 bits: DS18B20 (28), DS1822 (22), DS1825 (3B); and the DS28EA00, which
 * has switches too.
 */
export class Ds18b20 extends Thermometer {
  readonly #fullMs: number;
  readonly #lowBits: number;

  constructor(
    setup: ChipSetup,
    wire: WireSide,
    conversionMs: number,
    lowBits: number = LOW_BITS.ds18b20,
  ) {
    const resolution = ((setup.resolution ?? FULL) - 9) << 5;
    super(setup, wire, [...limitsOf(setup), resolution | lowBits]);
    this.#fullMs = conversionMs;
    this.#lowBits = lowBits;
  }

  override state(): ChipState {
    return { ...super.state(), resolution: this.#resolution };
  }

  protected override conversionMs(): number {
    return this.#fullMs / 2 ** (FULL - this.#resolution);
  }

  /** Bits below the resolution read as 0. */
  protected override show(sixteenths: number): void {
    const unused = (1 << (FULL - this.#resolution)) - 1;
    this.scratchpad.writeInt16LE(sixteenths & ~unused, AT.temperature);
  }

  protected override shown(): number {
    return this.scratchpad.readInt16LE(AT.temperature) / 16;
  }

  protected override showPowerOn(): void {
    this.scratchpad.set([0xff, 0x0c, 0x10], AT.config + 1);
  }

  protected override configured(value: number): number {
    return (value & RESOLUTION_BITS) | this.#lowBits;
  }

  get #resolution(): Resolution {
    return ((this.scratchpad.readUInt8(AT.config) >> 5) + 9) as Resolution;
  }
}
