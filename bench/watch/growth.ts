import { setTimeout as delay } from 'node:timers/promises';
import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import { startBenchNodeRed } from '../bench-node-red.js';
import { pathOf, thermometerIds } from '../bus/thermometers.js';
import { startCountingProxy, type CountingProxy } from '../costs/counting-proxy.js';
import type { Effort } from '../effort.js';
import { catchNode, flowsOf, serverNode } from '../flow.js';
import { quantile, showSpread, spreadOf } from '../numbers.js';
import { table } from '../table.js';
import type { Growth, GrowthOrder } from './growth-order.js';
import { showMemory } from './memory.js';
import { startSimulatedBus, type SimulatedBus } from './simulated-bus.js';

const EVERY_MS = 2_000;
const TICKS = 5;
const MOST_TURNS = 2;
/** The first ticks learn what is learned once. */
const RAMP_MS = 2.5 * EVERY_MS;

const WANTED = { conversions: 1, heldMs: 20 };

/** Nodes that look by themselves, on a bus of so many thermometers. */
interface Load {
  readonly name: string;
  readonly sensors: number;
  /** The path of each node. */
  readonly paths: readonly string[];
  readonly wanted?: typeof WANTED;
}

const SENSORS = 100;

const IDLE: Load = { name: 'nothing', sensors: SENSORS, paths: [] };
const DEVICES = [10, 100, 1000].map((sensors) => ({
  name: `1 node of ${sensors} sensors`,
  sensors,
  paths: ['28.*/temperature'],
}));
const NODES = [1, 10, 100].map((count) => ({
  name: `${count} nodes of 1 sensor`.replace('1 nodes', '1 node'),
  sensors: SENSORS,
  paths: thermometerIds(count).map(pathOf),
  ...(count === 100 && { wanted: WANTED }),
}));
const LOADS: readonly Load[] = [IDLE, ...DEVICES, ...NODES];

/** What went on with one load. */
interface Turn extends Growth {
  readonly requests: number;
  readonly conversions: number;
}

type Turns = ReadonlyMap<Load, readonly Turn[]>;

/** Part g: what a tick of nodes with a repeat costs, and whether the memory of watches grows. */
export async function growth(effort: Effort): Promise<void> {
  await showTicks(effort);
  await showMemory();
}

async function showTicks({ rounds }: Effort): Promise<void> {
  const nodeRed = await startBenchNodeRed({ flows: [], nodes: ['growth'] });
  const turns = new Map<Load, Turn[]>(LOADS.map((load) => [load, []]));
  const length = Math.min(rounds, MOST_TURNS);
  try {
    // A Node-RED that has just started has this and that to do, and slow code: the first turn does not count.
    await run(nodeRed, LOADS.at(-1)!);
    for (let turn = 0; turn < length; turn += 1)
      for (const load of LOADS) turns.get(load)?.push(await run(nodeRed, load));
  } finally {
    await nodeRed.stop();
  }
  const ticks = `${length} turns of ${2 * TICKS} ticks`;
  console.log(
    `\now-read nodes in Node-RED that convert every ${EVERY_MS / 1000} s, on a simulated bus, ${ticks}\n`,
  );
  console.log(show(turns));
  console.log(showRatios(turns));
}

async function run(nodeRed: NodeRedProcess, load: Load): Promise<Turn> {
  const bus: SimulatedBus = await startSimulatedBus(load.sensors);
  let conversions = 0;
  const proxy: CountingProxy = await startCountingProxy(bus.port, (path) => {
    if (path.includes('/simultaneous/')) conversions += 1;
  });
  try {
    await nodeRed.deploy(flows(proxy.port, load));
    await delay(RAMP_MS);
    const before = { requests: proxy.requests, conversions };
    const order: GrowthOrder = { everyMs: EVERY_MS, ticks: TICKS };
    await nodeRed.inject('order', { order });
    const isSample = ({ probe }: { probe: string }): boolean => probe === 'sample';
    const { msg } = await nodeRed.waitForMessage(isSample, 'sample', 10 * TICKS * EVERY_MS);
    const sample = msg.payload as Growth;
    if (sample.wrong > 0) throw new Error(`${sample.wrong} messages of ${load.name} were wrong.`);
    return {
      ...sample,
      requests: proxy.requests - before.requests,
      conversions: conversions - before.conversions,
    };
  } finally {
    await nodeRed.deploy([]);
    await proxy.close();
    await bus.stop();
  }
}

