import { OwError } from '../errors/ow-error.js';
import { onAbort } from './on-abort.js';

/** What a call may say of its end. */
interface Bounds {
  /** Calls it off. @default nobody does */
  readonly signal?: AbortSignal | undefined;
  /** How long work may take that goes on without the caller, in milliseconds. @default the same */
  readonly usualMs?: number;
}

/** The end of one operation, shared by all the requests that it needs: its time is up, or it is called off. */
export class Deadline {
  readonly totalMs: number;
  readonly #end: number;
  readonly #signal: AbortSignal | undefined;
  readonly #usualMs: number;

  /** Ends `totalMs` milliseconds from now. */
  constructor(totalMs: number, { signal, usualMs = totalMs }: Bounds = {}) {
    this.totalMs = totalMs;
    this.#end = performance.now() + totalMs;
    this.#signal = signal;
    this.#usualMs = usualMs;
  }

  /** Milliseconds that are left, at least 1, so that a timer can be set to it. */
  get leftMs(): number {
    return Math.max(1, this.#end - performance.now());
  }

  /** Milliseconds since the start. */
  get elapsedMs(): number {
    return performance.now() - this.#end + this.totalMs;
  }

  /** Was the operation called off? */
  get aborted(): boolean {
    return this.#signal?.aborted ?? false;
  }

  /** Why nothing is to be sent any more; nothing while there is time. */
  get over(): OwError | undefined {
    if (this.#signal?.aborted) return calledOff(this.#signal);
    return performance.now() < this.#end ? undefined : this.#late();
  }

  /** For what goes on when the operation has ended, because others use it too. */
  afresh(): Deadline {
    return new Deadline(this.#usualMs);
  }

  /** The same time once more, for the next part of an operation; it is called off with it. */
  anew(): Deadline {
    return new Deadline(this.totalMs, { signal: this.#signal, usualMs: this.#usualMs });
  }

  /** Did something fail because of somebody else's end, while there is time left here? */
  outlives(thrown: unknown): boolean {
    return thrown instanceof OwError && endsCall(thrown) && !this.over;
  }

  /** Calls back once, at the end, unless the function that it returns is called before. */
  onEnd(listener: (error: OwError) => void): () => void {
    let deafen: (() => void) | undefined;
    const timer = setTimeout(() => {
      deafen?.();
      listener(this.#late());
    }, this.leftMs);
    const signal = this.#signal;
    if (signal)
      deafen = onAbort(signal, () => {
        clearTimeout(timer);
        listener(calledOff(signal));
      });
    return () => {
      clearTimeout(timer);
      deafen?.();
    };
  }

  /**
   * What a promise gives before the end; else it fails as a request does, and what the promise does later
   * is no matter any more.
   */
  wait<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const { over } = this;
      const stop = over ? undefined : this.onEnd(reject);
      if (over) reject(over);
      promise.then(resolve, reject).finally(() => stop?.());
    });
  }

  #late(): OwError {
    return new OwError('deadline', { seconds: this.totalMs / 1000 });
  }
}

/** Does this error tell that a caller waits no longer, and nothing of owserver? */
export function endsCall(error: OwError): boolean {
  return error.id === 'deadline' || error.id === 'aborted';
}

function calledOff(signal: AbortSignal): OwError {
  return new OwError('aborted', {}, { cause: signal.reason });
}
