import { RomSearch, type Bit } from './rom-search.js';
import { LISTEN, type Slave, type Talk, type WireSide } from './slave.js';
import { Speaker } from './speaker.js';

/** Commands of every 1-Wire chip. */
export const ROM = { search: 0xf0, alarm: 0xec, match: 0x55, skip: 0xcc, read: 0x33 } as const;

const CONVERT = 0x44;
const RESET_BYTES = 1.6;

/** What a master learns from a reset. */
export type Presence = 'present' | 'nobody' | 'short';

/** The wire and who listens on it; its clock moves on with each bit. */
export class Wire implements WireSide {
  /** The time of the wire, in milliseconds; the bus master sets it when a command begins. */
  now = 0;
  /** Held at 0 by a fault: everything reads as 0. */
  shorted = false;
  readonly counts = { bytes: 0, resets: 0, searches: 0, alarmSearches: 0, broadcasts: 0 };
  /** Called with its time before anything happens on the wire. */
  onTime: ((now: number) => void) | undefined;
  /** The slaves that no coupler stands before. */
  trunk: readonly Slave[] = [];
  readonly #byteMs: number;
  #speakers: readonly Speaker[] = [];
  #search: RomSearch | undefined;
  /** The byte that is under way bit by bit: its length so far, what is driven, what was seen. */
  #part = { bits: 0, driven: LISTEN, seen: 0 };
  #waiting: (() => void)[] = [];
  #strongPullUp = true;
  #skipped = false;

  constructor(byteMs: number) {
    this.#byteMs = byteMs;
  }

  get strongPullUp(): boolean {
    return this.#strongPullUp;
  }

  /** Set by the bus master before the bit after which it feeds the wire, and when it ends that. */
  set strongPullUp(on: boolean) {
    if (!on && this.#strongPullUp) this.#begin();
    this.#strongPullUp = on;
  }

  reset(): Presence {
    this.#begin();
    this.counts.resets += 1;
    this.now += this.#byteMs * RESET_BYTES;
    // Nobody hears anything on a shorted wire.
    const there = this.expectRomCommand(this.shorted ? [] : this.trunk);
    if (this.shorted) return 'short';
    return there.length > 0 ? 'present' : 'nobody';
  }

  /** Sends eight bits, the lowest first, and reads them back. */
  byte(out: number): number {
    if (this.#search || this.#part.bits > 0) return this.#byteByBits(out);
    this.#begin();
    const seen = this.shorted ? 0 : out & this.#driven();
    this.now += this.#byteMs;
    this.#hear(seen);
    return seen;
  }

  /** Sends one bit and reads it back. */
  bit(out: Bit): Bit {
    this.#begin();
    const seen = this.#search ? this.#searchBit(this.#search, out) : this.#talkBit(out);
    this.now += this.#byteMs / 8;
    if (this.#part.bits === 8) this.#hear(this.#part.seen);
    return this.shorted ? 0 : seen;
  }

  /** Lets the time pass up to this moment. */
  idle(until: number): void {
    this.now = Math.max(this.now, until);
    this.onTime?.(this.now);
  }

  onNextActivity(callback: () => void): void {
    this.#waiting.push(callback);
  }

  expectRomCommand(slaves: readonly Slave[]): readonly Slave[] {
    const there: Slave[] = [];
    addReachable(slaves, there);
    this.#search = undefined;
    this.#skipped = false;
    this.#part = { bits: 0, driven: LISTEN, seen: 0 };
    this.#speakers = [new Speaker(this.#romCommand(there))];
    return there;
  }

  #begin(): void {
    this.onTime?.(this.now);
    if (this.#waiting.length > 0) this.#waiting.splice(0).forEach((callback) => callback());
  }

  #byteByBits(out: number): number {
    let seen = 0;
    for (let n = 0; n < 8; n += 1) seen |= this.bit(((out >> n) & 1) as Bit) << n;
    return seen;
  }

  #searchBit(search: RomSearch, out: Bit): Bit {
    const seen = search.bit(out);
    this.counts.bytes += 1 / 8;
    if (search.found) {
      this.#search = undefined;
      this.#select(search.found);
    }
    return seen;
  }

  #talkBit(out: Bit): Bit {
    const part = this.#part;
    if (part.bits === 0) part.driven = this.#driven();
    const seen = (out & (part.driven >> part.bits) & 1) as Bit;
    part.seen |= seen << part.bits;
    part.bits += 1;
    return seen;
  }

  #driven(): number {
    let driven = LISTEN;
    for (const speaker of this.#speakers) driven &= speaker.drive();
    return driven;
  }

  #hear(seen: number): void {
    this.#part = { bits: 0, driven: LISTEN, seen: 0 };
    this.counts.bytes += 1;
    if (this.#skipped && seen === CONVERT) this.counts.broadcasts += 1;
    this.#skipped = false;
    const speakers = this.#speakers;
    const going = speakers.filter((speaker) => speaker.hear(seen));
    // What a speaker heard may have called in others.
    if (this.#speakers === speakers) this.#speakers = going;
  }

  *#romCommand(slaves: readonly Slave[]): Talk {
    const command = yield LISTEN;
    if (command === ROM.skip) {
      this.#select(slaves);
      this.#skipped = true;
    } else if (command === ROM.match) {
      const rom: number[] = [];
      while (rom.length < 8) rom.push(yield LISTEN);
      this.#select(slaves.filter((slave) => rom.every((byte, n) => slave.rom[n] === byte)));
    } else if (command === ROM.read) {
      for (let n = 0; n < 8; n += 1)
        yield slaves.reduce((all, { rom }) => all & (rom[n] ?? 0), 0xff);
      this.#select(slaves);
    } else if (command === ROM.search || command === ROM.alarm) {
      this.counts.searches += 1;
      if (command === ROM.alarm) this.counts.alarmSearches += 1;
      const asked = slaves.filter((slave) => command === ROM.search || slave.isAlarming());
      this.#search = new RomSearch(asked);
    }
  }

  #select(slaves: readonly Slave[]): void {
    this.#speakers = slaves.map((slave) => new Speaker(slave.talk(), slave));
  }
}

function addReachable(slaves: readonly Slave[], there: Slave[]): void {
  for (const slave of slaves) {
    if (!slave.present) continue;
    there.push(slave);
    addReachable(slave.behind(), there);
  }
}
