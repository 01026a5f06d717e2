import { startOwserver, type Owserver } from '../test/support/owserver.js';
import { forkContender, type Contender } from './contender.js';
import type { Effort } from './effort.js';
import type { Target } from './measure.js';
import { startNodeRedLoop } from './node-red-loop.js';
import { showSpread, spreadOf } from './numbers.js';
import { cpuPerRead, ratioOf, runRounds, type Runs } from './rounds.js';
import { CONNECTIONS, RAMP_MS, SENSORS } from './settings.js';
import { table } from './table.js';
import { findTargets, OWSERVER_ARGS } from './targets.js';

const OURS = 'ow-read in Node-RED';
const BARE = 'bare persistent sockets';
const OWFS = 'owfs of npm';

/** Share of the bare loop that is hoped for, by readings under way: what that one has is all that owserver allows. */
const WANTED: Readonly<Record<number, number>> = { 1: 0.75, [SENSORS]: 0.78 };

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
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    await owserver.stop();
  }
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
  const share = showSpread(ratioOf(runs, OURS, BARE), 2);
  console.log(`${OURS} / ${BARE}: ${share}, wanted at least ${WANTED[underWay]}`);
  console.log(`${OURS} / ${OWFS}: ${showSpread(ratioOf(runs, OURS, OWFS), 2)}`);
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
