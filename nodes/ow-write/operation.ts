import {
  OwError,
  toOwError,
  type Written,
  type OwserverClient,
  type WriteOptions,
  type WriteResult,
} from '../../client/index.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import { toPaths, usesTopic } from '../shared/paths.js';
import type { Message } from '../shared/red.js';
import type { Typed } from '../shared/typed-input.js';

/** One value on its way to one path. */
export interface Assignment {
  readonly path: string;
  readonly value: unknown;
}

/** The writes of one message, whether they are a list, and the value as the message carries it on. */
export interface Assignments {
  readonly writes: readonly Assignment[];
  readonly several: boolean;
  readonly payload: unknown;
}

/** What `msg.owserver` tells of one write. */
export type WrittenItem = Written | { readonly path: string; readonly error: Failure };

/**
 * What to write where: one value to one path or to several; or, when neither node nor message
 * names a path, the object in `msg.payload`, whose keys are paths.
 * @throws OwError EOW_VALUE
 */
export function toAssignments(
  field: Typed,
  evaluated: unknown,
  value: unknown,
  msg: Message,
): Assignments {
  const noTopic = msg.topic === undefined || msg.topic === null || msg.topic === '';
  if (usesTopic(field) && noTopic && isPlainObject(msg.payload)) {
    const writes = Object.entries(msg.payload).map(([path, each]) => ({ path, value: each }));
    if (writes.length === 0) throw new OwError('noPath');
    return { writes, several: true, payload: msg.payload };
  }
  const { paths, several } = toPaths(field, evaluated, msg);
  return { writes: paths.map((path) => ({ path, value })), several, payload: value };
}

/**
 * Writes one after another, in their order, so that what a later one builds on is done. One that
 * fails does not stop the others: they may be the ones that switch something off.
 */
export async function writeAll(
  client: OwserverClient,
  writes: readonly Assignment[],
  options: WriteOptions,
  tell: Tell,
): Promise<{ items: WrittenItem[]; errors: OwError[] }> {
  const items: WrittenItem[] = [];
  const errors: OwError[] = [];
  for (const { path, value } of writes) {
    for (const result of await write(client, path, value, options)) {
      if ('error' in result) errors.push(result.error);
      items.push(
        'error' in result ? { path: result.path, error: toFailure(result.error, tell) } : result,
      );
    }
  }
  return { items, errors };
}

/** What became of one path, or of each that a path with `*` stands for. */
async function write(
  client: OwserverClient,
  path: string,
  value: unknown,
  options: WriteOptions,
): Promise<WriteResult[]> {
  try {
    const written: Written | WriteResult[] = await client.write(path, value, options);
    return Array.isArray(written) ? written : [written];
  } catch (thrown) {
    const error = toOwError(thrown, path);
    return [{ path: error.path ?? path, error }];
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Date)
  );
}
