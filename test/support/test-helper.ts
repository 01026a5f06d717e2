import { createRequire } from 'node:module';
import type { Message, NodeStatus } from '../../nodes/shared/red.js';

/** A node that node-red-node-test-helper has loaded; its `status` is a spy. */
export interface LoadedNode {
  readonly id: string;
  readonly users?: Record<string, unknown>;
  readonly status: { readonly args: readonly [NodeStatus][] };
  readonly warn: { readonly args: readonly [string][] };
  receive: (msg: Message) => void;
  on: {
    (event: 'input', listener: (msg: Message) => void): void;
    (event: 'call:status', listener: () => void): void;
  };
  close: (removed: boolean) => Promise<void>;
  context: () => Record<'flow' | 'global', Store>;
}

interface Store {
  get: (key: string) => unknown;
  set: (key: string, value: unknown) => void;
}

interface Helper {
  init: (runtime: string) => void;
  load: (nodes: readonly unknown[], flow: readonly object[]) => Promise<void>;
  unload: () => Promise<void>;
  getNode: (id: string) => LoadedNode;
}

const require = createRequire(__filename);
const fromNodeRed = createRequire(require.resolve('node-red/package.json'));

/** The package, with types for the parts that the tests use. */
export const helper = require('node-red-node-test-helper') as Helper;
helper.init(require.resolve('node-red'));

/** A node of Node-RED's own, such as `common/25-catch.js`. */
export function coreNode(file: string): unknown {
  return fromNodeRed(`@node-red/nodes/core/${file}`) as unknown;
}
