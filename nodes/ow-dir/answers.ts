import {
  normalizePath,
  toOwError,
  type Details,
  type OwError,
  type OwserverClient,
} from '../../client/index.js';
import { shownPath } from '../../client/internal.js';
import { Semaphore } from '../shared/semaphore.js';

/** What one path was answered with. */
export interface Answered<Value> {
  /** As it was given, normalized. */
  readonly given: string;
  /** With ids in place of names. */
  readonly path: string;
  /** What is known of it without asking its device. */
  readonly told: Details;
  readonly value: Value;
}

/** A path that could not be answered, and why. */
export interface Unanswered {
  readonly given: string;
  readonly path: string;
  readonly error: OwError;
}

/** What became of one path of several. */
export type Answer<Value> = Answered<Value> | Unanswered;

/** Paths that are asked about at a time: owserver looks at a bus for one after the other anyway. */
const AT_ONCE = 16;

/** Asks about each path, in their order; one that fails costs the others nothing. */
export async function askEach<Value>(
  client: OwserverClient,
  paths: readonly unknown[],
  ask: (path: string) => Promise<Value>,
): Promise<Answer<Value>[]> {
  const turns = new Semaphore(Math.min(AT_ONCE, Math.ceil(client.options.maxQueue / 2)));
  return Promise.all(paths.map((path) => turns.run(() => askOne(client, path, ask))));
}

export function isAnswered<Value>(answer: Answer<Value>): answer is Answered<Value> {
  return 'value' in answer;
}

async function askOne<Value>(
  client: OwserverClient,
  given: unknown,
  ask: (path: string) => Promise<Value>,
): Promise<Answer<Value>> {
  const shown = shownPath(given);
  try {
    const path = normalizePath(given);
    const value = await ask(path);
    // It only adorns the answer.
    const told = await client.identify(path).catch((): Details => ({ path }));
    return { given: path, path: told.path, told, value };
  } catch (thrown) {
    return { given: shown, path: shown, error: toOwError(thrown, shown) };
  }
}
