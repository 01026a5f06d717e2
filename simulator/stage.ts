/** Something that happens at a time of a script. */
export interface Moment {
  /** Milliseconds from its start on. */
  readonly at: number;
  /** Does it; is handed the time at which it was due. */
  readonly make: (at: number) => void;
}

/** A script that goes on. */
interface Act {
  readonly moments: readonly Moment[];
  readonly loopMs: number | undefined;
  /** When its round began. */
  start: number;
  next: number;
}

/**
 * Plays scripts without a timer: whoever is about to look at the world first has made what is due,
 * in its order and each at its time.
 */
export class Stage {
  #acts: readonly Act[] = [];

  /** Starts a script; what it does once a loop it does again and again. Returns how to end it. */
  play(moments: readonly Moment[], start: number, loopMs?: number): () => void {
    const act: Act = { moments: [...moments].sort(byTime), loopMs, start, next: 0 };
    this.#acts = [...this.#acts, act];
    return () => void (this.#acts = this.#acts.filter((one) => one !== act));
  }

  /** Makes all that is due by now. */
  goOn(now: number): void {
    if (this.#acts.length === 0) return;
    for (const act of this.#acts) skip(act, now);
    for (let due = this.#first(now); due; due = this.#first(now)) {
      const at = timeOf(due);
      due.moments[due.next]?.make(at);
      turn(due);
    }
  }

  #first(now: number): Act | undefined {
    this.#acts = this.#acts.filter((act) => timeOf(act) < Infinity);
    const due = this.#acts.filter((act) => timeOf(act) <= now);
    return due.reduce<Act | undefined>(
      (first, act) => (first && timeOf(first) <= timeOf(act) ? first : act),
      undefined,
    );
  }
}

/** When its next moment is; Infinity: it is over. */
function timeOf({ moments, start, next }: Act): number {
  return start + (moments[next]?.at ?? Infinity);
}

function turn(act: Act): void {
  act.next += 1;
  if (act.next < act.moments.length || act.loopMs === undefined) return;
  act.start += act.loopMs;
  act.next = 0;
}

/** What nobody looked at for many rounds is as it is after one. */
function skip(act: Act, now: number): void {
  if (act.loopMs === undefined || act.next > 0) return;
  const rounds = Math.floor((now - act.start) / act.loopMs) - 1;
  if (rounds > 0) act.start += rounds * act.loopMs;
}

function byTime(a: Moment, b: Moment): number {
  return a.at - b.at;
}
