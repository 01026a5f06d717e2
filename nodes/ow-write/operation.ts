import {
  OwError,
  toOwError,
  type Written,
  type WriteOptions,
  type WritePair,
  type WriteResult,
} from '../../client/index.js';
import { isJsonBuffer } from '../../client/internal.js';
import type { Typed } from '../../settings/setting.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import type { Outcome, Work } from '../shared/work.js';
import { named, type Named } from '../shared/named.js';
import { topicOf, toPaths, usesTopic } from '../shared/paths.js';
import type { Message } from '../shared/red.js';
import type { OwWriteConfig } from './config.js';

/** The writes of one message, whether they are a list, and the value as the message carries it on. */
interface Assignments {
  readonly pairs: readonly WritePair[];
  readonly several: boolean;
  readonly payload: unknown;
}

/** What `msg.owserver` tells of one write. */
type WrittenItem = Named<Written> | { readonly path: string; readonly error: Failure };

/** Writes what the message or the node says, and sends the message on once all of it is written. */
export async function operate(work: Work, config: OwWriteConfig): Promise<Outcome> {
  const { msg, onWait, tell } = work;
  const path = await work.evaluate(config.path);
  const value = await work.evaluate(config.value);
  const { pairs, several, payload } = toAssignments(config.path, path, value, msg);
  const results = await write(work, pairs, several, { offset: config.offset ?? 0, onWait });
  const items = results.map((result) => toItem(result, tell));
  msg.owserver = several ? { items } : items[0];
  for (const result of results) if ('error' in result) throw result.error;
  msg.payload = payload;
  if (several)
    return { messages: [msg], shown: work.translate('status.written', { count: items.length }) };
  msg.topic = topicOf(pairs[0]?.[0] ?? '');
  return { messages: [msg], shown: work.show(value) };
}

/**
 * What to write where: one value to one path or to several; or, when neither node nor message
 * names a path, the object in `msg.payload`, whose keys are paths.
 * @throws OwError EOW_VALUE
 */
function toAssignments(
  field: Typed,
  evaluated: unknown,
  value: unknown,
  msg: Message,
): Assignments {
  const noTopic = msg.topic === undefined || msg.topic === null || msg.topic === '';
  if (usesTopic(field) && noTopic && isPlainObject(msg.payload)) {
    const pairs = Object.entries(msg.payload);
    if (pairs.length === 0) throw new OwError('noPath');
    return { pairs, several: true, payload: msg.payload };
  }
  const { paths, several } = toPaths(field, evaluated, msg);
  return { pairs: paths.map((path) => [path, value]), several, payload: value };
}

/** What became of one path, or of each of several. */
async function write(
  { client }: Work,
  pairs: readonly WritePair[],
  several: boolean,
  options: WriteOptions,
): Promise<WriteResult[]> {
  const [alone] = pairs;
  if (several || !alone) return client.writeAll(pairs, options);
  const [path, value] = alone;
  try {
    return [await client.write(path, value, options)];
  } catch (thrown) {
    const error = toOwError(thrown, path);
    return [{ path: error.path ?? path, error }];
  }
}

function toItem(result: WriteResult, tell: Tell): WrittenItem {
  if ('error' in result) return { path: result.path, error: toFailure(result.error, tell) };
  return named(result);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !isJsonBuffer(value) &&
    !(value instanceof Date)
  );
}
