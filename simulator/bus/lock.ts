import type { MaybePromise } from '../maybe-promise.js';

/** One task at a time, first come, first served: the 1-Wire bus. */
export class Lock {
  #last: Promise<void> | undefined;

  /** Runs the task at once when the bus is free, else after those before it. */
  run<T>(task: () => MaybePromise<T>): MaybePromise<T> {
    const result = this.#last ? this.#last.then(task) : task();
    if (result instanceof Promise) this.#holdFor(result);
    return result;
  }

  #holdFor(task: Promise<unknown>): void {
    const over = task.then(nothing, nothing).then(() => {
      if (this.#last === over) this.#last = undefined;
    });
    this.#last = over;
  }
}

function nothing(): void {
  // The caller of the task hears of its result; the next one only waits for its end.
}
