import { fork } from 'node:child_process';
import { once } from 'node:events';
import { end, exitOf } from '../../test/support/child.js';
import { startSimulator } from '../../simulator/index.js';
import { chipsOf, thermometerIds } from '../bus/thermometers.js';

/** A simulator in a process of its own; always `stop()` it. */
export interface SimulatedBus {
  readonly port: number;
  stop: () => Promise<void>;
}

const ENDS_MS = 1_000;

/** Starts a simulator with so many DS18B20: owserver's own `--tester` breaks off with a thousand. */
export async function startSimulatedBus(sensors: number): Promise<SimulatedBus> {
  const child = fork(__filename, [`${sensors}`], { execArgv: ['--import', 'tsx'] });
  const exited = exitOf(child);
  const failed = exited.then(() => Promise.reject(new Error('The simulator ended')));
  const [port] = (await Promise.race([once(child, 'message'), failed])) as [number];
  failed.catch(() => undefined);
  return {
    port,
    stop: async () => {
      await end(child, exited, 'SIGTERM', ENDS_MS);
    },
  };
}

async function simulate(sensors: number): Promise<void> {
  const devices = chipsOf(thermometerIds(sensors)).map(({ id }, n) => ({
    id,
    values: { temperature: 10 + (n % 160) / 16 },
  }));
  const { port } = await startSimulator({ devices });
  process.once('disconnect', () => process.exit());
  process.send?.(port);
}

if (require.main === module) void simulate(Number(process.argv[2]));
