import { setImmediate as turn } from 'node:timers/promises';

/** Longest time that beginning many looks at once holds up everything else, in milliseconds. */
const STRETCH_MS = 5;

/** The intervals are put apart by this part of themselves: the one that fits the worst with itself. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Most milliseconds by which an interval begins earlier, to be apart from the others. */
const MOST_APART_MS = 5_000;

/** Tells the time, and when it has passed. */
export interface Clock {
  /** Milliseconds that no change of the time of day moves. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; returns how to prevent it. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** The clock of this machine. */
const CLOCK: Clock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Somebody who looks again and again. */
export interface Repeat {
  /** Looks that were left out, because the one before was still under way, since this was last asked. */
  takeSkipped: () => number;
  /** Looks now, unless a look is under way; the next ones stay when they are due. */
  now: () => void;
  /** Looks no more. */
  stop: () => void;
}

/**
 * Decides when what is looked at. All that repeat at one interval look at the same moment, so that they
 * share one conversion or one search; different intervals are put apart. A look that is due while the
 * one before is under way is left out and counted, never made up for.
 */
export class Timetable {
  readonly #clock: Clock;
  readonly #beats = new Map<number, Beat>();
  #begun = 0;

  constructor(clock: Clock = CLOCK) {
    this.#clock = clock;
  }

  /**
   * Looks every so many milliseconds, for the first time when everybody of that interval does.
   * `look` must not reject.
   */
  every(ms: number, look: () => Promise<unknown>): Repeat {
    const beat = this.#beats.get(ms) ?? this.#begin(ms);
    const member = new Member(look);
    beat.members.add(member);
    return {
      takeSkipped: () => member.takeSkipped(),
      now: () => member.look(),
      stop: () => {
        beat.members.delete(member);
        if (beat.members.size === 0) this.#end(beat);
      },
    };
  }

  #begin(ms: number): Beat {
    const apart = (this.#begun * GOLDEN) % 1;
    this.#begun += 1;
    const beat = new Beat(this.#clock, ms, Math.min(ms / 2, MOST_APART_MS) * apart);
    this.#beats.set(ms, beat);
    return beat;
  }

  #end(beat: Beat): void {
    beat.end();
    if (this.#beats.get(beat.ms) === beat) this.#beats.delete(beat.ms);
    if (this.#beats.size === 0) this.#begun = 0;
  }
}

/** One who looks, one look at a time. */
class Member {
  readonly #look: () => Promise<unknown>;
  #isUnderWay = false;
  #skipped = 0;

  constructor(look: () => Promise<unknown>) {
    this.#look = look;
  }

  /** It is time. */
  due(): void {
    if (this.#isUnderWay) this.#skipped += 1;
    else this.look();
  }

  look(): void {
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    void this.#look().finally(() => (this.#isUnderWay = false));
  }

  takeSkipped(): number {
    const skipped = this.#skipped;
    this.#skipped = 0;
    return skipped;
  }
}

/** All who look at one interval. */
class Beat {
  readonly ms: number;
  readonly members = new Set<Member>();
  /** When it is next, in milliseconds of the clock. */
  #nextAt: number;
  readonly #clock: Clock;
  #prevent: () => void = () => undefined;
  #ended = false;

  constructor(clock: Clock, ms: number, earlierMs: number) {
    this.#clock = clock;
    this.ms = ms;
    this.#nextAt = clock.now() + ms - earlierMs;
    this.#schedule();
  }

  end(): void {
    this.#ended = true;
    this.#prevent();
  }

  #schedule(): void {
    const inMs = Math.max(0, this.#nextAt - this.#clock.now());
    this.#prevent = this.#clock.after(Math.ceil(inMs), () => void this.#strike());
  }

  async #strike(): Promise<void> {
    const now = this.#clock.now();
    // Of those that were slept through none is made up for.
    this.#nextAt += this.ms * Math.max(1, Math.ceil((now - this.#nextAt) / this.ms));
    this.#schedule();
    let since = performance.now();
    for (const member of [...this.members]) {
      if (this.#ended) return;
      if (this.members.has(member)) member.due();
      if (performance.now() - since < STRETCH_MS) continue;
      await turn();
      since = performance.now();
    }
  }
}
