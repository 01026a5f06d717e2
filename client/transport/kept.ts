/** How much is kept, and for how long. */
interface KeptOptions<K, V> {
  /** Most values that are kept; then the oldest go for each new one. */
  readonly limit: number;
  /** What a value weighs, where they differ much: `limit` is for the weights then. @default each weighs 1 */
  readonly weigh?: (value: V, key: K) => number;
  /** How long a value is believed, in milliseconds. @default for ever */
  readonly ms?: number;
}

interface Stored<V> {
  readonly value: V;
  readonly weight: number;
  /** When it is believed no more, in milliseconds of `performance.now()`. */
  until: number;
}

/** Values by key that are believed for a while; a bounded number of them, the oldest are thrown out. */
export class Kept<K, V> {
  readonly #limit: number;
  readonly #weigh: (value: V, key: K) => number;
  readonly #ms: number;
  readonly #stored = new Map<K, Stored<V>>();
  #weight = 0;

  constructor({ limit, weigh = () => 1, ms = Infinity }: KeptOptions<K, V>) {
    this.#limit = limit;
    this.#weigh = weigh;
    this.#ms = ms;
  }

  /** How many values there are, those included that are believed no more. */
  get size(): number {
    return this.#stored.size;
  }

  /** The value, while it is believed. */
  get(key: K): V | undefined {
    const stored = this.#stored.get(key);
    return stored && isBelieved(stored) ? stored.value : undefined;
  }

  /** Is there a value that is believed? */
  has(key: K): boolean {
    const stored = this.#stored.get(key);
    return stored !== undefined && isBelieved(stored);
  }

  /** The value, believed or not, for who has nothing better. */
  last(key: K): V | undefined {
    return this.#stored.get(key)?.value;
  }

  /** Keeps a value as the youngest; `ms` is how long this one is believed. @default as all of them */
  set(key: K, value: V, ms = this.#ms): void {
    this.delete(key);
    const weight = this.#weigh(value, key);
    for (const oldest of this.#stored.keys()) {
      if (this.#weight + weight <= this.#limit) break;
      this.delete(oldest);
    }
    this.#stored.set(key, { value, weight, until: ms === Infinity ? ms : performance.now() + ms });
    this.#weight += weight;
  }

  /** Believes none of the values any more; `last` still has them. */
  doubt(): void {
    for (const stored of this.#stored.values()) stored.until = -Infinity;
  }

  delete(key: K): void {
    this.#weight -= this.#stored.get(key)?.weight ?? 0;
    this.#stored.delete(key);
  }

  clear(): void {
    this.#stored.clear();
    this.#weight = 0;
  }
}

/** Most values are kept for ever: those need no look at the clock. */
function isBelieved({ until }: Stored<unknown>): boolean {
  return until === Infinity || performance.now() < until;
}
