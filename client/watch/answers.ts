import { toOwError, type OwError } from '../errors/ow-error.js';
import type { Details, PathFacts } from '../knowledge/path-facts.js';
import type { ResolvedOptions } from '../options.js';
import type { Patience } from '../requests/messenger.js';
import { inTurns } from '../transport/in-turns.js';
import type { Priority } from '../transport/ticket.js';
import { normalizePath, shownPath } from '../values/path.js';
import type { Look, Where } from './look.js';
import { forPath } from '../verbs/for-path.js';
import type { CallOptions } from '../verbs/options.js';
import { patienceOf } from '../verbs/patience.js';

/** What one path of several was answered with. */
export interface Answered<Value> {
  /** As it was given, normalized. */
  readonly given: string;
  /** With ids in place of names. */
  readonly path: string;
  /** What is known of it without asking its device. */
  readonly told: Details;
  readonly value: Value;
}

/** A path of several that could not be answered, and why. */
export interface Unanswered {
  readonly given: string;
  readonly path: string;
  readonly error: OwError;
}

/** What became of one path of several. */
export type Answer<Value> = Answered<Value> | Unanswered;

/** When a look is due: each time, or when something is not as it was. */
export type Emit = 'always' | 'change';

/** A look that asks about one path, or several. */
export interface AnswersLook<Value> extends Look {
  /** Was it for a list of paths? */
  readonly several: boolean;
  readonly answers: readonly Answer<Value>[];
  /** What fails now and did not before: the looks after it say nothing of it until it works again. */
  readonly failed: readonly Unanswered[];
  /** Milliseconds that the look took. */
  readonly ms: number;
}

/** What paths are asked about with. */
export interface AskParts {
  readonly pathFacts: PathFacts;
  readonly options: ResolvedOptions;
}

/** Asks about one path that is in order. */
type Ask<Value> = (path: string, patience: Patience) => Promise<Value>;

/** Paths that are asked about at a time: owserver looks at a bus for one after the other anyway. */
const AT_ONCE = 16;

/**
 * Asks about each path, in their order, and gives each the time of a call; one that fails costs the
 * others nothing. @throws OwError when all of it is called off.
 */
export async function askEach<Value>(
  parts: AskParts,
  where: Where,
  options: CallOptions,
  ask: Ask<Value>,
  priority?: Priority,
): Promise<Answer<Value>[]> {
  const { maxQueue, requestTimeoutMs } = parts.options;
  const most = Math.min(AT_ONCE, Math.ceil(maxQueue / 2));
  const answers = await inTurns([where].flat(), most, (given) =>
    askOne(parts, given, patienceOf(options, requestTimeoutMs, priority), ask),
  );
  const failed = answers.find((answer) => !isAnswered(answer));
  if (options.signal?.aborted && failed && !isAnswered(failed)) throw failed.error;
  return answers;
}

/** Was this path answered? */
export function isAnswered<One extends Answer<unknown>>(
  answer: One,
): answer is Extract<One, Answered<unknown>> {
  return 'value' in answer;
}

async function askOne<Value>(
  { pathFacts }: AskParts,
  given: unknown,
  patience: Patience,
  ask: Ask<Value>,
): Promise<Answer<Value>> {
  const shown = shownPath(given);
  try {
    const path = normalizePath(given);
    const value = await ask(path, patience);
    // It only adorns the answer.
    const told = await forPath(pathFacts, path, patience, (facts) =>
      pathFacts.identity(facts, patience),
    ).catch((): Details => ({ path }));
    return { given: path, path: told.path, told, value };
  } catch (thrown) {
    const error = toOwError(thrown, shown);
    // What was waited for together with others has no path of its own.
    return { given: shown, path: shown, error: error.path ? error : error.withPath(shown) };
  }
}
