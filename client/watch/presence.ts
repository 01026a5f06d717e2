import { Kept } from '../transport/kept.js';
import { oneDirectory } from '../values/pattern.js';
import type { Patience } from '../requests/messenger.js';
import type { CallOptions } from '../verbs/options.js';
import type { SharedLooks } from './shared-looks.js';
import { askEach, isAnswered, type AnswersLook, type AskParts, type Emit } from './answers.js';
import type { Observer, Where } from './look.js';
import { aboutLook, Failures, isDue } from './failures.js';

/** How to watch whether something is there. */
export interface PresenceObserverOptions {
  /** @default 'always' */
  readonly emit?: Emit | undefined;
  /** In how many looks in a row something is missing before it counts as gone. @default 2 */
  readonly misses?: number | undefined;
}

/** One that came or went. */
export interface PresenceChange {
  readonly path: string;
  readonly present: boolean;
}

/** What is there: the answers tell what was seen just now. */
export interface PresenceLook extends AnswersLook<boolean> {
  readonly kind: 'present';
  /** What counts, by path: who is missing is there until it was missing often enough. */
  readonly present: ReadonlyMap<string, boolean>;
  /** Who came or went since the last look; nobody at the first. */
  readonly changed: readonly PresenceChange[];
}

type Parts = AskParts & { readonly looks: SharedLooks };

/** Most paths that are remembered. */
const MOST = 10_000;

export function presenceObserver(
  parts: Parts,
  options: PresenceObserverOptions,
): Observer<PresenceLook> {
  return new PresenceObserver(parts, options);
}

interface Known {
  readonly present: boolean;
  readonly missed: number;
}

/** Watches whether things are there: they come at once, and go after some misses. */
class PresenceObserver implements Observer<PresenceLook> {
  readonly #parts: Parts;
  readonly #options: PresenceObserverOptions;
  readonly #known = new Kept<string, Known>({ limit: MOST });
  readonly #failures = new Failures();

  constructor(parts: Parts, options: PresenceObserverOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  async look(where: Where, options: CallOptions): Promise<PresenceLook> {
    const start = performance.now();
    const check = (path: string, patience: Patience): Promise<boolean> =>
      this.#parts.looks.check(oneDirectory(path), patience);
    const answers = await askEach(this.#parts, where, options, check, 'alarm');
    const present = new Map<string, boolean>();
    const changed: PresenceChange[] = [];
    let first = false;
    for (const answer of answers) {
      if (!isAnswered(answer) || present.has(answer.path)) continue;
      const { path, value } = answer;
      const before = this.#known.last(path);
      const now = this.#counts(before, value);
      this.#known.set(path, now);
      present.set(path, now.present);
      if (!before) first = true;
      else if (before.present !== now.present) changed.push({ path, present: now.present });
    }
    const failures = this.#failures.see(answers);
    return {
      kind: 'present',
      ...aboutLook(where, start, failures),
      answers,
      present,
      changed,
      due: isDue(this.#options.emit, answers, failures, first || changed.length > 0),
    };
  }

  #counts(before: Known | undefined, seen: boolean): Known {
    if (seen) return { present: true, missed: 0 };
    const missed = (before?.missed ?? 0) + 1;
    const stays = before?.present === true && missed < (this.#options.misses ?? 2);
    return { present: stays, missed };
  }
}