function flows(port: number, { paths }: Load): FlowNode[] {
  const look = { type: 'ow-read', server: 'bus', source: 'convert', repeat: EVERY_MS / 1000 };
  const readers = paths.map((path, n) => ({ id: `read-${n}`, ...look, path, wires: [['growth']] }));
  return flowsOf(
    [serverNode('bus', port)],
    [
      { id: 'order', type: 'test-inject', wires: [['growth']] },
      { id: 'growth', type: 'bench-growth', wires: [['sample']] },
      { id: 'sample', type: 'test-probe', wires: [] },
      ...readers,
      ...readers.map(({ id }) => catchNode(id, 'growth')),
    ],
  );
}

function show(turns: Turns): string {
  const head = [
    'what looks by itself',
    'ticks',
    'values a tick',
    'requests a tick',
    'conversions a tick',
    'wanted',
    'CPU ms a tick',
    'held, ms: median of ticks',
    'worst',
    'wanted at most',
    'by the clock',
  ];
  const rows = [...turns].map(([load, own]) => {
    const isIdle = load === IDLE;
    const looks = own.reduce((all, turn) => all + looksOf(turn, load), 0);
    const perLook = (pick: (turn: Turn) => number, digits: number): string =>
      isIdle ? '' : (own.reduce((all, turn) => all + pick(turn), 0) / looks).toFixed(digits);
    const held = own.flatMap((turn) => turn.held);
    const ownMs = held.map((each) => each.ownMs);
    return [
      load.name,
      isIdle ? '' : looks.toFixed(0),
      perLook(({ values }) => values, 1),
      perLook(({ requests }) => requests, 1),
      perLook(({ conversions }) => conversions, 2),
      `${load.wanted?.conversions ?? ''}`,
      spreadOf(costs(turns, load)).median.toFixed(1),
      quantile(ownMs, 0.5).toFixed(1),
      quantile(ownMs, 1).toFixed(1),
      `${load.wanted?.heldMs ?? ''}`,
      Math.max(...held.map((each) => each.clockMs)).toFixed(1),
    ];
  });
  return table(head, rows);
}

/** How the CPU time of a tick grows: ten times as many devices, ten times as many nodes. */
function showRatios(turns: Turns): string {
  const pairs = [DEVICES, NODES].flatMap((loads) =>
    loads.slice(1).map((load, n) => [load, loads[n]!] as const),
  );
  const nodesAndDevices = [NODES[2]!, DEVICES[1]!] as const;
  const lines = [...pairs, nodesAndDevices].map(([load, other]) => {
    const others = costs(turns, other);
    const ratio = costs(turns, load).map((cost, at) => cost / (others[at] ?? NaN));
    return `${load.name} / ${other.name}: ${showSpread(spreadOf(ratio), 1)} times the CPU of a tick`;
  });
  return `\n${lines.join('\n')}`;
}

/** CPU milliseconds of a tick, turn by turn, beyond what an idle Node-RED takes in that time. */
function costs(turns: Turns, load: Load): number[] {
  return (turns.get(load) ?? []).map((turn, at) => {
    if (load === IDLE) return turn.cpuUs / TICKS / 1000;
    const idleUs = turns.get(IDLE)?.[at]?.cpuUs ?? NaN;
    return (turn.cpuUs - idleUs) / (looksOf(turn, load) / 2) / 1000;
  });
}

/** How often all nodes looked: a tick is left out where the one before is not over. */
function looksOf({ messages }: Turn, { paths }: Load): number {
  return messages / paths.length;
}
