/** What waits for somebody to take it. */
interface Letter<T> {
  readonly value: T;
  readonly taken: () => void;
}

/** Hands values to a loop, one at a time: who puts one in waits until the loop comes back for the next. */
export class Mailbox<T> {
  readonly #letters: Letter<T>[] = [];
  #isOpen = false;
  #isClosed = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** Resolves when the value was dealt with; at once when there is no loop. */
  put(value: T): Promise<void> {
    if (!this.#isOpen || this.#isClosed) return Promise.resolve();
    return new Promise((taken) => {
      this.#letters.push({ value, taken });
      this.#wake?.();
    });
  }

  /** The loop ends with this. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake?.();
  }

  /** The loop ends, and nobody waits any more. */
  close(): void {
    this.#isClosed = true;
    for (const { taken } of this.#letters.splice(0)) taken();
    this.#wake?.();
  }

  /** From now on values are kept for the loop. */
  open(): AsyncGenerator<T, void, undefined> {
    this.#isOpen = true;
    return this.#deliver();
  }

  async *#deliver(): AsyncGenerator<T, void, undefined> {
    while (!this.#isClosed) {
      const letter = this.#letters.shift();
      if (letter) {
        try {
          yield letter.value;
        } finally {
          letter.taken();
        }
        continue;
      }
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
  }
}
