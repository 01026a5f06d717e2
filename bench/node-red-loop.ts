import type { FlowNode } from '../test/support/node-red.js';
import { flowContender, startBenchNodeRed } from './bench-node-red.js';
import type { Contender } from './contender.js';
import { connectEditor } from './editor.js';
import { catchNode, flowsOf, serverNode } from './flow.js';
import { CONNECTIONS } from './settings.js';

/** A Node-RED whose one ow-read node is kept busy by a loop of messages. */
export interface NodeRedLoop {
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
  const nodeRed = await startBenchNodeRed({ flows: flows(port), nodes: ['loop'], env });
  const ids = { order: 'order', sample: 'sample' };
  const { name, run } = flowContender(nodeRed, 'ow-read in Node-RED', ids);
  return {
    unwatched: { name, run, stop: () => nodeRed.stop().then(() => undefined) },
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

function flows(port: number): FlowNode[] {
  const nodes = [
    { id: 'order', type: 'test-inject', wires: [['loop']] },
    { id: 'loop', type: 'bench-loop', wires: [['read'], ['sample']] },
    { id: 'read', type: 'ow-read', server: 'bus', wires: [['loop']] },
    catchNode('read', 'loop'),
    { id: 'sample', type: 'test-probe', wires: [] },
  ];
  return flowsOf([serverNode('bus', port, { connections: CONNECTIONS })], nodes);
}
