import { failingAs } from '../errors/failing-as.js';
import type { Facts, PathFacts } from '../knowledge/path-facts.js';
import type { Patience } from '../requests/messenger.js';
import { normalizePath } from '../values/path.js';

/**
 * The door of the verbs: does what was asked for one path, with what is known of it, and fails as that path.
 * @throws OwError EOW_VALUE for a path that cannot be sent.
 */
export function forPath<T>(
  pathFacts: PathFacts,
  given: unknown,
  patience: Patience,
  work: (facts: Facts) => Promise<T>,
): Promise<T> {
  const known = pathFacts.known(given);
  // Most paths are known: those need no more than one promise here.
  return known
    ? failingAs(known.asked, () => work(known))
    : learning(pathFacts, given, patience, work);
}

async function learning<T>(
  pathFacts: PathFacts,
  given: unknown,
  patience: Patience,
  work: (facts: Facts) => Promise<T>,
): Promise<T> {
  const facts = await failingAs(normalizePath(given), () => pathFacts.learn(given, patience));
  return failingAs(facts.asked, () => work(facts));
}
