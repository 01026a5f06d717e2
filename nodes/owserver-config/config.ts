import { defaultsOf, type SavedConfig, type Settings } from '../../settings/setting.js';
import type { NodeConfig } from '../shared/red.js';

/**
 * The settings of an owserver-config node. The client has an option of the same name for most of them,
 * for times in milliseconds as `<name>Ms`, and says what is wrong with one.
 */
export const OWSERVER_SETTINGS = {
  name: { value: '' },
  host: { value: 'localhost', matches: /\S/ },
  port: { value: 4304, from: 1, to: 65_535 },
  simulator: { value: false },
  connections: { value: 4, from: 1, to: 10 },
  persistent: { value: true },
  connectTimeout: { value: 5, seconds: true },
  inactivityTimeout: { value: 5, seconds: true },
  requestTimeout: { value: 60, seconds: true },
  /** `C`, `F`, `K` or `R`. */
  temperatureScale: { value: 'C' },
  /** `mbar`, `atm`, `mmHg`, `inHg`, `psi` or `Pa`. */
  pressureScale: { value: 'mbar' },
  /** `f.i`, `fi`, `f.i.c`, `f.ic`, `fi.c` or `fic`. */
  deviceFormat: { value: 'f.i' },
  readOnly: { value: false },
  tls: { value: '', type: 'tls-config', required: false },
  maxQueue: { value: 1000, from: 1, to: 100_000 },
} as const satisfies Settings;

/** The defaults of an owserver-config node. */
export const OWSERVER_DEFAULTS = defaultsOf(OWSERVER_SETTINGS);

/** What an owserver-config node is set to. */
export type OwserverConfig = NodeConfig & SavedConfig<typeof OWSERVER_SETTINGS>;
