import type { Typed } from '../../settings/setting.js';
import type { Message, NodeAPI, RuntimeNode } from './red.js';
import { store } from './typed-input.js';

/** One message to send: the value for the output field, and what goes with it. */
export interface Output {
  readonly value: unknown;
  /** The path, for `msg.topic`; without it the topic stays as it came in. */
  readonly topic?: string;
  /** For `msg.owserver`. */
  readonly owserver: object;
}

/**
 * Puts outputs into messages that keep what the incoming one holds; the last of them is the incoming
 * one itself. A sequence gets `msg.parts`, so that a join node can put it together again.
 */
export function emit(
  RED: NodeAPI,
  node: RuntimeNode,
  field: Typed,
  msg: Message,
  outputs: readonly Output[],
  sequence = false,
): Message[] | Promise<Message[]> {
  const id = sequence ? RED.util.generateId() : '';
  const count = outputs.length;
  const messages: Message[] = [];
  const pending: Promise<void>[] = [];
  for (const { value, topic, owserver } of outputs) {
    const index = messages.length;
    const message = index === count - 1 ? msg : RED.util.cloneMessage(msg);
    const stored = store(RED, node, field, message, value);
    if (stored) pending.push(stored);
    if (topic !== undefined) message.topic = topic;
    message.owserver = owserver;
    if (sequence) message.parts = { id, type: 'array', index, count };
    messages.push(message);
  }
  return pending.length === 0 ? messages : Promise.all(pending).then(() => messages);
}
