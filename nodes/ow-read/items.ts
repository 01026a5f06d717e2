import type { Failed, Value, WatchedReading } from '../../client/index.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import { named, type Named } from '../shared/named.js';

/** What stands for one reading in `msg.owserver`: everything but the value, which has a place of its own. */
export type Item = Named<Omit<WatchedReading, 'value'>> | { path: string; error: Failure };

/** One of several in an array. */
interface Entry {
  readonly path: string;
  readonly value?: Value;
  readonly error?: Failure;
}

/** What `msg.owserver` tells of one path. */
export function about(reading: WatchedReading): Item {
  const item: Omit<WatchedReading, 'value'> & { value?: Value } = Object.assign({}, reading);
  // The last of its properties: objects that lose another one become slow.
  delete item.value;
  return named(item);
}

/** What `msg.owserver.items` tells of several paths. */
export function toItems(results: readonly (WatchedReading | Failed)[], tell: Tell): Item[] {
  return results.map((result) =>
    'error' in result ? { path: result.path, error: toFailure(result.error, tell) } : about(result),
  );
}

/** The values of several paths, as they are set to be sent: what failed has no value. */
export function toValue(
  results: readonly (WatchedReading | Failed)[],
  form: 'object' | 'array',
  tell: Tell,
): unknown {
  if (form === 'array') return results.map((result) => toEntry(result, tell));
  return Object.fromEntries(
    results.flatMap((result) => ('error' in result ? [] : [[result.path, result.value]])),
  );
}

function toEntry(result: WatchedReading | Failed, tell: Tell): Entry {
  const { path } = result;
  return 'error' in result
    ? { path, error: toFailure(result.error, tell) }
    : { path, value: result.value };
}
