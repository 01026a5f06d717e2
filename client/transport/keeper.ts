import { isGivenUp } from '../errors/given-up.js';
import { toOwError, type OwError } from '../errors/ow-error.js';
import type { ResolvedOptions } from '../options.js';
import { reconnectDelayMs } from './retry.js';
import type { ClientStatus, StatusListener } from '../status.js';
import { tell } from './tell.js';

/** How to ask for a sign of life: as the options of a call of the client. */
interface PingOptions {
  readonly timeoutMs?: number | undefined;
  readonly onWait?: ((waitedMs: number) => void) | undefined;
}

/** What the keeper needs of the client. */
interface KeeperParts {
  readonly options: ResolvedOptions;
  /** Asks owserver for a sign of life; rejects with an OwError. */
  ping: (options?: PingOptions) => Promise<unknown>;
  /** When owserver last answered, in milliseconds of `performance.now()`. */
  lastAnswerAt: () => number;
}

/**
 * Keeps the status of a client, and, once asked to, its connection: lost ones are tried again for
 * ever, quiet ones are checked before owserver would drop them.
 */
export class Keeper {
  readonly #parts: KeeperParts;
  readonly #listeners = new Set<StatusListener>();
  #status: ClientStatus = { type: 'idle' };
  #keeps = false;
  #attempt = 0;
  /** Signs of life that are asked for now. */
  #pings = 0;
  #retryTimer: NodeJS.Timeout | undefined;
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get status(): ClientStatus {
    return this.#status;
  }

  /** Calls back at each change, until the function that it returns is called. */
  onStatus(listener: StatusListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** From now on a connection is kept. */
  keep(): void {
    if (this.#keeps || this.#status.type === 'closed') return;
    this.#keeps = true;
    this.#check(this.#parts.options.pingAfterMs);
  }

  onDial(): void {
    const { type } = this.#status;
    if (type === 'idle' || type === 'off') this.#set({ type: 'connecting' });
  }

  onUp(persistent: boolean): void {
    this.#attempt = 0;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#set({ type: 'connected', persistent });
  }

  /** Requests may fail many times while owserver is away: only the timer counts as a try. */
  onDown(error: OwError): void {
    const { type } = this.#status;
    if (type === 'closed' || type === 'off' || this.#retryTimer) return;
    if (!this.#keeps) {
      this.#set({ type: 'disconnected', error });
      return;
    }
    const { reconnectMinMs, reconnectMaxMs } = this.#parts.options;
    const retryInMs = reconnectDelayMs(this.#attempt, reconnectMinMs, reconnectMaxMs);
    this.#attempt += 1;
    this.#retryTimer = setTimeout(() => this.#retry(), retryInMs).unref();
    this.#set({ type: 'disconnected', error, retryInMs });
  }

  /** The last connection was given up here, which says nothing of owserver: a kept one is replaced at once. */
  onGivenUp(error: OwError): void {
    const { type } = this.#status;
    // One whose first request took too long is not up yet.
    if (type !== 'connected' && error.id === 'deadline') this.onDown(error);
    else if (type === 'connecting' && !this.#keeps) this.#set({ type: 'idle' });
    else if (this.#keeps && !this.#retryTimer && this.#pings === 0) this.#ping();
  }

  /** The connection was ended on purpose, and is kept again only when `keep` is called. */
  disconnect(): void {
    this.#stop();
    if (this.#status.type !== 'off') this.#set({ type: 'off' });
  }

  close(): void {
    this.#stop();
    this.#set({ type: 'closed' });
    this.#listeners.clear();
  }

  #stop(): void {
    this.#keeps = false;
    this.#attempt = 0;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#pingTimer);
    this.#retryTimer = undefined;
  }

  #retry(): void {
    this.#retryTimer = undefined;
    this.#set({ type: 'connecting' });
    this.#ping();
  }

  /** A ping that fails for want of a connection is told through onDown; one whose time was up, here. */
  async ping(options?: PingOptions): Promise<void> {
    this.#pings += 1;
    try {
      await this.#parts.ping(options);
    } catch (thrown) {
      const error = toOwError(thrown);
      // One that was ended on purpose is no failure, also when a new one is tried already.
      const failed = this.#status.type === 'connecting' || isGivenUp(error);
      if (failed && error.id !== 'disconnected') this.onDown(error);
      throw thrown;
    } finally {
      this.#pings -= 1;
    }
  }

  #ping(): void {
    this.ping().catch(() => undefined);
  }

  #check(inMs: number): void {
    this.#pingTimer = setTimeout(() => {
      const { pingAfterMs } = this.#parts.options;
      const quietMs = performance.now() - this.#parts.lastAnswerAt();
      const due = quietMs >= pingAfterMs && this.#status.type === 'connected';
      if (due) this.#ping();
      this.#check(quietMs >= pingAfterMs ? pingAfterMs : pingAfterMs - quietMs);
    }, inMs).unref();
  }

  #set(status: ClientStatus): void {
    if (this.#status.type === 'closed') return;
    this.#status = status;
    for (const listener of this.#listeners) tell(listener, status);
  }
}
