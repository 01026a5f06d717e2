/** Who hears of one signal. */
class Audience {
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<() => void>();
  readonly #onAbort = (): void => {
    this.#signal.removeEventListener('abort', this.#onAbort);
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  };

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(listener: () => void): void {
    if (this.#listeners.size === 0) this.#signal.addEventListener('abort', this.#onAbort);
    this.#listeners.add(listener);
  }

  delete(listener: () => void): void {
    const gone = this.#listeners.delete(listener) && this.#listeners.size === 0;
    if (gone) this.#signal.removeEventListener('abort', this.#onAbort);
  }
}

const AUDIENCES = new WeakMap<AbortSignal, Audience>();

/**
 * Calls back when a signal is aborted, unless the function that it returns is called before. A signal
 * has one listener of ours, however many requests hear of it, and none once they have ended.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  let audience = AUDIENCES.get(signal);
  if (!audience) {
    audience = new Audience(signal);
    AUDIENCES.set(signal, audience);
  }
  const heard = audience;
  heard.add(listener);
  return () => heard.delete(listener);
}
