import type { ConnectionOptions } from 'node:tls';
import { parseAddress } from './address.js';
import { dialTcp, type Dial, type ShownAs } from './dial.js';
import { OwError } from './errors/ow-error.js';
import {
  DEVICE_FORMATS,
  PRESSURE_SCALES,
  TEMPERATURE_SCALES,
  type DeviceFormat,
  type PressureScale,
  type TemperatureScale,
} from './protocol/index.js';
import type { TraceListener } from './trace.js';
import { FUNCTION, OBJECT, Rules, SWITCH, TIME } from './rules.js';

/** Settings of a client; every one has a default. */
export interface OwserverOptions {
  /**
   * Name or address of the machine that runs owserver, as people write it: an IPv6 address may stand in
   * brackets, `tcp://` before it and the port behind it. @default 'localhost'
   */
  host?: string;
  /** TCP port of owserver, 1 to 65535, where `host` does not say it. @default 4304 */
  port?: number;
  /** What sentences say in place of the host and of the port, where those are not for everybody. @default none */
  shownAs?: ShownAs | undefined;
  /** Most connections at a time, 1 to 10: one is kept, the others open under load. @default 4 */
  connections?: number;
  /** Ask owserver to keep connections open between requests. @default true */
  persistent?: boolean;
  /** Longest wait for a connection, name resolution included, in milliseconds. @default 5000 */
  connectTimeoutMs?: number;
  /** Longest silence after a request, in milliseconds; owserver's keep-alives end a silence. @default 5000 */
  inactivityTimeoutMs?: number;
  /** Longest time for a whole request, waiting in the queue included, in milliseconds. @default 60000 */
  requestTimeoutMs?: number;
  /** Scale of temperatures in answers and writes. @default 'C' */
  temperatureScale?: TemperatureScale;
  /** Scale of pressures in answers and writes. @default 'mbar' */
  pressureScale?: PressureScale;
  /** How ids are written in answers. @default 'f.i' */
  deviceFormat?: DeviceFormat;
  /** Refuse every write here, before it is sent. @default false */
  readOnly?: boolean;
  /** Most requests that may wait, 1 to 100000; beyond it they fail at once. @default 1000 */
  maxQueue?: number;
  /** TLS settings for an owserver behind stunnel; owserver itself has no TLS. @default none */
  tls?: ConnectionOptions | undefined;
  /** Idle time after which connections beyond the first close, in milliseconds. @default 10000 */
  shrinkAfterMs?: number;
  /**
   * Idle time after which a kept connection is checked with a NOP, in milliseconds; owserver ends
   * idle connections after 600 s (owlib/src/c/globals.c, `timeout_persistent_low`). @default 240000
   */
  pingAfterMs?: number;
  /** First wait before a lost connection is tried again, in milliseconds; it doubles each time. @default 500 */
  reconnectMinMs?: number;
  /** Longest wait before a lost connection is tried again, in milliseconds. @default 30000 */
  reconnectMaxMs?: number;
  /** Hears of each message that is sent, and of each answer. @default nobody does */
  trace?: TraceListener | undefined;
  /** How a connection is opened: the seam for tests. @default TCP, or TLS over it */
  dial?: Dial;
}

/** The same settings, complete and checked. */
export type ResolvedOptions = Readonly<Required<OwserverOptions>>;

const DEFAULTS = {
  host: 'localhost',
  port: 4304,
  shownAs: undefined,
  connections: 4,
  persistent: true,
  connectTimeoutMs: 5_000,
  inactivityTimeoutMs: 5_000,
  requestTimeoutMs: 60_000,
  temperatureScale: 'C',
  pressureScale: 'mbar',
  deviceFormat: 'f.i',
  readOnly: false,
  maxQueue: 1_000,
  tls: undefined,
  shrinkAfterMs: 10_000,
  pingAfterMs: 240_000,
  reconnectMinMs: 500,
  reconnectMaxMs: 30_000,
  trace: undefined,
} satisfies OwserverOptions;

/** What each setting can be. */
const RULES = new Rules<keyof OwserverOptions>({
  host: {
    wanted: { id: 'wanted.host' },
    fits: (value) => typeof value === 'string' && value.trim() !== '',
  },
  port: { from: 1, to: 65_535 },
  shownAs: OBJECT,
  connections: { from: 1, to: 10 },
  persistent: SWITCH,
  connectTimeoutMs: TIME,
  inactivityTimeoutMs: TIME,
  requestTimeoutMs: TIME,
  temperatureScale: { choices: TEMPERATURE_SCALES },
  pressureScale: { choices: PRESSURE_SCALES },
  deviceFormat: { choices: DEVICE_FORMATS },
  readOnly: SWITCH,
  maxQueue: { from: 1, to: 100_000 },
  tls: OBJECT,
  shrinkAfterMs: TIME,
  pingAfterMs: TIME,
  reconnectMinMs: TIME,
  reconnectMaxMs: TIME,
  trace: FUNCTION,
  dial: FUNCTION,
});

/**
 * Fills in the defaults and checks every setting, once.
 * @throws OwError EOW_VALUE that names the setting and what it must be.
 */
export function resolveOptions(given: OwserverOptions): ResolvedOptions {
  RULES.check(given);
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const all = { ...DEFAULTS, ...set } as Omit<ResolvedOptions, 'dial'> & { dial?: Dial };
  const { host, port: named } = parseAddress(all.host);
  const port = given.port ?? named ?? all.port;
  RULES.check({ port });
  if (named !== undefined && named !== port)
    throw new OwError('twoPorts', { host: all.host, name: host, named, port });
  const options = { ...all, host, port };
  return Object.freeze({ ...options, dial: options.dial ?? dialTcp(options) });
}
