import { OwserverClient, type Value } from '../../client/index.js';
import {
  startOwserverOnBuses,
  type BusSetup,
  type EmulatedBus,
  type OwserverOnBuses,
} from '../support/bus/index.js';
import { need } from '../support/need.js';

/** A real owserver on emulated buses, with a client; it lives as long as its suite. */
export interface World {
  readonly running: OwserverOnBuses;
  readonly client: OwserverClient;
  /** The first bus. */
  readonly bus: EmulatedBus;
  /** Reads past the cache of owserver. */
  read(path: string): Promise<Value>;
  write(path: string, value: unknown): Promise<unknown>;
  /** The ids of the devices in a directory, from the bus and in order. */
  list(path?: string): Promise<string[]>;
}

/** No time passes on this wire, and conversions take 8 ms: for promises that are not about time. */
export const FAST = { byteMs: 0, conversionMs: 8 } as const;

/** Called first in the body of a `describe`: starts the world before its tests and ends it after. */
export function onBuses(buses: readonly BusSetup[], args: readonly string[] = []): World {
  need('owserver');
  need('socat');
  let running: OwserverOnBuses;
  let client: OwserverClient;
  let end: (() => Promise<void>) | undefined;
  before(async () => {
    running = await startOwserverOnBuses({ buses, args });
    client = new OwserverClient({ host: '127.0.0.1', port: running.port });
    end = () => {
      client.close();
      return running.stop();
    };
  });
  // Where owserver or socat is missing nothing was started.
  after(() => end?.());
  return {
    get running() {
      return running;
    },
    get client() {
      return client;
    },
    get bus() {
      return running.buses[0]!;
    },
    read: async (path) => (await client.read(path, { source: 'uncached' })).value,
    write: (path, value) => client.write(path, value),
    list: async (path = '/') =>
      (await client.devices(path, { source: 'uncached' })).map(({ id }) => id).sort(),
  };
}

/** The temperature that owserver was told to have all thermometers of a bus take. */
export const SIMULTANEOUS = '/simultaneous/temperature';
