import type { ConnectionOptions } from 'node:tls';
import { parseAddress } from './address.js';
import { dialTcp, type Dial, type ShownAs } from './dial.js';
import { OwError } from './errors/ow-error.js';
import { setting, type Phrase, type SettingName } from './errors/phrases.js';
import {
  DEVICE_FORMATS,
  PRESSURE_SCALES,
  TEMPERATURE_SCALES,
  type DeviceFormat,
  type PressureScale,
  type TemperatureScale,
} from './protocol/index.js';

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
} satisfies OwserverOptions;

/** Longest time that a timer of Node.js can hold. */
const MAX_MS = 2_147_483_647;

const RANGES = {
  port: [1, 65_535],
  connections: [1, 10],
  connectTimeoutMs: [1, MAX_MS],
  inactivityTimeoutMs: [1, MAX_MS],
  requestTimeoutMs: [1, MAX_MS],
  maxQueue: [1, 100_000],
  shrinkAfterMs: [1, MAX_MS],
  pingAfterMs: [1, MAX_MS],
  reconnectMinMs: [1, MAX_MS],
  reconnectMaxMs: [1, MAX_MS],
} as const;

const CHOICES = {
  temperatureScale: TEMPERATURE_SCALES,
  pressureScale: PRESSURE_SCALES,
  deviceFormat: DEVICE_FORMATS,
  persistent: [true, false],
  readOnly: [true, false],
} as const;

/**
 * Fills in the defaults and checks every setting, once.
 * @throws OwError EOW_VALUE that names the setting and what it must be.
 */
export function resolveOptions(given: OwserverOptions): ResolvedOptions {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const all = { ...DEFAULTS, ...set } as Omit<ResolvedOptions, 'dial'> & { dial?: Dial };
  if (typeof all.host !== 'string' || all.host.trim() === '') {
    throw badOption('host', all.host, { id: 'wanted.host' });
  }
  const address = parseAddress(all.host);
  const options = { ...all, host: address.host, port: given.port ?? address.port ?? all.port };
  for (const [name, [min, max]] of entries(RANGES)) {
    const value: unknown = options[name];
    const fits =
      Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
    if (!fits) throw badOption(name, value, { id: 'wanted.wholeNumber', params: { min, max } });
  }
  for (const [name, choices] of entries(CHOICES)) {
    const value: unknown = options[name];
    const fits = (choices as readonly unknown[]).includes(value);
    const params = { choices: choices.join(', ') };
    if (!fits) throw badOption(name, value, { id: 'wanted.choice', params });
  }
  const { host, port } = options;
  if (address.port !== undefined && address.port !== port) {
    throw new OwError('twoPorts', { host: all.host, name: host, named: address.port, port });
  }
  return Object.freeze({ ...options, dial: options.dial ?? dialTcp(options) });
}

function entries<Name extends string, Value>(table: Record<Name, Value>): [Name, Value][] {
  return Object.entries(table) as [Name, Value][];
}

function badOption(name: SettingName, value: unknown, wanted: Phrase): OwError {
  const shown = typeof value === 'string' ? `"${value}"` : String(value);
  return new OwError('badOption', { name: setting(name), value: shown, wanted });
}
