import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/index.js';
import type { OwserverOptions } from '../../../client/index.js';
import type { Look, Observer } from '../../../client/watch/look.js';
import type { Parts } from '../../../client/wiring.js';
import { openParts } from './parts.js';

/** A simulator, and what a client of it is made of. */
export interface WatchedHouse {
  readonly simulator: Simulator;
  readonly parts: Parts;
}

/** To be called inside a `describe`: simulators without conversion time, closed after each test. */
export function watchedHouses(): (
  options?: SimulatorOptions,
  client?: OwserverOptions,
) => Promise<WatchedHouse> {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of cleanUp.splice(0).reverse()) await close();
  });
  return async (options, client) => {
    const simulator = await startSimulator({ conversionMs: 0, ...options });
    cleanUp.push(() => simulator.close());
    const { host, port } = simulator;
    const { parts, close } = openParts({ host, port, ...client });
    cleanUp.push(close);
    return { simulator, parts };
  };
}

/** Looks, and does what follows, as a watch does. */
export async function lookOnce<L extends Look>(
  observer: Observer<L>,
  ...paths: readonly string[]
): Promise<L> {
  const look = await observer.look(paths.length > 0 ? paths : ['/'], {});
  await look.settle?.();
  return look;
}
