import { isOfConnection } from '../errors/of-connection.js';
import type { OwError } from '../errors/ow-error.js';
import {
  isAnswered,
  type Answer,
  type AnswersLook,
  type Emit,
  type Unanswered,
} from './answers.js';
import type { Where } from './look.js';

/** What of the failures of a look is news. */
export interface FailureNews {
  /** What fails now and did not before, or for another reason. */
  readonly failed: readonly Unanswered[];
  /** Why nothing was answered at all: owserver is away. */
  readonly error?: OwError;
  /** Is there anything to be told, beside what was answered? */
  readonly isNews: boolean;
}

/** Tells of each path that fails once, for as long as it lasts, and that it works again. */
export class Failures {
  #failing: ReadonlyMap<string, string> = new Map();

  see(answers: readonly Answer<unknown>[]): FailureNews {
    const all = answers.filter((answer): answer is Unanswered => !isAnswered(answer));
    const [first] = all;
    // A connection that is lost says nothing of what it was asked for.
    const isAway = all.every(({ error }) => isOfConnection(error));
    if (first && isAway && all.length === answers.length)
      return { failed: [], error: first.error, isNews: false };
    const before = this.#failing;
    this.#failing = new Map(all.map(({ given, error }) => [given, error.code]));
    const failed = all.filter(({ given, error }) => before.get(given) !== error.code);
    const isOver = answers.some((answer) => isAnswered(answer) && before.has(answer.given));
    return { failed, isNews: failed.length > 0 || isOver };
  }
}

/** What every look tells of itself. */
export function aboutLook(
  where: Where,
  start: number,
  { failed, error }: FailureNews,
): Pick<AnswersLook<unknown>, 'several' | 'failed' | 'ms' | 'error'> {
  const several = typeof where !== 'string';
  return { several, failed, ms: performance.now() - start, ...(error && { error }) };
}

/** Is a look due that was told to be reported so, and has changes or not? */
export function isDue(
  emit: Emit | undefined,
  answers: readonly Answer<unknown>[],
  { isNews }: FailureNews,
  changed: boolean,
): boolean {
  if (emit === 'change') return changed || isNews;
  return isNews || answers.some(isAnswered);
}

/** Says what is wrong once, for as long as it lasts; when it comes back it is said again. */
export class ToldOnce {
  #told: ReadonlySet<string> = new Set();

  /** Those of the errors of one look that were not told of the last one. */
  fresh(errors: readonly OwError[]): OwError[] {
    const now = new Map(errors.map((error) => [`${error.id} ${error.path ?? ''}`, error]));
    const fresh = [...now].filter(([key]) => !this.#told.has(key)).map(([, error]) => error);
    this.#told = new Set(now.keys());
    return fresh;
  }
}
