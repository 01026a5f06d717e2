import { OwserverClient, type OwserverOptions, type ReadResult } from '../../client/index.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.js';

/** A path with a `*`, as a type. */
export type Pattern = `${string}*${string}`;

/** A simulator with one client, and more of them where one is not enough. */
export interface House {
  readonly simulator: Simulator;
  readonly client: OwserverClient;
  another: (options?: OwserverOptions) => OwserverClient;
}

/** To be called inside a `describe`: starts simulators without conversion time, which are closed after each test. */
export function houses(): (options?: SimulatorOptions) => Promise<House> {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of cleanUp.splice(0).reverse()) await close();
  });
  return async (options) => {
    const simulator = await startSimulator({ conversionMs: 0, ...options });
    cleanUp.push(() => simulator.close());
    const another = (settings: OwserverOptions = {}): OwserverClient => {
      const client = new OwserverClient({
        host: simulator.host,
        port: simulator.port,
        ...settings,
      });
      cleanUp.push(() => client.close());
      return client;
    };
    return { simulator, client: another(), another };
  };
}

/** What was read, by path; a failure shows as its code. */
export function byPath(results: readonly ReadResult[]): Record<string, unknown> {
  return Object.fromEntries(
    results.map((result) => [result.path, 'error' in result ? result.error.code : result.value]),
  );
}

/** The listings that were asked for so far. */
export function listings({ requests }: Simulator): string[] {
  return requests.filter(({ type }) => type.startsWith('dir')).map(({ path }) => path);
}
