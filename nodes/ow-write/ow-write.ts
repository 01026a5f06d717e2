import { wholeNumber } from '../shared/number-field.js';
import { runFlowNode, type Outcome, type Work } from '../shared/flow-node.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import { showValue } from '../shared/show-value.js';
import { CATALOGUE } from '../shared/status-line.js';
import { evaluate } from '../shared/typed-input.js';
import { OW_WRITE_DEFAULTS, type OwWriteConfig } from './config.js';
import { toAssignments, writeAll } from './operation.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ow-write', function (this: RuntimeNode, saved: OwWriteConfig) {
    const config = { ...OW_WRITE_DEFAULTS, ...saved };
    runFlowNode(RED, this, saved, (work) => write(RED, this, config, work));
  });
};

async function write(
  RED: NodeAPI,
  node: RuntimeNode,
  config: OwWriteConfig,
  work: Work,
): Promise<Outcome> {
  const { client, msg, onWait, tell } = work;
  const field = { value: config.path, type: config.pathType };
  const path = await evaluate(RED, node, field, msg);
  const value = await evaluate(RED, node, { value: config.value, type: config.valueType }, msg);
  const { writes, several, payload } = toAssignments(field, path, value, msg);
  const offset = wholeNumber('offset', config.offset, 0) ?? 0;
  const { items, errors } = await writeAll(client, writes, { offset, onWait }, tell);
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
    shown: () => RED._(`${CATALOGUE}status.written`, { count: items.length }),
  };
}
