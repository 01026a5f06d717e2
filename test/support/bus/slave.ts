import { parseSerial } from '../../../simulator/serial.js';
import type { ChipChange, ChipSetup, ChipState } from './setup.js';

/** What a slave puts on the wire: a byte, or what it is when that byte begins. */
export type Drive = number | (() => number);

/** A slave's side of a conversation: it yields what it drives and is handed what the wire carried. */
export type Talk = Generator<Drive, void, number>;

/** Drives nothing: the master's bits stand. */
export const LISTEN = 0xff;

/** What a slave notices of the wire it hangs on. */
export interface WireSide {
  /** The time of the wire at this moment, in milliseconds. */
  readonly now: number;
  /** Does the master feed the wire while it is idle? */
  readonly strongPullUp: boolean;
  /** Calls back once, when the next bit or reset begins or the wire is fed no more. */
  onNextActivity(callback: () => void): void;
  /**
   * The next byte is a ROM command to these slaves and those behind them, as far as they are
   * there, and to no other; answers who that is.
   */
  expectRomCommand(slaves: readonly Slave[]): readonly Slave[];
}

const NONE: readonly Slave[] = [];

/** A chip on the wire, from its ROM to what it does with its function commands. */
export abstract class Slave {
  readonly id: string;
  /** The eight bytes of the address, as they travel: family first, checksum last. */
  readonly rom: Buffer;
  protected readonly wire: WireSide;
  #present: boolean;
  #powerUps = 0;

  constructor(setup: ChipSetup, wire: WireSide) {
    const serial = parseSerial(setup.id);
    if (!serial) throw new Error(`${setup.id} is no 1-Wire address`);
    this.id = setup.id;
    this.rom = serial.bytes;
    this.wire = wire;
    this.#present = setup.present ?? true;
  }

  /** What it does once it is selected, up to the next reset. */
  abstract talk(): Talk;

  get present(): boolean {
    return this.#present;
  }

  /** Does it answer a conditional search? */
  isAlarming(): boolean {
    return false;
  }

  /** Slaves that are connected to the wire through this one. */
  behind(): readonly Slave[] {
    return NONE;
  }

  /** Goes up with each power-on; a conversation ends there. */
  get powerUps(): number {
    return this.#powerUps;
  }

  /** The supply comes up, after a break of any length. */
  powerOn(): void {
    this.#powerUps += 1;
  }

  change({ present }: ChipChange): void {
    if (present === undefined || present === this.#present) return;
    this.#present = present;
    this.powerOn();
  }

  /** What it is now. */
  state(): ChipState {
    return { id: this.id, present: this.#present };
  }
}
