import type { Facts } from '../knowledge/path-facts.js';
import type { Patience } from '../requests/messenger.js';
import { Deadline } from '../transport/deadline.js';

/** How long a device is looked for that nobody asks for any more. */
const WANTED_MS = 3_600_000;

/** Most devices that are looked for. */
const LIMIT = 1_000;

/** A device that is known to be away. */
export interface Lost {
  readonly facts: Facts;
  /** Since when, for people. */
  readonly since: string;
  /** When it was last asked for, in milliseconds of `performance.now()`. */
  askedAt: number;
}

/** One that is to be looked for at some time of `performance.now()`. */
interface Sought extends Lost {
  dueAt: number;
}

/** How lost devices are looked for. */
interface SearchParts {
  readonly everyMs: number;
  /** How long one look may take, in milliseconds. */
  readonly usualMs: number;
  /** Does somebody wait for all of them, also for those that were not asked for lately? */
  readonly isWaitedFor: () => boolean;
  /** Nothing when the bus does not tell, which says nothing of a device. */
  readonly isThere: (facts: Facts, patience: Patience) => Promise<boolean | undefined>;
  readonly onFound: (lost: Lost) => void;
  /** One is looked for no longer, and was not found. */
  readonly onLeft: (lost: Lost) => void;
}

/**
 * Looks for lost devices, one after another and each as often as was said. A look goes out when nothing
 * else waits for a connection, and no read waits for it.
 */
export class LostSearch {
  readonly #parts: SearchParts;
  /** By place, in the order in which they are to be looked for. */
  readonly #lost = new Map<string, Sought>();
  #timer: NodeJS.Timeout | undefined;
  #underWay = false;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#lost.size;
  }

  /** The device that is lost at one of some places. */
  find(places: readonly string[]): Lost | undefined {
    for (const place of places) {
      const lost = this.#lost.get(place);
      if (lost) return lost;
    }
    return undefined;
  }

  /** A device was just looked for in vain. Where there are too many the one that is due first is left. */
  add(place: string, facts: Facts): void {
    const [first] = this.#lost.keys();
    if (this.#lost.size >= LIMIT && first !== undefined) this.#leave(first);
    const askedAt = performance.now();
    const since = new Date().toLocaleString('sv').slice(0, 'YYYY-MM-DD hh:mm'.length);
    this.#lost.set(place, { facts, since, askedAt, dueAt: askedAt + this.#parts.everyMs });
    this.#arm();
  }

  /** What is at one of these places has answered by itself. */
  answered(places: readonly string[]): void {
    for (const place of places) {
      const lost = this.#lost.get(place);
      if (lost) this.#end(place, lost);
    }
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lost.clear();
  }

  /** Sets the one timer to the first that is due. */
  #arm(): void {
    const [first] = this.#lost.values();
    if (!first || this.#timer || this.#underWay) return;
    const inMs = Math.max(0, first.dueAt - performance.now());
    this.#timer = setTimeout(() => void this.#search(), inMs).unref();
  }

  async #search(): Promise<void> {
    this.#timer = undefined;
    this.#underWay = true;
    for (const [place, lost] of this.#lost) {
      const now = performance.now();
      if (lost.dueAt > now) break;
      if (now - lost.askedAt > WANTED_MS && !this.#parts.isWaitedFor()) {
        this.#leave(place);
        continue;
      }
      lost.dueAt = now + this.#parts.everyMs;
      this.#lost.delete(place);
      this.#lost.set(place, lost);
      const isThere = await this.#isThere(lost);
      if (isThere && this.#lost.get(place) === lost) this.#end(place, lost);
    }
    this.#underWay = false;
    this.#arm();
  }

  #isThere({ facts }: Lost): Promise<boolean | undefined> {
    const deadline = new Deadline(this.#parts.usualMs);
    return this.#parts.isThere(facts, { deadline, priority: 'list', inTurn: true });
  }

  #end(place: string, lost: Lost): void {
    this.#lost.delete(place);
    this.#parts.onFound(lost);
  }

  #leave(place: string): void {
    const lost = this.#lost.get(place);
    this.#lost.delete(place);
    if (lost) this.#parts.onLeft(lost);
  }
}
