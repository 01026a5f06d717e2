import { failingAs } from '../errors/failing-as.js';
import type { Facts, PathFacts } from '../knowledge/path-facts.js';
import type { Patience } from '../requests/messenger.js';
import { normalizePath } from '../values/path.js';

/**
 * The door of the verbs: does what was asked for one path, with what is known of it, and fails as that path.
 * @throws OwError EOW_VALUE for a path that cannot be sent.
 */
export async function forPath<T>(
  pathFacts: PathFacts,
  given: unknown,
  patience: Patience,
  work: (facts: Facts) => Promise<T>,
): Promise<T> {
  const known = pathFacts.known(given);
  if (known) return failingAs(known.path, () => work(known));
  return failingAs(normalizePath(given), async () => work(await pathFacts.learn(given, patience)));
}
