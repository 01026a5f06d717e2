import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { end, exitOf, type Exit } from '../test/support/child.js';
import type { Order, Sample } from './measure.js';

/** Something that carries out orders. */
export interface Runner {
  readonly name: string;
  run: (order: Order) => Promise<Sample>;
}

/** Something that reads as fast as it can when it is told to; always `stop()` it. */
export interface Contender extends Runner {
  stop: () => Promise<void>;
}

/** Longer than any order takes, in milliseconds. */
export const PATIENCE_MS = 30_000;

/** Starts a contender of bench/contenders in a process of its own, which idles between orders. */
export function forkContender(name: string, file: string): Contender {
  const child = fork(join(__dirname, 'contenders', file), { execArgv: ['--import', 'tsx'] });
  const exited = exitOf(child);
  return {
    name,
    run: (order) => run(child, exited, name, order),
    stop: async () => {
      await end(child, exited, 'SIGTERM', 1_000);
    },
  };
}

function run(
  child: ChildProcess,
  exited: Promise<Exit>,
  name: string,
  order: Order,
): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} hangs`)), PATIENCE_MS);
    exited.then(() => reject(new Error(`${name} ended`)), reject);
    child.once('message', (sample: Sample) => {
      clearTimeout(timer);
      resolve(sample);
    });
    child.send(order);
  });
}
