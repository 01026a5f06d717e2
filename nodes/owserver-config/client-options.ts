import { OwError, type OwserverOptions } from '../../client/index.js';
import type { Setting } from '../../settings/setting.js';
import type { NodeAPI } from '../shared/red.js';
import { OWSERVER_SETTINGS, type OwserverConfig } from './config.js';

/** A core tls-config node, as far as it is used here. */
interface TlsConfigNode {
  readonly addTLSOptions: (options: object) => object;
  /** False when it could not read its files. */
  readonly valid?: boolean;
}

/** What is no option of the client, or not by itself. */
const { name: _name, simulator: _simulator, tls: _tls, ...OPTIONS } = OWSERVER_SETTINGS;

/** The client's options for a configuration; wrong values pass, the client says what they must be. */
export function toClientOptions(config: OwserverConfig, tls?: object): OwserverOptions {
  const saved: Readonly<Record<string, unknown>> = { ...config };
  const options = Object.entries(OPTIONS).map(([name, setting]) =>
    toOption(name, setting, saved[name]),
  );
  return { ...Object.fromEntries(options), tls };
}

/**
 * The options for TLS of a configuration; nothing where it names no TLS configuration.
 * @throws OwError EOW_VALUE for one that is not there, or could not read its files: nobody who has chosen
 * TLS wants a plain connection, or one that shows no certificate.
 */
export function tlsOptions(RED: NodeAPI, config: OwserverConfig): object | undefined {
  // A flow file may hold anything.
  const id: unknown = config.tls;
  if (id === '' || id === undefined || id === null) return undefined;
  const node = RED.nodes.getNode(typeof id === 'string' ? id : undefined);
  if (!isTlsConfigNode(node)) throw new OwError('tlsMissing');
  if (node.valid === false) throw new OwError('tlsUnreadable');
  return node.addTLSOptions({});
}

/** Name and value of the option for a setting. */
function toOption(name: string, setting: Setting, value: unknown): [name: string, value: unknown] {
  // Whole milliseconds of a field in seconds, which may have a fraction.
  if ('seconds' in setting) return [`${name}Ms`, Math.round(Number(value) * 1000)];
  if ('from' in setting) return [name, Number(value)];
  // A flow file may hold anything.
  return [name, 'matches' in setting && typeof value === 'string' ? value.trim() : value];
}

function isTlsConfigNode(node: unknown): node is TlsConfigNode {
  return typeof node === 'object' && node !== null && 'addTLSOptions' in node;
}
