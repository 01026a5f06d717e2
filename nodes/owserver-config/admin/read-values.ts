import {
  isPattern,
  type OwserverClient,
  type ReadResult,
  type Value,
} from '../../../client/index.js';
import type { PlainValue, ReadableValue, ShownValue } from '../../../contract/admin-api.js';
import { fitting } from './answer-size.js';
import { toErrorInfo } from './error-info.js';
import { Semaphore } from '../../shared/semaphore.js';

/** Most values of one answer. */
export const MAX_VALUES = 200;

/** Most bytes of a memory that are shown. */
const MAX_BYTES = 64;

/** Most characters of a text that are shown. */
const MAX_CHARACTERS = 512;

/** Most elements of an array that are shown. */
const MAX_ELEMENTS = 64;

/** Most thermometers that are remembered to measure by themselves. */
const MAX_SEPARATE = 5_000;

/** Part of the queue that the values for editors may fill: the rest is for the flows. */
const QUEUE_SHARE = 0.25;

/** What is kept of a client between readings. */
interface ReadingState {
  readonly semaphore: Semaphore;
  /** Paths of thermometers that do not measure together with the others. */
  readonly separate: Set<string>;
}

const STATES = new WeakMap<OwserverClient, ReadingState>();

/**
 * Values as they are now, in the order of their paths. Several thermometers are measured together: one
 * by one each would hold up the flows for 0.9 s. Those that cannot, and all else, come from the cache.
 */
export async function readValues(
  client: OwserverClient,
  paths: readonly string[],
  over: AbortSignal,
): Promise<ShownValue[]> {
  const { semaphore, separate } = stateOf(client);
  const together = measuredTogether(paths, separate);
  const lists = paths.map((path) =>
    semaphore.run(async () => {
      over.throwIfAborted();
      const source = together.has(path) ? 'convert' : 'cached';
      const results = await client.readAll([path], { source });
      const fellBack = results.some((result) => 'fallback' in result);
      if (fellBack && !isPattern(path) && separate.size < MAX_SEPARATE) separate.add(path);
      return results;
    }),
  );
  const shown = (await Promise.all(lists)).flat().slice(0, MAX_VALUES).map(toShown);
  return fitting(shown, MAX_VALUES).items;
}

function stateOf(client: OwserverClient): ReadingState {
  let state = STATES.get(client);
  if (!state) {
    const permits = Math.ceil(client.options.maxQueue * QUEUE_SHARE);
    state = { semaphore: new Semaphore(permits), separate: new Set() };
    STATES.set(client, state);
  }
  return state;
}

/** The thermometers to be measured at once; one alone comes from the cache. */
function measuredTogether(
  paths: readonly string[],
  separate: ReadonlySet<string>,
): ReadonlySet<string> {
  const thermometers = new Set(paths.filter((path) => /\/temperature\/?$/.test(path)));
  for (const path of separate) thermometers.delete(path);
  const [first, ...more] = thermometers;
  return more.length > 0 || isPattern(first) ? thermometers : new Set();
}

function toShown(result: ReadResult): ShownValue {
  const { path } = result;
  if ('error' in result) return { path, error: toErrorInfo(result.error) };
  const { value, unit } = result;
  const hex = hasBytes(value);
  return {
    path,
    value: toPlain(value),
    // What is spread into an object is not checked against its type.
    ...(hex && ({ hex } satisfies Partial<ReadableValue>)),
    ...(unit !== undefined && ({ unit } satisfies Partial<ReadableValue>)),
  };
}

function hasBytes(value: Value): boolean {
  return value instanceof Uint8Array || (Array.isArray(value) && value.some(hasBytes));
}

function toPlain(value: Value): PlainValue {
  if (value instanceof Uint8Array)
    return cut(value.length, MAX_BYTES, Buffer.from(value.subarray(0, MAX_BYTES)).toString('hex'));
  if (typeof value === 'string')
    return cut(value.length, MAX_CHARACTERS, value.slice(0, MAX_CHARACTERS));
  if (!Array.isArray(value)) return value;
  const shown = value.slice(0, MAX_ELEMENTS).map(toPlain);
  return value.length > MAX_ELEMENTS ? [...shown, '…'] : shown;
}

/** What is left out shows. */
function cut(length: number, most: number, shown: string): string {
  return length > most ? `${shown}…` : shown;
}
