import type { Typed } from '../../settings/setting.js';
import type { Message, NodeAPI, RuntimeNode } from './red.js';

/** The value that a typedInput stands for, for this message: at once or later; throws or rejects with an Error. */
export function evaluate(RED: NodeAPI, node: RuntimeNode, typed: Typed, msg: Message): unknown {
  if (typed.type === 'str') return typed.value;
  return new Promise((resolve, reject) => {
    // JSON that does not parse throws even though there is a callback.
    RED.util.evaluateNodeProperty(typed.value, typed.type, node, msg, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}

/** Stores a value where the output field says: in the message at once, or in flow or global context. */
export function store(
  RED: NodeAPI,
  node: RuntimeNode,
  output: Typed,
  msg: Message,
  value: unknown,
): Promise<void> | undefined {
  if (output.type !== 'flow' && output.type !== 'global') {
    RED.util.setMessageProperty(msg, output.value || 'payload', value, true);
    return undefined;
  }
  const context = node.context()[output.type];
  const { key, store: storeName } = RED.util.parseContextStore(output.value);
  return new Promise<void>((resolve, reject) => {
    context.set(key, value, storeName, (error) => (error ? reject(error) : resolve()));
  });
}
