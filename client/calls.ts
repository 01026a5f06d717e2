import { OwError, toOwError } from './errors/ow-error.js';
import type { ResolvedOptions } from './options.js';
import type { Patience } from './requests/messenger.js';
import type { Rules } from './rules.js';
import { endsCall } from './transport/deadline.js';
import { onAbort } from './transport/on-abort.js';
import type { Priority } from './transport/ticket.js';
import type { CallOptions } from './verbs/options.js';
import { patienceOf } from './verbs/patience.js';

/** The door of all calls: what they are given is checked, and every failure is a rejection with an OwError. */
export class Calls {
  readonly #usualMs: number;

  constructor({ requestTimeoutMs }: ResolvedOptions) {
    this.#usualMs = requestTimeoutMs;
  }

  /** Does what was asked for a path, or for no path at all, until the time of the call is up. */
  run<T>(
    allowed: Rules<string>,
    options: CallOptions,
    path: unknown,
    work: (patience: Patience) => Promise<T>,
    priority?: Priority,
  ): Promise<T> {
    try {
      allowed.check(options);
      return work(patienceOf(options, this.#usualMs, priority)).catch((thrown: unknown) => {
        throw failureOf(path, thrown);
      });
    } catch (thrown) {
      return Promise.reject(failureOf(path, thrown));
    }
  }

  /** The same for what comes in pieces: whoever leaves the loop over them calls it off. */
  async *stream<T>(
    allowed: Rules<string>,
    options: CallOptions,
    path: unknown,
    work: (patience: Patience) => AsyncGenerator<T>,
  ): AsyncGenerator<T, void, undefined> {
    allowed.check(options);
    const { signal, ...rest } = options;
    const end = new AbortController();
    const deafen = signal && onAbort(signal, () => end.abort(signal.reason));
    if (signal?.aborted) end.abort(signal.reason);
    try {
      yield* work(patienceOf({ ...rest, signal: end.signal }, this.#usualMs));
    } catch (thrown) {
      throw failureOf(path, thrown);
    } finally {
      deafen?.();
      end.abort();
    }
  }
}

/** What was waited for together with others has no path of its own. */
function failureOf(path: unknown, thrown: unknown): OwError {
  const error = toOwError(thrown);
  if (error.path !== undefined || !endsCall(error)) return error;
  return error.withPath(typeof path === 'string' ? path : '');
}
