import { startOwserver, type Owserver } from '../test/support/owserver.js';
import { forkContender, type Contender } from './contender.js';
import { loadTimes } from './load-time.js';
import type { Target } from './measure.js';
import { startNodeRedLoop, type NodeRedLoop } from './node-red-loop.js';
import { showSpread, spreadOf } from './numbers.js';
import { connectionsOf } from './processes.js';
import { cpuPerRead, ratioOf, runRounds, type Runs } from './rounds.js';
import { CONNECTIONS, SENSORS } from './settings.js';
import { table } from './table.js';
import { findTargets, OWSERVER_ARGS } from './targets.js';

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** Time of one run of one contender, in milliseconds; the ramp before it comes on top. */
  readonly ms: number;
}

const RAMP_MS = 400;
const OURS = 'ow-read in Node-RED';
const BARE = 'bare persistent sockets';
const OWFS = 'owfs of npm';

/** Ratios that are hoped for, by readings under way. */
const WANTED: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  1: { [OWFS]: 2.5, [BARE]: 0.7 },
  [SENSORS]: { [OWFS]: 3, [BARE]: 0.7 },
};

/** Part a: rates of reading through a real Node-RED from a real owserver, against other ways. */
export async function readRates(effort: Effort): Promise<void> {
  const owserver = await startOwserver({ args: OWSERVER_ARGS });
  const contenders: Contender[] = [];
  try {
    const loop = await startNodeRedLoop(owserver.port);
    contenders.push(
      loop.unwatched,
      forkContender(BARE, 'bare-loop.ts'),
      forkContender(OWFS, 'owfs.ts'),
      loop.watched,
      forkContender('the client alone', 'client.ts'),
    );
    const targets = await findTargets(owserver.port);
    for (const underWay of [1, SENSORS]) {
      await compare({ owserver, contenders, targets, effort, underWay });
    }
    await showIdle(loop, owserver.port);
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    await owserver.stop();
  }
  await showLoadTimes();
}

interface Comparison {
  owserver: Owserver;
  contenders: readonly Contender[];
  targets: readonly Target[];
  effort: Effort;
  underWay: number;
}

async function compare(comparison: Comparison): Promise<void> {
  const { owserver, contenders, targets, effort, underWay } = comparison;
  const { port, pid } = owserver;
  const order = { port, targets, underWay, rampMs: RAMP_MS, ms: effort.ms };
  const runs = await runRounds(contenders, effort.rounds, order, pid);
  const sockets = Math.min(underWay, CONNECTIONS);
  const length = `${effort.rounds} rounds of ${effort.ms} ms`;
  console.log(`\n${underWay} under way (bare: ${sockets} persistent), ${length}\n`);
  console.log(showRuns(runs));
  for (const [other, wanted] of Object.entries(WANTED[underWay] ?? {})) {
    const ratio = showSpread(ratioOf(runs, OURS, other), 2);
    console.log(`${OURS} / ${other}: ${ratio}, wanted at least ${wanted}`);
  }
  console.log(
    `${BARE} / ${OWFS}: ${showSpread(ratioOf(runs, BARE, OWFS), 2)}, the most that can be had`,
  );
}

function showRuns(runs: Runs): string {
  const head = ['contender', 'reads/s: median (range)', 'ow-read is', 'CPU µs/read', 'owserver µs'];
  const rows = [...runs].map(([name, own]) => {
    const rates = spreadOf(own.map(({ rate }) => rate));
    const { own: ownUs, owserver } = cpuPerRead(own);
    const ratio = name === OURS ? '' : `${ratioOf(runs, OURS, name).median.toFixed(2)} x`;
    return [name, showSpread(rates, 0), ratio, ownUs.toFixed(0), owserver.toFixed(0)];
  });
  return `${table(head, rows)}\n`;
}

/** owserver-config closes what it does not need after 10 s; its timer may start 10 s late. */
const SHRINK_MS = 30_000;
const POLL_MS = 500;

async function showIdle({ pid }: NodeRedLoop, port: number): Promise<void> {
  const start = performance.now();
  const first = await connectionsOf(pid, port);
  let open = first;
  while (open !== undefined && open > 1 && performance.now() - start < SHRINK_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    open = await connectionsOf(pid, port);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const idle = `${open ?? '?'} when idle for ${seconds} s`;
  console.log(`\nsockets from Node-RED to owserver: ${first ?? '?'} after the load, ${idle}`);
}

async function showLoadTimes(): Promise<void> {
  const { client, nodes } = await loadTimes();
  console.log(`time to load the client: ${showSpread(client, 1)} ms`);
  console.log(`time to load the four nodes: ${showSpread(nodes, 1)} ms`);
}
