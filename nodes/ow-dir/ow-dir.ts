import { normalizePath } from '../../client/index.js';
import { emit } from '../shared/emit.js';
import { runFlowNode, type Outcome, type Work } from '../shared/flow-node.js';
import { toPaths, type Paths } from '../shared/paths.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import { CATALOGUE } from '../shared/status-line.js';
import { evaluate } from '../shared/typed-input.js';
import { OW_DIR_DEFAULTS, type OwDirConfig } from './config.js';
import { list, present, toOutputs } from './operation.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ow-dir', function (this: RuntimeNode, saved: OwDirConfig) {
    const config = { ...OW_DIR_DEFAULTS, ...saved };
    const operate = config.list === 'present' ? check : directory;
    runFlowNode(RED, this, saved, async (work) => {
      const field = { value: config.path, type: config.pathType };
      const given = toPaths(field, await evaluate(RED, this, field, work.msg), work.msg);
      const paths = given.paths.map(normalizePath);
      return operate(RED, this, config, work, { ...given, paths });
    });
  });
};

type Operate = (
  RED: NodeAPI,
  node: RuntimeNode,
  config: OwDirConfig,
  work: Work,
  where: Paths,
) => Promise<Outcome>;

const directory: Operate = async (RED, node, config, { client, msg, onWait }, where) => {
  const start = performance.now();
  const listed = await list(client, where.paths, config, onWait);
  const cached = config.source === 'cached' && config.list !== 'alarm';
  const owserver = { ...about(config, where, start), count: listed.length, cached };
  const outputs = toOutputs(listed, config, owserver, topicOf(where));
  const messages = await emit(
    RED,
    node,
    outputOf(config),
    msg,
    outputs,
    config.results === 'messages',
  );
  return { messages, shown: () => RED._(`${CATALOGUE}status.listed`, { count: listed.length }) };
};

const check: Operate = async (RED, node, config, { client, msg, onWait }, where) => {
  const start = performance.now();
  const value = await present(client, where.paths, where.several, onWait);
  const topic = topicOf(where);
  const output = {
    value,
    owserver: { ...about(config, where, start), cached: false },
    ...(topic && { topic }),
  };
  const messages = await emit(RED, node, outputOf(config), msg, [output]);
  const found = Object.values(value).filter(Boolean).length;
  return {
    messages,
    shown: () => RED._(`${CATALOGUE}status.${presence(value)}`, { found, all: where.paths.length }),
  };
};

function presence(value: boolean | Record<string, boolean>): string {
  if (typeof value !== 'boolean') return 'presentOf';
  return value ? 'present' : 'absent';
}

function about({ list }: OwDirConfig, where: Paths, start: number): object {
  const path = where.several ? where.paths : where.paths[0];
  return { path, list, ms: performance.now() - start };
}

function topicOf({ paths, several }: Paths): string | undefined {
  return several ? undefined : paths[0];
}

function outputOf({ output, outputType }: OwDirConfig): { value: string; type: string } {
  return { value: output, type: outputType };
}
