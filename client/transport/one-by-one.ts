/** Does one thing after the other, in the order of their coming; one that fails stops none behind it. */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve();

  /** Does something when all before it is done. */
  run<T>(act: () => Promise<T>): Promise<T> {
    const next = this.#last.then(act);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
