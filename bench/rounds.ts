import type { Runner } from './contender.js';
import type { Order, Sample } from './measure.js';
import { spreadOf, type Spread } from './numbers.js';
import { cpuUsOf } from './processes.js';

/** One contender's sample, and what it cost owserver. */
export interface Run extends Sample {
  /** Readings a second. */
  readonly rate: number;
  /** CPU time of owserver for all readings, in microseconds; undefined where it cannot be known. */
  readonly owserverUs: number | undefined;
}

/** The runs of each contender by its name: the nth of all were one after another. */
export type Runs = ReadonlyMap<string, readonly Run[]>;

/**
 * Lets the contenders run one at a time, in turn, so that a slow minute of the machine hits all;
 * the first turn is a warm-up that does not count.
 */
export async function runRounds(
  contenders: readonly Runner[],
  rounds: number,
  order: Order,
  owserverPid: number,
): Promise<Runs> {
  const runs = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const run = await runOnce(contender, order, owserverPid);
      if (round > 0) runs.get(contender.name)?.push(run);
    }
  }
  return runs;
}

async function runOnce(contender: Runner, order: Order, owserverPid: number): Promise<Run> {
  const before = await cpuUsOf(owserverPid);
  const sample = await contender.run(order);
  const after = await cpuUsOf(owserverPid);
  if (sample.wrong > 0) {
    throw new Error(`${contender.name}: ${sample.wrong} of ${sample.allReads} readings were wrong`);
  }
  const owserverUs = before === undefined || after === undefined ? undefined : after - before;
  return { ...sample, rate: (sample.reads / sample.ms) * 1000, owserverUs };
}

/** How many times the rate of the other a contender had, round by round. */
export function ratioOf(runs: Runs, name: string, other: string): Spread {
  const others = runs.get(other) ?? [];
  return spreadOf((runs.get(name) ?? []).map(({ rate }, at) => rate / (others[at]?.rate ?? NaN)));
}

/** CPU time for one reading over all runs, in microseconds: of the contender, and of owserver. */
export function cpuPerRead(runs: readonly Run[]): { own: number; owserver: number } {
  const sum = (pick: (run: Run) => number): number => runs.reduce((all, run) => all + pick(run), 0);
  return {
    own: sum(({ cpuUs }) => cpuUs) / sum(({ reads }) => reads),
    owserver: sum(({ owserverUs }) => owserverUs ?? NaN) / sum(({ allReads }) => allReads),
  };
}
