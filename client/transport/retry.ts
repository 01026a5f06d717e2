import type { OwError } from '../errors/ow-error.js';

/** What a request does to the world, as far as sending it twice goes. */
export type Verb = 'read' | 'write' | 'list' | 'present' | 'ping';

/** Times a request is sent at most: the first time, and once more on a fresh connection. */
const MAX_ATTEMPTS = 2;

/**
 * Wait before try number `attempt` (from 0) to get a lost connection back, in milliseconds:
 * doubling from `minMs`, never above `maxMs`, and spread over its upper half, so that many
 * clients of one restarted owserver do not come back in step.
 */
export function reconnectDelayMs(
  attempt: number,
  minMs: number,
  maxMs: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(attempt, 30));
  return Math.round(full * (0.5 + random() / 2));
}

/**
 * May a request whose connection failed be sent again? Never a write: owserver finishes what it has
 * received even when the client is gone (owserver/src/c/handler.c), so it may be done already.
 */
export function mayRetry(verb: Verb, error: OwError, attempts: number): boolean {
  return verb !== 'write' && error.code === 'EOW_CLOSED' && attempts < MAX_ATTEMPTS;
}
