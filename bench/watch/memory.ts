import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { end, exitOf } from '../../test/support/child.js';
import { startOwserver } from '../../test/support/owserver.js';
import { table } from '../table.js';
import type { Mark, TickOrder } from './ticking.js';

/** Thermometers with another value each time, a switch, and a key. */
const ARGS = ['--fake=28,28,28,28,29,01'];

const MARKS = [1_000, 5_000, 20_000];

const WANTED_RATIO = 1.1;
const ENDS_MS = 1_000;
const MIB = 2 ** 20;

/** Is the memory of watches the same after many ticks? */
export async function showMemory(): Promise<void> {
  const owserver = await startOwserver({ args: ARGS });
  const child = fork(join(__dirname, 'ticking.ts'), {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const exited = exitOf(child);
  try {
    const order: TickOrder = { port: owserver.port, marks: MARKS };
    child.send(order);
    const failed = exited.then(() => Promise.reject(new Error('The watches ended')));
    const [marks] = (await Promise.race([once(child, 'message'), failed])) as [Mark[]];
    failed.catch(() => undefined);
    show(marks);
  } finally {
    await end(child, exited, 'SIGTERM', ENDS_MS).catch(() => undefined);
    await owserver.stop();
  }
}

function show(marks: readonly Mark[]): void {
  console.log(
    '\nMemory of a program with five watches, one of each kind, whose ticks come 100 times faster\n',
  );
  const rows = marks.map(({ looks, told, bytes }) => [
    `${looks}`,
    `${told}`,
    (bytes / MIB).toFixed(2),
  ]);
  console.log(table(['looks at readings', 'told by all', 'MiB in use'], rows));
  const [first] = marks;
  const last = marks.at(-1);
  const ratio = ((last?.bytes ?? NaN) / (first?.bytes ?? NaN)).toFixed(3);
  console.log(`\nthe last / the first: ${ratio}, wanted at most ${WANTED_RATIO}`);
}
