import {
  OwError,
  type Written,
  type OwserverClient,
  type WriteOptions,
} from '../../client/index.js';
import { isJsonBuffer } from '../../client/internal.js';
import type { Typed } from '../../settings/setting.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import type { Outcome, Work } from '../shared/flow-node.js';
import { toPaths, usesTopic } from '../shared/paths.js';
import type { Message } from '../shared/red.js';
import { showValue } from '../shared/show-value.js';
import type { OwWriteConfig } from './config.js';

/** One value on its way to one path. */
interface Assignment {
  readonly path: string;
  readonly value: unknown;
}

/** The writes of one message, whether they are a list, and the value as the message carries it on. */
interface Assignments {
  readonly writes: readonly Assignment[];
  readonly several: boolean;
  readonly payload: unknown;
}

/** What `msg.owserver` tells of one write. */
type WrittenItem = Written | { readonly path: string; readonly error: Failure };

/** Writes what the message or the node says, and sends the message on once all of it is written. */
export async function operate(work: Work, config: OwWriteConfig): Promise<Outcome> {
  const { client, msg, onWait, tell } = work;
  const path = await work.evaluate(config.path);
  const value = await work.evaluate(config.value);
  const { writes, several, payload } = toAssignments(config.path, path, value, msg);
  const options = { offset: config.offset ?? 0, onWait };
  const { items, errors } = await writeAll(client, writes, options, tell);
  msg.owserver = several ? { items } : items[0];
  const [error] = errors;
  if (error) throw error;
  msg.payload = payload;
  if (!several) {
    msg.topic = items[0]?.path;
    return { messages: [msg], shown: () => showValue(value) };
  }
  return {
    messages: [msg],
    shown: () => work.translate('status.written', { count: items.length }),
  };
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
async function writeAll(
  client: OwserverClient,
  writes: readonly Assignment[],
  options: WriteOptions,
  tell: Tell,
): Promise<{ items: WrittenItem[]; errors: OwError[] }> {
  const items: WrittenItem[] = [];
  const errors: OwError[] = [];
  for (const { path, value } of writes) {
    for (const result of await client.writeAll([[path, value]], options)) {
      if ('error' in result) errors.push(result.error);
      items.push(
        'error' in result ? { path: result.path, error: toFailure(result.error, tell) } : result,
      );
    }
  }
  return { items, errors };
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
