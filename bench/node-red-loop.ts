import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../test/support/node-red.js';
import { PATIENCE_MS, type Contender } from './contender.js';
import { connectEditor } from './editor.js';
import type { Order, Sample } from './measure.js';
import { CONNECTIONS } from './settings.js';

/** A Node-RED whose one ow-read node is kept busy by a loop of messages. */
export interface NodeRedLoop {
  readonly pid: number;
  /** Nobody looks at the status below ow-read: the normal state. */
  readonly unwatched: Contender;
  /** An editor is connected. */
  readonly watched: Contender;
}

/** Starts a real Node-RED with this package, ow-read with its defaults, and the loop node. */
export async function startNodeRedLoop(
  port: number,
  env: Readonly<Record<string, string>> = {},
): Promise<NodeRedLoop> {
  const nodesDir = await mkdtemp(join(tmpdir(), 'owserver-bench-'));
  const clean = (): Promise<void> => rm(nodesDir, { recursive: true, force: true });
  const nodeRed = await writeLoopNode(nodesDir)
    .then(() => startNodeRed({ flows: flows(port), settings: { nodesDir }, env }))
    .catch((error: unknown) => clean().then(() => Promise.reject(error as Error)));
  const run = (order: Order): Promise<Sample> => carryOut(nodeRed, order);
  const stop = (): Promise<void> => nodeRed.stop().then(clean);
  return {
    pid: nodeRed.pid,
    unwatched: { name: 'ow-read in Node-RED', run, stop },
    watched: {
      name: 'ow-read, an editor open',
      run: async (order) => {
        const disconnect = await connectEditor(nodeRed.url);
        return run(order).finally(disconnect);
      },
      stop: () => Promise.resolve(),
    },
  };
}

/** Node-RED takes plain JavaScript only, with a form beside it. */
async function writeLoopNode(folder: string): Promise<void> {
  await build({
    entryPoints: [join(__dirname, 'loop-node.ts')],
    outfile: join(folder, 'bench-loop.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  await writeFile(join(folder, 'bench-loop.html'), '<!-- no editor half -->');
}

function flows(port: number): FlowNode[] {
  const z = 'tab';
  return [
    { id: z, type: 'tab', label: 'benchmark' },
    { id: 'bus', type: 'owserver-config', host: '127.0.0.1', port, connections: CONNECTIONS },
    { id: 'order', z, type: 'test-inject', wires: [['loop']] },
    { id: 'loop', z, type: 'bench-loop', wires: [['read'], ['sample']] },
    { id: 'read', z, type: 'ow-read', server: 'bus', wires: [['loop']] },
    { id: 'failed', z, type: 'catch', scope: ['read'], uncaught: false, wires: [['loop']] },
    { id: 'sample', z, type: 'test-probe', wires: [] },
  ];
}

async function carryOut(nodeRed: NodeRedProcess, order: Order): Promise<Sample> {
  await nodeRed.inject('order', { order });
  const fits = ({ probe }: { probe: string }): boolean => probe === 'sample';
  const { msg } = await nodeRed.waitForMessage(fits, 'sample', PATIENCE_MS);
  return msg.payload as Sample;
}
