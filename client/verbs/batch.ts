import type { DeviceLists } from '../knowledge/device-lists.js';
import { toOwError, type OwError } from '../errors/ow-error.js';
import type { PatternExpander } from '../knowledge/pattern-expander.js';
import type { Use } from '../knowledge/pattern-properties.js';
import type { Patience } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import type { Reading } from './reader.js';
import { normalizePath } from '../values/path.js';
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

/** A path with a `*` is answered as a list is. */
export type ReadAnswer<Path extends string> = Path extends `${string}*${string}`
  ? ReadResult[]
  : Reading;

/** A path with a `*` is answered as a list is. */
export type WriteAnswer<Path extends string> = Path extends `${string}*${string}`
  ? WriteResult[]
  : Written;

/** Does one path after the other what is to be done with each; one that fails costs the others nothing. */
export class Batch {
  readonly #patternExpander: PatternExpander;
  readonly #lists: DeviceLists;
  /** Paths of one pattern at a time: it must not fill the queue, for itself and for others. */
  readonly #most: number;

  constructor(patternExpander: PatternExpander, lists: DeviceLists, { maxQueue }: ResolvedOptions) {
    this.#patternExpander = patternExpander;
    this.#lists = lists;
    this.#most = Math.ceil(maxQueue / 2);
  }

  /** For each of the paths, and for all that a pattern among them stands for, in their order. */
  async each<T>(
    paths: readonly string[],
    use: Use,
    patience: Patience,
    one: (path: string) => Promise<T>,
  ): Promise<(T | Failed)[]> {
    const lists = paths.map(async (path): Promise<(T | Failed)[]> => {
      try {
        return isPattern(path) ? await this.matching(path, use, patience, one) : [await one(path)];
      } catch (thrown) {
        return [toFailed(path, thrown)];
      }
    });
    return (await Promise.all(lists)).flat();
  }

  /** For all paths that a pattern stands for; @throws OwError when there are none. */
  async matching<T>(
    pattern: string,
    use: Use,
    patience: Patience,
    one: (path: string) => Promise<T>,
  ): Promise<(T | Failed)[]> {
    const matched = await this.#patternExpander.expand(pattern, use, patience);
    return inTurns(matched, this.#most, async ({ path, error }) =>
      error ? { path, error } : one(path).catch((thrown: unknown) => this.#failed(path, thrown)),
    );
  }

  /** A device that is gone may have been plugged in elsewhere. */
  #failed(path: string, thrown: unknown): Failed {
    const failed = toFailed(path, thrown);
    if (failed.error.code === 'EOW_ABSENT') this.#lists.doubt();
    return failed;
  }
}

/** Does something with each item, with so many at a time, and keeps the order. */
async function inTurns<T, R>(
  items: readonly T[],
  most: number,
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const work = async (): Promise<void> => {
    for (const [at, item] of waiting) results[at] = await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  return results;
}

/** One that cannot be sent stays as it was given. */
function toFailed(path: unknown, thrown: unknown): Failed {
  const error = toOwError(thrown, String(path));
  return { path: error.path ?? tidy(path), error };
}

function tidy(path: unknown): string {
  try {
    return normalizePath(path);
  } catch {
    return String(path);
  }
}
