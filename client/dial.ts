import { connect, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  type ConnectionOptions,
  type SecureContext,
} from 'node:tls';
import { OwError } from './errors/ow-error.js';

/** Opens one connection, or rejects with EOW_CONNECT; aborting gives up. */
export type Dial = (signal: AbortSignal) => Promise<Socket>;

/** Words for sentences, each in place of what is not for everybody. */
export interface ShownAs {
  readonly host?: string;
  readonly port?: string;
}

/** Where a server is, and how sentences say it. */
interface Place {
  readonly host: string;
  readonly port: number;
  readonly shownAs?: ShownAs | undefined;
}

/** A server as sentences say it. */
interface ShownPlace {
  readonly host: string;
  readonly port: number | string;
}

/** Where and how to connect. */
interface DialOptions extends Place {
  connectTimeoutMs: number;
  tls: ConnectionOptions | undefined;
}

/** How long a silent TCP peer may be gone before the kernel asks; owserver sets no keep-alive itself. */
const TCP_KEEP_ALIVE_MS = 60_000;

/**
 * Dials over TCP, and TLS where it is set: Nagle off, TCP keep-alive on.
 * @throws OwError EOW_VALUE for a certificate or key that cannot be used.
 */
export function dialTcp(options: DialOptions): Dial {
  const { host, port, connectTimeoutMs } = options;
  const tls = options.tls && { ...options.tls, secureContext: secureContext(options.tls) };
  const shown = shownPlace(options);
  return (signal) =>
    new Promise((resolve, reject) => {
      const tcp = {
        host,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
      };
      const socket = tls ? connectTls({ ...nameOf(host), ...tls, ...tcp }) : connect(tcp);
      const timer = setTimeout(() => {
        giveUp(new OwError('connectTimeout', { ...shown, seconds: connectTimeoutMs / 1000 }));
      }, connectTimeoutMs);
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        socket.off('error', onError).off('close', onClose);
      };
      const giveUp = (error: OwError): void => {
        settle();
        // A socket that is destroyed while it connects may still report an error.
        socket.on('error', () => undefined).destroy();
        reject(error);
      };
      const onAbort = (): void => giveUp(new OwError('clientClosed'));
      const onError = (cause: Error): void => giveUp(connectError(cause, host, shown));
      const onClose = (): void =>
        giveUp(new OwError('connectFailed', { ...shown, reason: { id: 'reason.closed' } }));
      signal.addEventListener('abort', onAbort);
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        settle();
        resolve(socket);
      });
      socket.on('error', onError).on('close', onClose);
    });
}

/** What is wrong with certificates shows before anything is sent, and they are read once for all connections. */
function secureContext(tls: ConnectionOptions): SecureContext {
  try {
    return tls.secureContext ?? createSecureContext(tls);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OwError('tlsUnusable', { reason }, { cause });
  }
}

/** Host and port as sentences say them: IPv6 in brackets, and neither where it is not for everybody. */
export function shownPlace({ host, port, shownAs }: Place): ShownPlace {
  return { host: isIP(host) === 6 ? `[${host}]` : host, port, ...shownAs };
}

/** The name that a certificate must be for; TLS takes no addresses there. */
function nameOf(host: string): { servername?: string } {
  return isIP(host) ? {} : { servername: host };
}

/** The sentence for what the operating system said. */
function connectError(cause: Error, host: string, shown: ShownPlace): OwError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const params = { ...shown, reason: code || cause.message.replaceAll(host, shown.host) };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new OwError('resolve', params, { cause });
  if (code === 'ECONNREFUSED') return new OwError('refused', params, { cause });
  if (['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ETIMEDOUT', 'EADDRNOTAVAIL'].includes(code)) {
    return new OwError('unreachable', params, { cause });
  }
  return new OwError('connectFailed', params, { cause });
}
