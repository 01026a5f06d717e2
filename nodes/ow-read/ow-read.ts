import type { ReadOptions } from '../../client/index.js';
import { emit } from '../shared/emit.js';
import { runFlowNode, type Outcome, type Work } from '../shared/flow-node.js';
import { toPaths } from '../shared/paths.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import { showValue } from '../shared/show-value.js';
import { CATALOGUE } from '../shared/status-line.js';
import { evaluate } from '../shared/typed-input.js';
import { OW_READ_DEFAULTS, type OwReadConfig } from './config.js';
import { toItems, toOneOutput, toOutputs, toReadOptions } from './operation.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ow-read', function (this: RuntimeNode, saved: OwReadConfig) {
    const config = { ...OW_READ_DEFAULTS, ...saved };
    runFlowNode(RED, this, saved, (work) => read(RED, this, config, work));
  });
};

async function read(
  RED: NodeAPI,
  node: RuntimeNode,
  config: OwReadConfig,
  work: Work,
): Promise<Outcome> {
  const { client, msg, onWait, tell } = work;
  const field = { value: config.path, type: config.pathType };
  const output = { value: config.output, type: config.outputType };
  const given = evaluate(RED, node, field, msg);
  const { paths, several } = toPaths(field, given instanceof Promise ? await given : given, msg);
  const options: ReadOptions = toReadOptions(config);
  options.onWait = onWait;
  if (!several) {
    const reading = await client.read(paths[0] ?? '', options);
    const messages = await emit(RED, node, output, msg, [toOneOutput(reading)]);
    return { messages, shown: () => showValue(reading.value, reading.unit) };
  }
  const results = await client.read(paths, options);
  msg.owserver = { items: toItems(results, tell) };
  const outputs = toOutputs(results, config.results, tell);
  const messages = await emit(RED, node, output, msg, outputs, config.results === 'messages');
  const read = results.filter((result) => !('error' in result)).length;
  return {
    messages,
    shown: () => RED._(`${CATALOGUE}status.several`, { read, all: results.length }),
  };
}
