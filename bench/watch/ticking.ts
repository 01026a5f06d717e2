/**
 * A process of its own, forked by the benchmark: watches of all kinds on an owserver, whose timetable goes a
 * hundred times faster, and what memory is in use after so many of their looks.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type * as TimetableModule from '../../client/watch/timetable.js';
import { ROOT } from '../settings.js';

const FASTER = 100;

const EVERY_MS = 100;

/** What the process is told to do. */
export interface TickOrder {
  readonly port: number;
  /** Looks at readings after which the memory is measured. */
  readonly marks: readonly number[];
}

/** What is in use at one of the marks, in bytes. */
export interface Mark {
  readonly looks: number;
  readonly bytes: number;
  /** What was told to listeners so far, by all watches. */
  readonly told: number;
}

/** The client as it ships but for its clock: to be called before the client is loaded. */
function hasten(): void {
  const file = join(ROOT, 'dist', 'client', 'watch', 'timetable.js');
  const timetable = createRequire(__filename)(file) as {
    Timetable: typeof TimetableModule.Timetable;
  };
  const { Timetable } = timetable;
  timetable.Timetable = class extends Timetable {
    constructor() {
      super({
        now: () => performance.now() * FASTER,
        after: (ms, call) => {
          const timer = setTimeout(call, ms / FASTER);
          return () => clearTimeout(timer);
        },
      });
    }
  };
}

async function run({ port, marks }: TickOrder): Promise<Mark[]> {
  hasten();
  const { OwserverClient } = await import('../built.js');
  const client = new OwserverClient({ host: '127.0.0.1', port });
  const present = (await client.dir('/')).slice(0, 2);
  let looks = 0;
  let told = 0;
  const hear = (): void => void (told += 1);
  const times = { everyMs: EVERY_MS, emit: 'change' } as const;
  client.watch({ read: '28.*/temperature', ...times, all: true }, ({ due }) => {
    looks += 1;
    if (due) hear();
  });
  client.watch({ devices: '/', ...times }, hear);
  client.watch({ entries: '/', ...times }, hear);
  client.watch({ alarm: '/', ...times, latch: 'reset' }, hear);
  client.watch({ present, ...times }, hear);
  const measured: Mark[] = [];
  for (const mark of marks) {
    while (looks < mark) await delay(1);
    measured.push({ looks, told, bytes: await bytesInUse() });
  }
  client.close();
  return measured;
}

/** Garbage that only a finalizer sets free is gone with the second or third time. */
const TIMES = 3;

async function bytesInUse(): Promise<number> {
  for (let time = 0; time < TIMES; time += 1) {
    await delay(50);
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

process.once('message', (order: TickOrder) => {
  run(order).then(
    (marks) => process.send?.(marks),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());
