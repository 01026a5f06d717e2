import type { Clock } from '../../../client/watch/timetable.js';

/** A clock that goes on when it is told to. */
export class HandClock implements Clock {
  #now = 0;
  readonly #due = new Map<() => void, number>();

  /** Timers that are set. */
  get timers(): number {
    return this.#due.size;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, call: () => void): (() => void) => {
    const one = (): void => call();
    this.#due.set(one, this.#now + ms);
    return () => void this.#due.delete(one);
  };

  /** Lets time pass; what becomes due is called at its time, and what it begins is waited for. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      const [next] = [...this.#due].sort(([, one], [, other]) => one - other);
      if (!next || next[1] > end) break;
      this.#due.delete(next[0]);
      this.#now = Math.max(this.#now, next[1]);
      next[0]();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#now = end;
  }

  /** The machine sleeps: time passes, and no timer is called before it wakes. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}
