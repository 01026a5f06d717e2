/** One reading that every contender makes, and what must come back. */
export interface Target {
  readonly path: string;
  /** The value as owserver sends it, padding included. */
  readonly text: string;
}

/** What a contender is told to do. */
export interface Order {
  /** Port of owserver on 127.0.0.1. */
  readonly port: number;
  readonly targets: readonly Target[];
  /** Readings under way at a time; a bare loop has as many as it has connections. */
  readonly underWay: number;
  /** Time before the count starts, in milliseconds: connections open, code gets hot. */
  readonly rampMs: number;
  /** Time of the count, in milliseconds. */
  readonly ms: number;
}

/** What came of an order. */
export interface Sample {
  /** Readings that ended within the count. */
  readonly reads: number;
  /** How long the count really took, in milliseconds. */
  readonly ms: number;
  /** CPU time of the contender's process within the count, in microseconds. */
  readonly cpuUs: number;
  /** All readings, those before and after the count too. */
  readonly allReads: number;
  /** Readings that failed or brought another value, of all. */
  readonly wrong: number;
}

/** Reads one target and then calls back: was it the right value? */
export type ReadOne = (target: Target, done: (right: boolean) => void) => void;

interface Mark {
  readonly reads: number;
  readonly at: number;
  readonly cpu: NodeJS.CpuUsage;
}

/** The loop that all contenders share: each slot starts its next reading when one has ended. */
export async function measure(slots: readonly ReadOne[], order: Order): Promise<Sample> {
  let reads = 0;
  let wrong = 0;
  let stopped = false;
  const { targets, rampMs, ms } = order;
  const loop = (read: ReadOne, first: number): Promise<void> =>
    new Promise((resolve) => {
      // Slots step over each other's targets, so that no two equal reads are ever under way.
      let at = first;
      const next = (): void => {
        const target = targets[at % targets.length];
        at += slots.length;
        if (stopped || !target) resolve();
        else read(target, ended);
      };
      const ended = (right: boolean): void => {
        reads += 1;
        if (!right) wrong += 1;
        next();
      };
      next();
    });
  const mark = (): Mark => ({ reads, at: performance.now(), cpu: process.cpuUsage() });
  const loops = slots.map(loop);
  await later(rampMs);
  const start = mark();
  await later(ms);
  const end = mark();
  stopped = true;
  await Promise.all(loops);
  return { ...between(start, end), allReads: reads, wrong };
}

function between(start: Mark, end: Mark): Pick<Sample, 'reads' | 'ms' | 'cpuUs'> {
  const cpuUs = end.cpu.user + end.cpu.system - start.cpu.user - start.cpu.system;
  return { reads: end.reads - start.reads, ms: end.at - start.at, cpuUs };
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
