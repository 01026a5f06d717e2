import { startOwserverOnBuses } from '../../test/support/bus/index.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../../test/support/node-red.js';
import type { Effort } from '../effort.js';
import { flowsOf, serverNode } from '../flow.js';
import { showSpread, spreadOf } from '../numbers.js';
import { table } from '../table.js';
import { PATIENT, readFlow, readThrough } from './reading.js';
import { chipsOf, Thermometers, thermometerIds } from './thermometers.js';
import { twoBuses } from './two-buses.js';

/** What is hoped for, with as many sensors as in the first column. */
const WANTED_RATIO: Readonly<Record<number, number>> = { 100: 30 };
const wantedSeconds = (sensors: number): number => 1 + 0.02 * sensors;

/** Part b: new values of all sensors by one ow-read node in a real Node-RED, from emulated buses. */
export async function freshReadings(effort: Effort): Promise<void> {
  const nodeRed = await startNodeRed({ flows: [] });
  try {
    const counts = [...new Set([1, 10, effort.sensors])].filter((each) => each <= effort.sensors);
    const outcomes: Outcome[] = [];
    for (const sensors of counts) outcomes.push(await compare(nodeRed, sensors, effort.rounds));
    console.log(`\nNew values of all DS18B20 on a bus by one ow-read node, 750 ms a conversion\n`);
    console.log(show(outcomes));
    await twoBuses(nodeRed, Math.min(20, effort.sensors));
  } finally {
    await nodeRed.stop();
  }
}

/** Seconds that the readings took. */
interface Outcome {
  readonly sensors: number;
  /** The very first one, for which owserver had to search the bus. */
  readonly cold: number;
  readonly convert: readonly number[];
  readonly uncached: readonly number[];
  /** Values of `convert` that were read one by one after all. */
  readonly fallbacks: number;
}

async function compare(nodeRed: NodeRedProcess, sensors: number, rounds: number): Promise<Outcome> {
  const ids = thermometerIds(sensors);
  const devices = [...chipsOf(ids), { id: '3A.000000000001' }];
  const world = await startOwserverOnBuses({ buses: [{ devices }] });
  try {
    await nodeRed.deploy(flows(world.port));
    const thermometers = new Thermometers(world.buses.map((bus) => ({ bus, ids })));
    let fallbacks = 0;
    const read = async (node: string): Promise<number> => {
      await thermometers.change();
      const reading = await readThrough(nodeRed, node);
      thermometers.check(reading.values);
      fallbacks += reading.fallbacks;
      return reading.seconds;
    };
    const cold = await read('convert');
    const { convert, uncached } = await takeTurns(read, rounds, uncachedTimes(sensors));
    return { sensors, cold, convert, uncached, fallbacks };
  } finally {
    await world.stop();
  }
}

/** One by one takes 0.87 s a sensor. */
function uncachedTimes(sensors: number): number {
  return Math.max(1, Math.min(3, Math.floor(20 / sensors)));
}

/** `convert` before and after each `uncached`, so that a slow minute of the machine hits both. */
async function takeTurns(
  read: (node: 'convert' | 'uncached') => Promise<number>,
  rounds: number,
  times: number,
): Promise<Pick<Outcome, 'convert' | 'uncached'>> {
  const convert: number[] = [];
  const uncached: number[] = [];
  for (let time = 0; time <= times; time += 1) {
    const until = Math.ceil((rounds * (time + 1)) / (times + 1));
    while (convert.length < until) convert.push(await read('convert'));
    if (time < times) uncached.push(await read('uncached'));
  }
  return { convert, uncached };
}

function flows(port: number): FlowNode[] {
  const node = { server: 'bus', path: '28.*/temperature' };
  return flowsOf(
    [serverNode('bus', port, PATIENT)],
    [
      ...readFlow({ id: 'convert', source: 'convert', ...node }),
      ...readFlow({ id: 'uncached', source: 'uncached', ...node }),
    ],
  );
}

function show(outcomes: readonly Outcome[]): string {
  const head = [
    'sensors',
    'convert s: median (range)',
    'wanted at most',
    'the very first s',
    'uncached s: median (range)',
    'times faster',
    'wanted at least',
  ];
  const rows = outcomes.map(({ sensors, cold, convert, uncached }) => [
    `${sensors}`,
    showSpread(spreadOf(convert), 2),
    wantedSeconds(sensors).toFixed(2),
    cold.toFixed(2),
    showSpread(spreadOf(uncached), 2),
    showSpread(spreadOf(convert.map((each) => spreadOf(uncached).median / each)), 1),
    `${WANTED_RATIO[sensors] ?? ''}`,
  ]);
  const times = outcomes.map(
    ({ sensors, convert, uncached }) =>
      `${sensors}: ${convert.length} of convert, ${uncached.length} of uncached`,
  );
  const fell = outcomes.reduce((all, { fallbacks }) => all + fallbacks, 0);
  const values = fell > 0 ? `; convert read ${fell} values one by one after all` : '';
  return `${table(head, rows)}\n\nreadings of ${times.join('; ')}; every value was right${values}`;
}
