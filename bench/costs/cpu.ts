import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import { flowContender } from '../bench-node-red.js';
import type { Effort } from '../effort.js';
import { catchNode, flowsOf, serverNode } from '../flow.js';
import type { Target } from '../measure.js';
import { showSpread, spreadOf } from '../numbers.js';
import { runRounds, type Run } from '../rounds.js';
import { CONNECTIONS, RAMP_MS } from '../settings.js';
import { table } from '../table.js';

const EVERY_MS = 10;
const READ = 'with ow-read, cached';
const CHANGE = 'with a change node in its place';

/** A slow stream of messages through ow-read, and one through a node of the core that does next to nothing. */
export function paceFlows(port: number): FlowNode[] {
  const rules = [{ t: 'set', p: 'payload', pt: 'msg', to: 'expected', tot: 'msg' }];
  return flowsOf(
    [serverNode('bus', port, { connections: CONNECTIONS })],
    [
      ...stream({ id: 'read', type: 'ow-read', server: 'bus' }),
      ...stream({ id: 'change', type: 'change', rules }),
    ],
  );
}

function stream(node: FlowNode): FlowNode[] {
  const { id } = node;
  const [pace, sample] = [`${id}-pace`, `${id}-sample`];
  return [
    { id: `${id}-order`, type: 'test-inject', wires: [[pace]] },
    { id: pace, type: 'bench-pace', everyMs: EVERY_MS, wires: [[id], [sample]] },
    { ...node, wires: [[pace]] },
    catchNode(id, pace),
    { id: sample, type: 'test-probe', wires: [] },
  ];
}

/** What a message costs Node-RED when few come, so that nothing is shared between them. */
export async function showCpu(
  nodeRed: NodeRedProcess,
  owserver: { readonly port: number; readonly pid: number },
  targets: readonly Target[],
  { rounds, ms }: Effort,
): Promise<void> {
  const contender = (name: string, id: string) =>
    flowContender(nodeRed, name, { order: `${id}-order`, sample: `${id}-sample` });
  const contenders = [contender(READ, 'read'), contender(CHANGE, 'change')];
  const order = { port: owserver.port, targets, underWay: 1, rampMs: RAMP_MS, ms };
  const runs = await runRounds(contenders, rounds, order, owserver.pid);
  const costs = [...runs].map(([name, own]) => [name, showSpread(spreadOf(own.map(cost)), 0)]);
  const length = `${rounds} rounds of ${ms} ms`;
  console.log(`\nOne message every ${EVERY_MS} ms through Node-RED, ${length}\n`);
  console.log(table(['flow', 'CPU ms per 1000 messages: median (range)'], costs));
  const [read, change] = [READ, CHANGE].map((name) => spreadOf((runs.get(name) ?? []).map(cost)));
  const own = (read?.median ?? NaN) - (change?.median ?? NaN);
  console.log(`\now-read itself: ${own.toFixed(0)} ms of CPU per 1000 messages`);
}

/** Microseconds of a message, which are milliseconds of a thousand. */
function cost({ cpuUs, reads }: Run): number {
  return cpuUs / reads;
}
