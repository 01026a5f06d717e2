import type { Patience } from '../requests/messenger.js';
import { Deadline } from '../transport/deadline.js';
import type { Priority } from '../transport/ticket.js';
import type { CallOptions } from './options.js';

/** How long a call waits, by its options: from now on, and for `usualMs` where they do not say. */
export function patienceOf(
  { signal, timeoutMs, onWait }: CallOptions,
  usualMs: number,
  priority?: Priority,
): Patience {
  const deadline = new Deadline(timeoutMs ?? usualMs, { signal, usualMs });
  return { deadline, onWait, ...(priority && { priority }) };
}
