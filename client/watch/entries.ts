import type { SharedLooks } from './shared-looks.js';
import { oneDirectory } from '../values/pattern.js';
import type { CallOptions } from '../verbs/options.js';
import {
  askEach,
  isAnswered,
  type Answer,
  type AnswersLook,
  type AskParts,
  type Emit,
} from './answers.js';
import type { Observer, Where } from './look.js';
import { aboutLook, Failures, isDue } from './failures.js';
import { Kept } from '../transport/kept.js';

/** How to watch the paths in directories. */
export interface EntriesObserverOptions {
  /** @default 'always' */
  readonly emit?: Emit | undefined;
  /** 1 to 10: 1 is the directory alone, 2 also what is in its directories, and so on. @default 1 */
  readonly depth?: number | undefined;
  /** @default 'cached'; with `emit: 'change'` always a search */
  readonly source?: 'cached' | 'uncached' | undefined;
}

/** The paths in directories; in trees each is followed by those below it. */
export interface EntriesLook extends AnswersLook<readonly string[]> {
  readonly kind: 'entries';
}

type Parts = AskParts & { readonly looks: SharedLooks };

/** Most bytes of lists that are remembered, to know whether the next ones differ. */
const MOST = 8 * 2 ** 20;

export function entriesObserver(
  parts: Parts,
  options: EntriesObserverOptions,
): Observer<EntriesLook> {
  return new EntriesObserver(parts, options);
}

/** Watches which paths there are. */
class EntriesObserver implements Observer<EntriesLook> {
  readonly #parts: Parts;
  readonly #options: EntriesObserverOptions;
  readonly #last = new Kept<string, string>({ limit: MOST, weigh: ({ length }) => length });
  readonly #failures = new Failures();

  constructor(parts: Parts, options: EntriesObserverOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  async look(where: Where, options: CallOptions): Promise<EntriesLook> {
    const start = performance.now();
    const { depth = 1, source, emit } = this.#options;
    const flags = { uncached: source === 'uncached' || emit === 'change' };
    const answers = await askEach(this.#parts, where, options, (path, patience) =>
      this.#parts.looks.walk(oneDirectory(path), depth, flags, { ...patience, inTurn: true }),
    );
    const changed = answers.filter((answer) => this.#differs(answer)).length > 0;
    const failures = this.#failures.see(answers);
    return {
      kind: 'entries',
      ...aboutLook(where, start, failures),
      answers,
      due: isDue(emit, answers, failures, changed),
    };
  }

  #differs(answer: Answer<readonly string[]>): boolean {
    if (!isAnswered(answer)) return false;
    const listed = answer.value.join('\n');
    if (this.#last.last(answer.given) === listed) return false;
    this.#last.set(answer.given, listed);
    return true;
  }
}
