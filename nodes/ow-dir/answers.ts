import { normalizePath, toOwError, type OwError, type OwserverClient } from '../../client/index.js';
import { shownPath } from '../../client/internal.js';
import { Semaphore } from '../shared/semaphore.js';

/** What one path was answered with. */
export interface Answered<Value> {
  readonly path: string;
  readonly value: Value;
}

/** A path that could not be answered, and why. */
export interface Unanswered {
  readonly path: string;
  readonly error: OwError;
}

/** What became of one path of several. */
export type Answer<Value> = Answered<Value> | Unanswered;

/** Paths that are asked about at a time: owserver looks at a bus for one after the other anyway. */
const AT_ONCE = 16;

/** Asks about each path, in their order; one that fails costs the others nothing. */
export async function askEach<Value>(
  { options: { maxQueue } }: OwserverClient,
  paths: readonly unknown[],
  ask: (path: string) => Promise<Value>,
): Promise<Answer<Value>[]> {
  const turns = new Semaphore(Math.min(AT_ONCE, Math.ceil(maxQueue / 2)));
  return Promise.all(paths.map((path) => turns.run(() => askOne(path, ask))));
}

export function isAnswered<Value>(answer: Answer<Value>): answer is Answered<Value> {
  return 'value' in answer;
}

async function askOne<Value>(
  given: unknown,
  ask: (path: string) => Promise<Value>,
): Promise<Answer<Value>> {
  const path = shownPath(given);
  try {
    return { path, value: await ask(normalizePath(given)) };
  } catch (thrown) {
    return { path, error: toOwError(thrown, path) };
  }
}
