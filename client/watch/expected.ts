/** Most paths that are expected: a server may list new devices without end. */
const MOST = 20_000;

/** What a pattern has stood for since the beginning: a device that it matched once is to be there. */
export class Expected {
  readonly #paths = new Map<string, Set<string>>();
  #count = 0;

  /** Paths that the pattern stood for before and does not stand for now; what it stands for now counts from now on. */
  beside(pattern: string, matched: readonly string[]): readonly string[] {
    const known = this.#paths.get(pattern) ?? new Set();
    this.#paths.set(pattern, known);
    for (const path of matched) {
      if (known.has(path) || this.#count >= MOST) continue;
      known.add(path);
      this.#count += 1;
    }
    const now = new Set(matched);
    return [...known].filter((path) => !now.has(path));
  }
}
