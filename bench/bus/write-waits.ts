import { startOwserverOnBuses } from '../../test/support/bus/index.js';
import type { FlowNode } from '../../test/support/node-red.js';
import { startBenchNodeRed } from '../bench-node-red.js';
import type { Effort } from '../effort.js';
import { flowsOf, serverNode } from '../flow.js';
import { quantile } from '../numbers.js';
import { table } from '../table.js';
import { convertAll, convertOnce, quiet, uncachedAll, type Load } from './loads.js';
import { PATIENT, readFlow } from './reading.js';
import { chipsOf, Thermometers, thermometerIds } from './thermometers.js';
import { RELAY, Relay, writeFlow } from './writes.js';

/** What the bus is busy with while the relay is switched. */
interface Phase {
  readonly name: string;
  readonly load: Load;
  /** How long, in seconds; without: as long as the load takes. */
  readonly seconds?: number;
  readonly gapMs: readonly [number, number];
  readonly wanted?: { readonly median?: number; readonly worst: number };
}

/** What came of it; times in milliseconds. */
interface Outcome extends Phase {
  readonly waits: readonly number[];
  readonly values: number;
}

const GAP_MS = [100, 250] as const;
/** Beyond a conversion, or each write would come at the same moment of one. */
const WIDE_GAP_MS = [50, 1_000] as const;

function phases(load: number): Phase[] {
  return [
    { name: 'the very first convert', load: convertOnce, gapMs: GAP_MS },
    { name: 'nothing', load: quiet, seconds: load / 10, gapMs: GAP_MS },
    {
      name: 'convert, again and again',
      load: convertAll,
      seconds: load,
      gapMs: GAP_MS,
      wanted: { median: 50, worst: 150 },
    },
    {
      name: 'uncached, again and again',
      load: uncachedAll,
      seconds: load / 2,
      gapMs: WIDE_GAP_MS,
      wanted: { worst: 1_500 },
    },
  ];
}

/** Part c: how long a relay waits for its command while all sensors on its bus are read. */
export async function writeWaits({ sensors, load }: Effort): Promise<void> {
  const ids = thermometerIds(sensors);
  const devices = [...chipsOf(ids), { id: RELAY }];
  const world = await startOwserverOnBuses({ buses: [{ devices }] });
  const bus = world.buses[0]!;
  const outcomes: Outcome[] = [];
  try {
    const nodeRed = await startBenchNodeRed({ flows: flows(world.port), nodes: ['clock'] });
    try {
      const thermometers = new Thermometers([{ bus, ids }]);
      const relay = new Relay(nodeRed, bus);
      for (const phase of phases(load)) {
        const run = (signal: AbortSignal) => phase.load(nodeRed, thermometers, signal);
        outcomes.push({ ...phase, ...(await runPhase(phase, run, relay)) });
      }
    } finally {
      await nodeRed.stop();
    }
  } finally {
    await world.stop();
  }
  console.log(`\nA write to a relay (DS2413) beside ${sensors} DS18B20 that are being read\n`);
  console.log(show(outcomes));
  console.log('\nafter each write the relay was as written, and every value read was right');
}

/** Load and writes side by side; the end of one, or its failure, is the end of the other. */
async function runPhase(
  { seconds, gapMs }: Phase,
  load: (signal: AbortSignal) => Promise<number>,
  relay: Relay,
): Promise<Pick<Outcome, 'waits' | 'values'>> {
  const { signal, stop } = stopAfter(seconds);
  const loaded = load(signal).finally(stop);
  const written = relay.switchUntil(signal, gapMs).finally(stop);
  await Promise.allSettled([loaded, written]);
  return { values: await loaded, waits: await written };
}

function stopAfter(seconds: number | undefined): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const timer =
    seconds === undefined ? undefined : setTimeout(() => controller.abort(), seconds * 1000);
  const stop = (): void => {
    clearTimeout(timer);
    controller.abort();
  };
  return { signal: controller.signal, stop };
}

function flows(port: number): FlowNode[] {
  return flowsOf(
    [serverNode('bus', port, PATIENT)],
    [
      ...readFlow({ id: 'convert', server: 'bus', source: 'convert', path: '28.*/temperature' }),
      ...readFlow({ id: 'uncached', server: 'bus', source: 'uncached', path: '' }),
      ...writeFlow('bus'),
    ],
  );
}

function show(outcomes: readonly Outcome[]): string {
  const head = [
    'while being read by',
    'values',
    'writes',
    'median ms',
    'wanted at most',
    '95 % ms',
    'worst ms',
    'wanted at most',
  ];
  const rows = outcomes.map(({ name, values, waits, wanted }) => [
    name,
    `${values}`,
    `${waits.length}`,
    quantile(waits, 0.5).toFixed(1),
    `${wanted?.median ?? ''}`,
    quantile(waits, 0.95).toFixed(1),
    quantile(waits, 1).toFixed(1),
    `${wanted?.worst ?? ''}`,
  ]);
  return table(head, rows);
}
