import { OwError } from '../errors/ow-error.js';

/** The end of one operation, shared by all the requests that it needs. */
export class Deadline {
  readonly totalMs: number;
  readonly #end: number;

  /** Ends `totalMs` milliseconds from now. */
  constructor(totalMs: number) {
    this.totalMs = totalMs;
    this.#end = performance.now() + totalMs;
  }

  /** Milliseconds that are left, at least 1, so that a timer can be set to it. */
  get leftMs(): number {
    return Math.max(1, this.#end - performance.now());
  }

  /** Milliseconds since the start. */
  get elapsedMs(): number {
    return performance.now() - this.#end + this.totalMs;
  }

  /** Did something fail because somebody else's time was up, while there is time left here? */
  outlives(thrown: unknown): boolean {
    return thrown instanceof OwError && thrown.id === 'deadline' && this.leftMs > 1;
  }
}
