import type { OwserverOptions } from '../../client/index.js';
import type { Setting } from '../../settings/setting.js';
import { OWSERVER_SETTINGS, type OwserverConfig } from './config.js';

/** A core tls-config node, as far as it is used here. */
export interface TlsConfigNode {
  addTLSOptions: (options: object) => object;
}

/** What is no option of the client, or not by itself. */
const { name: _name, simulator: _simulator, tls: _tls, ...OPTIONS } = OWSERVER_SETTINGS;

/** The client's options for a configuration; wrong values pass, the client says what they must be. */
export function toClientOptions(config: OwserverConfig, tls?: TlsConfigNode): OwserverOptions {
  const saved: Readonly<Record<string, unknown>> = { ...config };
  const options = Object.entries(OPTIONS).map(([name, setting]) =>
    toOption(name, setting, saved[name]),
  );
  return { ...Object.fromEntries(options), tls: tls?.addTLSOptions({}) };
}

/** Name and value of the option for a setting. */
function toOption(name: string, setting: Setting, value: unknown): [name: string, value: unknown] {
  // Whole milliseconds of a field in seconds, which may have a fraction.
  if ('seconds' in setting) return [`${name}Ms`, Math.round(Number(value) * 1000)];
  if ('from' in setting) return [name, Number(value)];
  // A flow file may hold anything.
  return [name, 'matches' in setting && typeof value === 'string' ? value.trim() : value];
}

export function isTlsConfigNode(node: unknown): node is TlsConfigNode {
  return typeof node === 'object' && node !== null && 'addTLSOptions' in node;
}
