import type { OwErrorCode } from '../errors/error-codes.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import type { PatternExpander } from '../knowledge/pattern-expander.js';
import type { MatchedPath, Use } from '../knowledge/pattern-properties.js';
import type { PathFacts } from '../knowledge/path-facts.js';
import type { Patience } from '../requests/messenger.js';
import type { Reading } from './reader.js';
import { Turns, type Crowd } from './turns.js';
import { shownPath } from '../values/path.js';
import { isPattern } from '../values/pattern.js';
import type { Written } from './writer.js';

/** A path of several that failed, and why. */
export interface Failed {
  readonly path: string;
  readonly error: OwError;
}

/** What became of one path of several: its reading, or why there is none. */
export type ReadResult = Reading | Failed;

/** What became of one path of several that were written. */
export type WriteResult = Written | Failed;

/** What is to be done with each path of a list. */
export interface Task<T> {
  readonly use: Use;
  readonly patience: Patience;
  readonly act: (path: unknown) => Promise<T>;
  /**
   * The paths that are to be done beside those that a pattern has matched, in their order: of devices that
   * it has matched before, and that are not listed any more. @default none
   */
  readonly expects?: (pattern: string, matched: readonly string[]) => readonly string[];
}

/** Does one path after the other what is to be done with each; one that fails costs the others nothing. */
export class Batch {
  readonly #patternExpander: PatternExpander;
  readonly #pathFacts: PathFacts;
  /** Lists must not fill the queue, for themselves and for others; writes wait for no reads. */
  readonly #crowds: Readonly<Record<Use, Crowd>>;

  constructor(
    patternExpander: PatternExpander,
    pathFacts: PathFacts,
    crowds: Readonly<Record<Use, Crowd>>,
  ) {
    this.#patternExpander = patternExpander;
    this.#pathFacts = pathFacts;
    this.#crowds = crowds;
  }

  /**
   * For each of the paths, and for all that a pattern among them stands for, in their order. Whatever
   * fails, it does not reject: so an outage looks the same whether devices are known or have to be listed.
   * @throws OwError EOW_ABORTED, EOW_UNCERTAIN when the call was called off.
   */
  async each<T>(paths: readonly unknown[], task: Task<T>): Promise<(T | Failed)[]> {
    const turns = new Turns(this.#crowds[task.use], task.patience);
    const lists = paths.map((path) =>
      typeof path === 'string' && isPattern(path)
        ? this.#matching(path, task, turns)
        : this.#one(path, task, turns),
    );
    return unlessCalledOff((await Promise.all(lists)).flat(), task.patience);
  }

  async #one<T>(path: unknown, { act }: Task<T>, turns: Turns): Promise<(T | Failed)[]> {
    try {
      return [await turns.run(() => act(path))];
    } catch (thrown) {
      return [this.#toFailed(path, thrown)];
    }
  }

  /** For all paths that a pattern stands for; the pattern itself has failed when there are none. */
  async #matching<T>(pattern: string, task: Task<T>, turns: Turns): Promise<(T | Failed)[]> {
    try {
      const matched = await this.#expand(pattern, task, turns);
      const results = matched.map(async ({ path, error }) =>
        error
          ? { path, error }
          : turns
              .run(() => task.act(path))
              .catch((thrown: unknown) => this.#toFailed(path, thrown)),
      );
      return await Promise.all(results);
    } catch (thrown) {
      return [this.#toFailed(pattern, thrown)];
    }
  }

  /** The paths of a pattern, and those that are expected beside them. */
  async #expand<T>(
    pattern: string,
    { use, patience, expects }: Task<T>,
    turns: Turns,
  ): Promise<readonly MatchedPath[]> {
    const expand = (): Promise<MatchedPath[]> =>
      this.#patternExpander.expand(pattern, use, patience);
    if (!expects) return turns.run(expand);
    const { matched, none } = await turns.run(expand).then(
      (found) => ({ matched: found, none: undefined }),
      (thrown: unknown) => ({ matched: [], none: toOwError(thrown) }),
    );
    if (none && none.code !== 'EOW_ABSENT') throw none;
    const paths = matched.filter(({ error }) => !error).map(({ path }) => path);
    const known = new Set(paths);
    const more = expects(pattern, paths).filter((path) => !known.has(path));
    if (none && more.length === 0) throw none;
    return [...matched, ...more.map((path) => ({ path }))];
  }

  /** With the id of its device, where that is known; one that cannot be sent stays as it was given. */
  #toFailed(given: unknown, thrown: unknown): Failed {
    const shown = shownPath(given);
    const error = toOwError(thrown, shown);
    const path = this.#pathFacts.known(given)?.path ?? error.path ?? shown;
    return { path, error: error.path === undefined ? error.withPath(shown) : error };
  }
}

/** A call that was called off fails as a whole: first of all with what may have been written all the same. */
function unlessCalledOff<T>(results: (T | Failed)[], { deadline }: Patience): (T | Failed)[] {
  if (!deadline.aborted) return results;
  for (const code of ['EOW_UNCERTAIN', 'EOW_ABORTED'] as const)
    for (const result of results) if (isFailed(result, code)) throw result.error;
  return results;
}

function isFailed(result: unknown, code: OwErrorCode): result is Failed {
  return (
    typeof result === 'object' &&
    result !== null &&
    'error' in result &&
    result.error instanceof OwError &&
    result.error.code === code
  );
}
