import type { Patience } from '../requests/messenger.js';
import type { Batch, WriteResult } from './batch.js';
import type { LostDevices } from './lost-devices.js';
import { WRITE_RULES } from './rules.js';
import type { WriteOptions, Writer, Written } from './writer.js';

/** What pairs are written with. */
interface PairParts {
  readonly batch: Batch;
  readonly lost: LostDevices;
  readonly writer: Writer;
}

/**
 * Writes values to paths, one pair after another. Each has the time of a request, where the call has
 * none of its own. A pair that is none fails in its place, as a path that is none.
 */
export async function writePairs(
  { batch, lost, writer }: PairParts,
  pairs: readonly unknown[],
  options: WriteOptions,
  { deadline, ...whole }: Patience,
): Promise<WriteResult[]> {
  const results: WriteResult[] = [];
  for (const pair of pairs) {
    const [path, value] = partsOf(pair);
    const own = options.timeoutMs === undefined ? deadline.anew() : deadline;
    const patience = { ...whole, deadline: own, inTurn: true };
    const act = (each: unknown): Promise<Written> =>
      lost.written(each, writer.write(each, value, options, patience), patience);
    results.push(...(await batch.each([path], { use: 'write', patience, act })));
  }
  return results;
}

function partsOf(pair: unknown): readonly unknown[] {
  return Array.isArray(pair) ? pair : [pair];
}

/** Pairs have no value after them: there are the options. @throws OwError EOW_VALUE for what are none. */
export function pairOptions(given: unknown = {}): WriteOptions {
  WRITE_RULES.check(given);
  return isOptions(given) ? given : {};
}

function isOptions(given: unknown): given is WriteOptions {
  return typeof given === 'object';
}
