/** How much is kept, and for how long. */
export interface KeptOptions {
  /** Most values that are kept; then the oldest goes for each new one. */
  readonly limit: number;
  /** How long a value is believed, in milliseconds. @default for ever */
  readonly ms?: number;
}

interface Entry<V> {
  readonly value: V;
  /** When it is believed no more, in milliseconds of `performance.now()`. */
  until: number;
}

/** Values by key that are believed for a while; a bounded number of them, the oldest are thrown out. */
export class Kept<K, V> {
  readonly #limit: number;
  readonly #ms: number;
  readonly #entries = new Map<K, Entry<V>>();

  constructor({ limit, ms = Infinity }: KeptOptions) {
    this.#limit = limit;
    this.#ms = ms;
  }

  /** How many values there are, those included that are believed no more. */
  get size(): number {
    return this.#entries.size;
  }

  /** The value, while it is believed. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    return entry && isBelieved(entry) ? entry.value : undefined;
  }

  /** Is there a value that is believed? */
  has(key: K): boolean {
    const entry = this.#entries.get(key);
    return entry !== undefined && isBelieved(entry);
  }

  /** The value, believed or not, for who has nothing better. */
  last(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Keeps a value as the youngest; `ms` is how long this one is believed. @default as all of them */
  set(key: K, value: V, ms = this.#ms): void {
    this.#entries.delete(key);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < this.#limit) break;
      this.#entries.delete(oldest);
    }
    this.#entries.set(key, { value, until: ms === Infinity ? ms : performance.now() + ms });
  }

  /** Believes none of the values any more; `last` still has them. */
  doubt(): void {
    for (const entry of this.#entries.values()) entry.until = -Infinity;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** Most values are kept for ever: those need no look at the clock. */
function isBelieved({ until }: Entry<unknown>): boolean {
  return until === Infinity || performance.now() < until;
}
