import type { Header } from '../protocol/index.js';

/** What to list, and how. */
export interface DirOptions {
  /** From owserver's cache of 60 s, or by a search on the bus. @default 'cached' */
  source?: 'cached' | 'uncached';
  /** List `/bus.0`, `/settings` and the like at the top too. @default false */
  busReturn?: boolean;
  /**
   * How deep to list, 1 to 10: 1 is the directory alone, 2 also what is in its directories, and so on;
   * each path is followed by those below it. For `dir` only. @default 1
   */
  depth?: number;
  /** Hears once a second that owserver waits for the bus, with the milliseconds so far. */
  onWait?: (waitedMs: number) => void;
}

/** Which devices to list. */
export interface DevicesOptions extends Omit<DirOptions, 'depth'> {
  /** Two hex digits: only devices of this family. @default all */
  family?: string;
}

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

/** A frame of a raw answer: `code` is the return value. */
export interface RawReply extends Omit<Header, 'version'> {
  readonly data: Buffer;
}
