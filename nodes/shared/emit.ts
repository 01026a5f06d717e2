import type { Typed } from '../../settings/setting.js';
import type { Message, NodeAPI, Parts, RuntimeNode } from './red.js';
import { Stretch } from './stretch.js';
import { isPlain, store } from './typed-input.js';

/** One message to send: the value for the output field, and what goes with it. */
export interface Output {
  readonly value: unknown;
  /** The path, for `msg.topic`; without it the topic stays as it came in. */
  readonly topic?: string;
  /** For `msg.owserver`. */
  readonly owserver: object;
}

/** Where messages are made. */
export interface Place {
  readonly RED: NodeAPI;
  readonly node: RuntimeNode;
}

/**
 * Puts an output into the message, which keeps what else it holds; at once, or later where a context
 * takes the value. @throws OwError EOW_VALUE, at once or later, and then the message is as it was.
 */
export function emit(
  { RED, node }: Place,
  field: Typed,
  msg: Message,
  output: Output,
): Message[] | Promise<Message[]> {
  const stored = store(RED, node, field, msg, output.value);
  const label = (): Message[] => [labelled(msg, rootOf(field), output)];
  return stored ? stored.then(label) : label();
}

/**
 * The messages of a sequence, which a join node can put together: one for each output, with all that the
 * incoming one holds; the last of them is the incoming one itself. All are made before any is sent.
 * @throws OwError EOW_VALUE, and then the incoming message is as it was.
 */
export async function emitSequence(
  { RED, node }: Place,
  field: Typed,
  msg: Message,
  outputs: readonly Output[],
): Promise<Message[]> {
  const root = rootOf(field);
  const parts = root === 'parts' ? undefined : newParts(RED, field, msg, outputs.length);
  const shared = sharedBy(msg, field, outputs, parts);
  const stretch = new Stretch();
  const messages: Message[] = [];
  for (const [index, output] of outputs.entries()) {
    const isLast = index === outputs.length - 1;
    const message = isLast ? msg : RED.util.cloneMessage(shared);
    await store(RED, node, field, message, output.value);
    labelled(message, root, output);
    if (parts) message.parts = { ...parts, ...(!isLast && message.parts), index };
    messages.push(message);
    await stretch.rest();
  }
  return messages;
}

/** What the output names is the user's: it is not overwritten with what goes with the value. */
function labelled(
  message: Message,
  root: string | undefined,
  { topic, owserver }: Output,
): Message {
  if (topic !== undefined && root !== 'topic') message.topic = topic;
  if (root !== 'owserver') message.owserver = owserver;
  return message;
}

/** The property of the message that an output is or lies in; none where it goes to a context. */
function rootOf({ type, value }: Typed): string | undefined {
  if (type === 'flow' || type === 'global') return undefined;
  if (isPlain(value)) return value;
  return /^(?:msg\.)?["']?([^."'[\]]+)/.exec(value)?.[1] ?? 'payload';
}

/** A sequence inside another one is put on top of it, as core Split does. */
function newParts(RED: NodeAPI, { type, value }: Typed, msg: Message, count: number): Parts {
  return {
    id: RED.util.generateId(),
    type: 'array',
    index: 0,
    count,
    ...(type === 'msg' && value !== '' && value !== 'payload' && { property: value }),
    ...(Object.hasOwn(msg, 'parts') && { parts: msg.parts }),
  };
}

/** What all messages of a sequence have in common, without what each of them gets anew: that is not worth copying. */
function sharedBy(
  msg: Message,
  field: Typed,
  [first]: readonly Output[],
  parts: Parts | undefined,
): Message {
  const root = rootOf(field);
  const shared: Message = { ...msg, ...(parts && { parts }) };
  if (root !== 'owserver') delete shared.owserver;
  if (root !== 'topic' && first?.topic !== undefined) delete shared.topic;
  if (root !== undefined && (field.value || 'payload') === root)
    Reflect.deleteProperty(shared, root);
  return shared;
}
