import type { Header, MessageName, RequestFlags } from '../protocol/index.js';

/** What every call takes. */
export interface CallOptions {
  /**
   * Calls it off: the call rejects at once with EOW_ABORTED, or, once a write of it was sent and not
   * answered, with EOW_UNCERTAIN. @default never
   */
  signal?: AbortSignal | undefined;
  /**
   * Longest time for the whole call, waiting in the queue included, in milliseconds.
   * @default requestTimeoutMs of the client
   */
  timeoutMs?: number | undefined;
  /** Hears once a second that owserver waits for the bus, with the milliseconds so far. */
  onWait?: ((waitedMs: number) => void) | undefined;
}

/** What to list, and how. */
export interface ListOptions extends CallOptions {
  /** From owserver's cache of 60 s, or by a search on the bus. @default 'cached' */
  source?: 'cached' | 'uncached';
  /** List `/bus.0`, `/settings` and the like at the top too. @default false, for `browse` true */
  busReturn?: boolean;
}

/** How to list a directory, or a tree of them. */
export interface DirOptions extends ListOptions {
  /**
   * How deep to list, 1 to 10: 1 is the directory alone, 2 also what is in its directories, and so on;
   * each path is followed by those below it. @default 1
   */
  depth?: number;
}

/** Which devices in alarm to list. */
export interface AlarmOptions extends CallOptions {
  /** Two hex digits: only devices of this family. @default all */
  family?: string;
}

/** Which devices to list. */
export interface DevicesOptions extends ListOptions, AlarmOptions {}

/** What a ping found. */
export interface Pong {
  /** Round-trip time in milliseconds. */
  readonly ms: number;
  /** Does owserver keep the connection open? */
  readonly persistent: boolean;
}

/** What a conversion of all thermometers cost. */
export interface Converted {
  /** Milliseconds that it took. */
  readonly ms: number;
}

/** A message of the protocol; what is left out has the value that fits most. */
export interface RawMessage {
  readonly type: MessageName;
  /** Path as text; none for a NOP. */
  readonly path?: string;
  /** By name, beside those of the client; or the whole word of 32 bits. @default those of the client */
  readonly flags?: RequestFlags | number;
  /** Bytes asked for, 0 to 2147483647. @default 65536 for READ, GET and GETSLASH, else 0 */
  readonly size?: number;
  /** First byte to read or write, 0 to 2147483647. @default 0 */
  readonly offset?: number;
  /** Bytes to write. @default none */
  readonly data?: Buffer;
}

/** A frame of a raw answer: `code` is the return value. */
export interface RawReply extends Omit<Header, 'version'> {
  readonly data: Buffer;
}
