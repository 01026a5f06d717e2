import type { Network } from '../bus/network.js';
import type { ServerProperties } from './server-properties.js';

/** What paths lead into. */
export interface World {
  network: Network;
  server: ServerProperties;
  now: () => number;
  /** Is there a `/structure`? */
  hasStructure: boolean;
}
