import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import type { Effort } from '../effort.js';
import { flowsOf, serverNode } from '../flow.js';
import type { Target } from '../measure.js';
import { showSpread, spreadOf } from '../numbers.js';
import { CONNECTIONS } from '../settings.js';
import { table } from '../table.js';

/** Nodes of the kind in question. */
export const NODES = 500;

const MOST_ROUNDS = 3;

/** Makes the nth of many nodes. */
type Make = (n: number) => Omit<FlowNode, 'id'> & { type: string };

/**
 * What a node takes of Node-RED's memory after its first message: of ow-read nodes that share one
 * owserver-config, and of change nodes. Leaves the ow-read nodes running.
 */
export async function showMemory(
  nodeRed: NodeRedProcess,
  port: number,
  targets: readonly Target[],
  { rounds }: Effort,
): Promise<void> {
  const target = (n: number): Target => targets[n % targets.length]!;
  const kinds: Readonly<Record<string, Make>> = {
    change: () => ({
      type: 'change',
      rules: [{ t: 'set', p: 'a', pt: 'msg', to: '', tot: 'str' }],
    }),
    'ow-read': (n) => ({ type: 'ow-read', server: 'bus', path: target(n).path }),
  };
  const outcomes = new Map(Object.keys(kinds).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= Math.min(rounds, MOST_ROUNDS); round += 1) {
    for (const [name, make] of Object.entries(kinds)) {
      const bytes = await measureNodes(nodeRed, port, make, name === 'ow-read' ? targets : []);
      // The first time loads what stays: it is no part of a node.
      if (round > 0) outcomes.get(name)?.push(bytes / NODES);
    }
  }
  show(outcomes);
}

/** What the nodes add to the memory in use, in bytes. */
async function measureNodes(
  nodeRed: NodeRedProcess,
  port: number,
  make: Make,
  targets: readonly Target[],
): Promise<number> {
  await nodeRed.deploy(flows(port, 0, make));
  const before = await memoryOf(nodeRed);
  await nodeRed.deploy(flows(port, NODES, make));
  await useEach(nodeRed, targets);
  return (await memoryOf(nodeRed)) - before;
}

function flows(port: number, count: number, make: Make): FlowNode[] {
  const ids = Array.from({ length: count }, (_, n) => `many-${n}`);
  return flowsOf(
    [serverNode('bus', port, { connections: CONNECTIONS })],
    [
      { id: 'all', type: 'test-inject', wires: [ids] },
      { id: 'done', type: 'test-probe', wires: [] },
      { id: 'measure', type: 'test-inject', wires: [['memory']] },
      { id: 'memory', type: 'bench-memory', wires: [['measured']] },
      { id: 'measured', type: 'test-probe', wires: [] },
      ...ids.map((id, n) => ({ ...make(n), id, wires: [['done']] })),
    ],
  );
}

/** Sends one message through each of the nodes. */
async function useEach(nodeRed: NodeRedProcess, targets: readonly Target[]): Promise<void> {
  const expected = new Map(targets.map(({ path, text }) => [path, Number(text)]));
  await nodeRed.inject('all', {});
  for (let n = 0; n < NODES; n += 1) {
    const { msg } = await nodeRed.waitForMessage(({ probe }) => probe === 'done', 'message');
    const value = targets.length > 0 ? expected.get(String(msg.topic)) : undefined;
    if (msg.payload !== value) throw new Error(`${String(msg.topic)} was read wrong.`);
  }
}

/** What is in use once all garbage is gone, in bytes. */
async function memoryOf(nodeRed: NodeRedProcess): Promise<number> {
  await nodeRed.inject('measure', {});
  const fits = ({ probe }: { probe: string }): boolean => probe === 'measured';
  const { msg } = await nodeRed.waitForMessage(fits, 'memory');
  const { heapUsed, external } = msg.payload as NodeJS.MemoryUsage;
  return heapUsed + external;
}

function show(outcomes: ReadonlyMap<string, readonly number[]>): void {
  const kib = (bytes: readonly number[]): string =>
    showSpread(spreadOf(bytes.map((each) => each / 1024)), 1);
  console.log(`\nMemory of one of ${NODES} nodes on one owserver-config, after a message each\n`);
  const rows = [...outcomes].map(([name, bytes]) => [name, kib(bytes)]);
  console.log(table(['node', 'KiB: median (range)'], rows));
}
