import type { Bus } from '../bus/bus.js';
import type { Network } from '../bus/network.js';
import { ServerProperties } from './server-properties.js';

/** What paths lead into. */
export interface World {
  network: Network;
  server: ServerProperties;
  now: () => number;
  /** Is there a `/structure`? */
  hasStructure: boolean;
  /** What paths lead into that go to the bus of another owserver. */
  remotes: ReadonlyMap<Bus, World>;
}

/** The world of an owserver with this network, and those of the owservers behind it. */
export function makeWorld(network: Network, now: () => number, hasStructure: boolean): World {
  const remotes = new Map<Bus, World>();
  for (const [bus, behind] of network.remotes)
    remotes.set(bus, makeWorld(behind, now, hasStructure));
  return { network, server: new ServerProperties(network), now, hasStructure, remotes };
}
