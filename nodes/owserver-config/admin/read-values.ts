import {
  isPattern,
  type OwserverClient,
  type ReadResult,
  type Value,
} from '../../../client/index.js';
import { Turns } from './semaphore.js';

/** Most values of one answer. */
export const MOST_VALUES = 200;

/** Most bytes of a memory that are shown. */
const MOST_BYTES = 64;

/** Most characters of a text that are shown. */
const MOST_CHARACTERS = 512;

/** Most elements of an array that are shown. */
const MOST_ELEMENTS = 64;

/** Part of the queue that the values for editors may fill: the rest is for the flows. */
const SHARE = 0.25;

type PlainValue = boolean | number | string | readonly PlainValue[];

/** A value for an editor to show; memory is shown in hex digits. */
export interface ShownValue {
  readonly path: string;
  readonly value?: PlainValue;
  /** Is the value hex digits of a memory? */
  readonly hex?: true;
  readonly unit?: string;
  readonly error?: object;
}

/** What is kept of a client: whose turn it is, and which thermometers do not measure with the others. */
interface Habits {
  readonly turns: Turns;
  readonly alone: Set<string>;
}

const HABITS = new WeakMap<OwserverClient, Habits>();

/**
 * Values as they are now, in the order of their paths. Several thermometers are measured together: one
 * by one each would hold up the flows for 0.9 s. Those that cannot, and all else, come from the cache.
 */
export async function readValues(
  client: OwserverClient,
  paths: readonly string[],
  over: AbortSignal,
): Promise<ShownValue[]> {
  const { turns, alone } = habitsOf(client);
  const together = togetherOf(paths, alone);
  const lists = paths.map((path) =>
    turns.take(async () => {
      over.throwIfAborted();
      const source = together.has(path) ? 'convert' : 'cached';
      const results = await client.read([path], { source });
      const apart = results.some((result) => 'fallback' in result);
      if (apart && !isPattern(path)) alone.add(path);
      return results;
    }),
  );
  return (await Promise.all(lists)).flat().slice(0, MOST_VALUES).map(toShown);
}

function habitsOf(client: OwserverClient): Habits {
  let habits = HABITS.get(client);
  if (!habits) {
    const most = Math.ceil(client.options.maxQueue * SHARE);
    habits = { turns: new Turns(most), alone: new Set() };
    HABITS.set(client, habits);
  }
  return habits;
}

/** The thermometers to be measured at once; one alone comes from the cache. */
function togetherOf(paths: readonly string[], alone: ReadonlySet<string>): ReadonlySet<string> {
  const thermometers = new Set(paths.filter((path) => /\/temperature\/?$/.test(path)));
  for (const path of alone) thermometers.delete(path);
  const [first, ...more] = thermometers;
  return more.length > 0 || isPattern(first) ? thermometers : new Set();
}

function toShown(result: ReadResult): ShownValue {
  const { path } = result;
  if ('error' in result) {
    const { code, id, params, message } = result.error;
    return { path, error: { code, id, params, message } };
  }
  const { value, unit } = result;
  const hex = hasBytes(value);
  return { path, value: toPlain(value), ...(hex && { hex }), ...(unit !== undefined && { unit }) };
}

function hasBytes(value: Value): boolean {
  return value instanceof Uint8Array || (Array.isArray(value) && value.some(hasBytes));
}

function toPlain(value: Value): PlainValue {
  if (value instanceof Uint8Array)
    return cut(
      value.length,
      MOST_BYTES,
      Buffer.from(value.subarray(0, MOST_BYTES)).toString('hex'),
    );
  if (typeof value === 'string')
    return cut(value.length, MOST_CHARACTERS, value.slice(0, MOST_CHARACTERS));
  if (!Array.isArray(value)) return value;
  const shown = value.slice(0, MOST_ELEMENTS).map(toPlain);
  return value.length > MOST_ELEMENTS ? [...shown, '…'] : shown;
}

/** What is left out shows. */
function cut(length: number, most: number, shown: string): string {
  return length > most ? `${shown}…` : shown;
}
