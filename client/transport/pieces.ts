/** Pieces of an answer on their way from who hears them to who iterates over them, at his own pace. */
export class Pieces<Piece> {
  #waiting: Piece[] = [];
  #wake = (): void => undefined;

  add(piece: Piece): void {
    this.#waiting.push(piece);
    this.#wake();
  }

  /**
   * Each piece as it comes, until the whole answer is there; what of them is left over when it fails
   * instead is not told.
   */
  async *until(answer: Promise<unknown>): AsyncGenerator<Piece> {
    let state = 'coming';
    const end = (how: string) => (): void => {
      state = how;
      this.#wake();
    };
    answer.then(end('complete'), end('failed'));
    for (;;) {
      const come = this.#waiting;
      this.#waiting = [];
      for (const piece of come) {
        if (state === 'failed') return;
        yield piece;
      }
      if (come.length > 0) continue;
      if (state !== 'coming') return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
