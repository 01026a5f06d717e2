import type {
  DeviceFormat,
  OwserverOptions,
  PressureScale,
  TemperatureScale,
} from '../../client/index.js';
import type { OwserverConfig } from './config.js';

/** A core tls-config node, as far as it is used here. */
export interface TlsConfigNode {
  addTLSOptions: (options: object) => object;
}

/** The client's options for a configuration; wrong values pass, the client says what they must be. */
export function toClientOptions(config: OwserverConfig, tls?: TlsConfigNode): OwserverOptions {
  return {
    // A flow file may hold anything; the client says what a host must be.
    host: typeof config.host === 'string' ? config.host.trim() : config.host,
    port: Number(config.port),
    connections: Number(config.connections),
    persistent: config.persistent,
    connectTimeoutMs: milliseconds(config.connectTimeout),
    inactivityTimeoutMs: milliseconds(config.inactivityTimeout),
    requestTimeoutMs: milliseconds(config.requestTimeout),
    temperatureScale: config.temperatureScale as TemperatureScale,
    pressureScale: config.pressureScale as PressureScale,
    deviceFormat: config.deviceFormat as DeviceFormat,
    readOnly: config.readOnly,
    maxQueue: Number(config.maxQueue),
    tls: tls?.addTLSOptions({}),
  };
}

/** Whole milliseconds of a field in seconds, which may have a fraction. */
function milliseconds(seconds: number | string): number {
  return Math.round(Number(seconds) * 1000);
}

export function isTlsConfigNode(node: unknown): node is TlsConfigNode {
  return typeof node === 'object' && node !== null && 'addTLSOptions' in node;
}
