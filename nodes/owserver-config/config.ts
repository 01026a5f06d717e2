import type { NodeConfig } from '../shared/red.js';

/** What an owserver-config node is set to; the names and defaults that flows are saved with. Times in seconds. */
export interface OwserverConfig extends NodeConfig {
  host: string;
  /** Number, or the text of one: the editor saves text, and `${ENV}` gives text. */
  port: number | string;
  simulator: boolean;
  connections: number | string;
  persistent: boolean;
  connectTimeout: number | string;
  inactivityTimeout: number | string;
  requestTimeout: number | string;
  /** `C`, `F`, `K` or `R`; the client checks it. */
  temperatureScale: string;
  /** `mbar`, `atm`, `mmHg`, `inHg`, `psi` or `Pa`. */
  pressureScale: string;
  /** `f.i`, `fi`, `f.i.c`, `f.ic`, `fi.c` or `fic`. */
  deviceFormat: string;
  readOnly: boolean;
  tls: string;
  maxQueue: number | string;
}

export const OWSERVER_DEFAULTS = {
  name: '',
  host: 'localhost',
  port: 4304,
  simulator: false,
  connections: 4,
  persistent: true,
  connectTimeout: 5,
  inactivityTimeout: 5,
  requestTimeout: 60,
  temperatureScale: 'C',
  pressureScale: 'mbar',
  deviceFormat: 'f.i',
  readOnly: false,
  tls: '',
  maxQueue: 1000,
} as const satisfies Omit<OwserverConfig, 'id' | 'type'>;
