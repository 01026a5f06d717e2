import type { OwError } from './errors/ow-error.js';

/** What a client knows of its connection to owserver. */
export type ClientStatus =
  /** Nothing was asked yet, or nothing is kept open. */
  | { readonly type: 'idle' }
  | { readonly type: 'connecting' }
  /** owserver answers; `persistent` tells whether it keeps the connection open between requests. */
  | { readonly type: 'connected'; readonly persistent: boolean }
  /** The connection is lost; `retryInMs` is there when it is tried again without a request. */
  | { readonly type: 'disconnected'; readonly error: OwError; readonly retryInMs?: number }
  /** Disconnected on purpose, by `disconnect()`, until `connect()` is called. */
  | { readonly type: 'off' }
  | { readonly type: 'closed' };

/** Hears each change of status. */
export type StatusListener = (status: ClientStatus) => void;
