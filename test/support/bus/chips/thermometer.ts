import { crc8 } from '../crc.js';
import type { ChipChange, ChipSetup, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk, type WireSide } from '../slave.js';

/** Function commands of all thermometers (owlib/src/c/ow_1820.c). */
const COMMAND = {
  convert: 0x44,
  readScratchpad: 0xbe,
  writeScratchpad: 0x4e,
  copyScratchpad: 0x48,
  recall: 0xb8,
  power: 0xb4,
} as const;

/** The eight bytes of the scratchpad; a checksum follows on the wire. */
export const AT = { temperature: 0, high: 2, low: 3, config: 4 } as const;

/** What it shows until the first conversion after a power-on, in 16ths of a °C. */
export const POWER_ON = 85 * 16;

const FACTORY = { low: 70, high: 75 };
/** How many bytes of EEPROM it takes to have limits. */
const LIMITS = 2;
const ROOM = 20;

interface Conversion {
  readonly until: number;
  /** In 16ths of a °C. */
  readonly result: number;
}

/** The limits as the EEPROM holds them. */
export function limitsOf({ limits }: ChipSetup): readonly [high: number, low: number] {
  const { low, high } = limits ?? FACTORY;
  return [high & 0xff, low & 0xff];
}

/** What all thermometers have: conversions, a scratchpad with an EEPROM behind it, alarms. */
export abstract class Thermometer extends Slave {
  protected readonly scratchpad = Buffer.alloc(8, 0xff);
  /** What a power-on and a recall bring back: high, low and the configuration, as far as it has them. */
  readonly #eeprom: Buffer;
  readonly #parasite: boolean;
  #temperature: number;
  #crcFails: number;
  #conversion: Conversion | undefined;
  #conversions = 0;
  #alarm = false;

  constructor(setup: ChipSetup, wire: WireSide, eeprom: readonly number[]) {
    super(setup, wire);
    this.#eeprom = Buffer.from(eeprom);
    this.#parasite = setup.parasite ?? false;
    this.#temperature = setup.temperature ?? ROOM;
    this.#crcFails = setup.crcFails ?? 0;
  }

  override *talk(): Talk {
    yield* this.obey(yield LISTEN);
  }

  override isAlarming(): boolean {
    this.#settle();
    return this.#alarm;
  }

  /** The scratchpad is as new; a conversion under way is lost. */
  override powerOn(): void {
    super.powerOn();
    this.#conversion = undefined;
    this.#alarm = false;
    this.scratchpad.fill(0xff);
    this.showPowerOn();
    this.#recall();
    this.show(POWER_ON);
  }

  override change(change: ChipChange): void {
    super.change(change);
    this.#temperature = change.temperature ?? this.#temperature;
    this.#crcFails = change.crcFails ?? this.#crcFails;
  }

  override state(): ChipState {
    this.#settle();
    return {
      ...super.state(),
      temperature: this.#temperature,
      latest: this.shown(),
      converting: this.#conversion !== undefined,
      conversions: this.#conversions,
    };
  }

  /** How long a conversion takes, in milliseconds. */
  protected abstract conversionMs(): number;
  /** Puts a temperature, in 16ths of a °C, into the scratchpad. */
  protected abstract show(sixteenths: number): void;
  /** What the scratchpad shows, in °C. */
  protected abstract shown(): number;
  /** Sets the bytes of the scratchpad that are neither temperature nor EEPROM. */
  protected abstract showPowerOn(): void;
  /** What becomes of a byte written to the configuration. */
  protected abstract configured(value: number): number;

  /** Carries out a function command; some thermometers have more of them. */
  protected *obey(command: number): Talk {
    switch (command) {
      case COMMAND.convert:
        return yield* this.#convert();
      case COMMAND.readScratchpad:
        return yield* this.#read();
      case COMMAND.writeScratchpad:
        return yield* this.#write();
      case COMMAND.copyScratchpad:
        this.scratchpad.copy(this.#eeprom, 0, AT.high);
        break;
      case COMMAND.recall:
        this.#recall();
        break;
      case COMMAND.power:
        for (;;) yield this.#parasite ? 0 : LISTEN;
    }
  }

  /** With a supply of its own it holds read slots at 0 until it is done. */
  *#convert(): Talk {
    this.#begin();
    for (;;) yield () => (this.#converting() && !this.#parasite ? 0 : LISTEN);
  }

  #begin(): void {
    this.#settle();
    this.#conversions += 1;
    this.#conversion = {
      until: this.wire.now + this.conversionMs(),
      result: Math.round(this.#temperature * 16),
    };
    const fed = this.wire.strongPullUp;
    if (this.#parasite) this.wire.onNextActivity(() => this.#endFeeding(fed));
  }

  /** Without a supply of its own it lives through a conversion on the strong pull-up alone. */
  #endFeeding(fed: boolean): void {
    if (!fed || this.#converting()) this.powerOn();
  }

  #converting(): boolean {
    this.#settle();
    return this.#conversion !== undefined;
  }

  #settle(): void {
    if (!this.#conversion || this.wire.now < this.#conversion.until) return;
    const { result } = this.#conversion;
    this.#conversion = undefined;
    this.show(result);
    this.#alarm = this.#eeprom.length >= LIMITS && this.#isBeyond(result >> 4);
  }

  #isBeyond(degrees: number): boolean {
    const { scratchpad } = this;
    return degrees >= scratchpad.readInt8(AT.high) || degrees <= scratchpad.readInt8(AT.low);
  }

  *#read(): Talk {
    this.#settle();
    const bytes = [...this.scratchpad, crc8(this.scratchpad)];
    if (this.#crcFails > 0) {
      this.#crcFails -= 1;
      bytes[8] = ~(bytes[8] ?? 0) & 0xff;
    }
    yield* bytes;
  }

  *#write(): Talk {
    for (let n = 0; n < this.#eeprom.length; n += 1) {
      const value = yield LISTEN;
      const at = AT.high + n;
      this.scratchpad[at] = at === AT.config ? this.configured(value) : value;
    }
  }

  #recall(): void {
    this.#eeprom.copy(this.scratchpad, AT.high);
  }
}
