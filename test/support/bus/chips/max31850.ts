import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import type { WireSide } from '../slave.js';
import { AT, Thermometer } from './thermometer.js';

const ROOM = 20;
/** The temperature of the chip itself, in 16ths of a °C over four bits of faults. */
const COLD_JUNCTION = 2;
/** It converts in 100 ms where others take 750. */
const FASTER = 7.5;
const CONFIGURATION = 0xf0;

/**
 * A thermocouple: MAX31850, family 3B. owserver reads the chip's own temperature as `temperature`
 * and the other end of the wires as `thermocouple`.
 */
export class Max31850 extends Thermometer {
  readonly #ms: number;
  #thermocouple: number;

  constructor(setup: ChipSetup, wire: WireSide, conversionMs: number) {
    super(setup, wire, []);
    this.#ms = conversionMs / FASTER;
    this.#thermocouple = setup.thermocouple ?? ROOM;
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#thermocouple = change.thermocouple ?? this.#thermocouple;
  }

  override state(): ChipState {
    return { ...super.state(), thermocouple: this.#thermocouple };
  }

  protected override conversionMs(): number {
    return this.#ms;
  }

  protected override show(sixteenths: number): void {
    this.scratchpad.writeInt16LE(sixteenths << 4, COLD_JUNCTION);
    this.scratchpad.writeInt16LE(Math.round(this.#thermocouple * 4) << 2, AT.temperature);
  }

  protected override shown(): number {
    return this.scratchpad.readInt16LE(COLD_JUNCTION) / 256;
  }

  protected override showPowerOn(): void {
    this.scratchpad[AT.config] = CONFIGURATION;
  }

  /** Its configuration cannot be written. */
  protected override configured(value: number): number {
    return value;
  }
}
