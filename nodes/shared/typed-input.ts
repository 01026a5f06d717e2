import { OwError } from '../../client/index.js';
import { cut, reasonOf } from '../../client/internal.js';
import type { Typed } from '../../settings/setting.js';
import { toError } from './failure.js';
import type { ContextStore, Message, NodeAPI, RuntimeNode } from './red.js';

/** Longest expression, and longest reason, that a sentence shows. */
const MAX_SHOWN = 100;

/**
 * The value that a typedInput stands for, for this message: at once or later.
 * Rejects with an OwError EOW_VALUE where it cannot be had.
 */
export function evaluate(RED: NodeAPI, node: RuntimeNode, typed: Typed, msg: Message): unknown {
  return typed.type === 'str' ? typed.value : evaluateLater(RED, node, typed, msg);
}

async function evaluateLater(
  RED: NodeAPI,
  node: RuntimeNode,
  { value: expression, type }: Typed,
  msg: Message,
): Promise<unknown> {
  try {
    return await called((callback) =>
      // JSON that does not parse throws even though there is a callback.
      RED.util.evaluateNodeProperty(expression, type, node, msg, callback),
    );
  } catch (thrown) {
    // What JSONata throws is no Error.
    const params = { expression: shorten(expression), reason: shorten(reasonOf(thrown)) };
    throw new OwError('notEvaluated', params, { cause: thrown });
  }
}

/**
 * Stores a value where the output field says: in the message at once, or in flow or global context.
 * @throws OwError EOW_VALUE, at once or later, where it cannot be stored.
 */
export function store(
  RED: NodeAPI,
  node: RuntimeNode,
  output: Typed,
  msg: Message,
  value: unknown,
): Promise<void> | undefined {
  const { type } = output;
  if (type === 'flow' || type === 'global')
    return storeInContext(RED, node.context()[type], output, value);
  storeInMessage(RED, output, msg, value);
  return undefined;
}

/** Node-RED stores nothing, and says so or not, where a number or a text is to hold the value. */
function storeInMessage(RED: NodeAPI, output: Typed, msg: Message, value: unknown): void {
  const property = output.value || 'payload';
  if (isPlain(property)) {
    // Most outputs: nothing has to be parsed for each message.
    msg[property] = value;
    return;
  }
  try {
    RED.util.setMessageProperty(msg, property, value, true);
    if (RED.util.getMessageProperty(msg, property) === value) return;
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw failedOutput(output, thrown);
  }
  throw new OwError('outputTaken', { output: shownOutput(output) });
}

async function storeInContext(
  RED: NodeAPI,
  context: ContextStore,
  output: Typed,
  value: unknown,
): Promise<void> {
  const { key, store: name } = RED.util.parseContextStore(output.value);
  let isStored = true;
  try {
    await called((callback) => context.set(key, value, name, callback));
    if (!isPlain(key))
      isStored = (await called((callback) => context.get(key, name, callback))) !== undefined;
  } catch (thrown) {
    throw failedOutput(output, thrown);
  }
  if (!isStored) throw new OwError('outputTaken', { output: shownOutput(output) });
}

function failedOutput(output: Typed, thrown: unknown): OwError {
  const params = { output: shownOutput(output), reason: shorten(reasonOf(thrown)) };
  return new OwError('outputFailed', params, { cause: thrown });
}

/** Is this a name, and no expression? What is stored there needs nothing that is there already. */
export function isPlain(property: string): boolean {
  return /^[a-z]\w*$/i.test(property);
}

/** As people write it in a function node. */
function shownOutput({ value, type }: Typed): string {
  return shorten(value.startsWith(`${type}.`) ? value : `${type}.${value}`);
}

/** What a function gives to its callback; those of Node-RED may also throw. */
function called<Value>(
  call: (callback: (error: unknown, value?: Value) => void) => void,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    call((error, value) => {
      if (error) reject(toError(error));
      else resolve(value);
    });
  });
}

function shorten(text: string): string {
  return cut(text, MAX_SHOWN);
}
