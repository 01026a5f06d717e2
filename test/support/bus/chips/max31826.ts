import { crc8 } from '../crc.js';
import type { ChipSetup } from '../setup.js';
import { LISTEN, type Talk, type WireSide } from '../slave.js';
import { AT, Thermometer } from './thermometer.js';

const COMMAND = { readMemory: 0xf0, writeScratchpad2: 0x0f, readScratchpad2: 0xaa, copy: 0x55 };
const COPY_NOW = 0xa5;
const MEMORY = 128;
const PAGE = 8;
/** It converts in 150 ms where others take 750. */
const FASTER = 5;
/** Bit 7 tells it from a DS1825 (owlib/src/c/ow_1820.c, FS_r_bit7). */
const CONFIGURATION = 0xf0;

/**
 * A thermometer of 12 bits with a memory: MAX31826, family 3B. FF where others have their limits
 * tells it from a MAX31850.
 */
export class Max31826 extends Thermometer {
  readonly #ms: number;
  readonly #memory = Buffer.alloc(MEMORY);
  #page = Buffer.alloc(PAGE);
  #address = 0;

  constructor(setup: ChipSetup, wire: WireSide, conversionMs: number) {
    super(setup, wire, []);
    this.#ms = conversionMs / FASTER;
  }

  protected override *obey(command: number): Talk {
    if (command === COMMAND.readMemory) yield* this.#memory.subarray((yield LISTEN) % MEMORY);
    else if (command === COMMAND.writeScratchpad2) yield* this.#fill();
    else if (command === COMMAND.readScratchpad2) yield* this.#show();
    else if (command === COMMAND.copy) yield* this.#copy();
    else yield* super.obey(command);
  }

  protected override conversionMs(): number {
    return this.#ms;
  }

  protected override show(sixteenths: number): void {
    this.scratchpad.writeInt16LE(sixteenths, AT.temperature);
  }

  protected override shown(): number {
    return this.scratchpad.readInt16LE(AT.temperature) / 16;
  }

  protected override showPowerOn(): void {
    this.scratchpad[AT.config] = CONFIGURATION;
  }

  protected override configured(value: number): number {
    return value;
  }

  *#fill(): Talk {
    const said: number[] = [COMMAND.writeScratchpad2, yield LISTEN];
    while (said.length < 2 + PAGE) said.push(yield LISTEN);
    this.#address = ((said[1] ?? 0) % MEMORY) & ~(PAGE - 1);
    this.#page = Buffer.from(said.slice(2));
    yield crc8(Buffer.from(said));
  }

  *#show(): Talk {
    const said = [COMMAND.readScratchpad2, yield LISTEN, ...this.#page];
    yield* this.#page;
    yield crc8(Buffer.from(said));
  }

  *#copy(): Talk {
    if ((yield LISTEN) === COPY_NOW) this.#page.copy(this.#memory, this.#address);
  }
}
