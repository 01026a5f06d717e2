import { parseDeviceId } from '../values/device-id.js';

/** Most paths that are expected: a server may list new devices without end. */
const MOST = 20_000;

/** What a pattern has stood for since the beginning: a device that it matched once is to be there. */
export class Expected {
  readonly #paths = new Map<string, Set<string>>();
  #count = 0;

  /**
   * Paths that the pattern stood for before and does not stand for now, as long as their devices are nowhere
   * else; what it stands for now counts from now on.
   */
  beside(pattern: string, matched: readonly string[]): readonly string[] {
    const known = this.#paths.get(pattern) ?? new Set();
    for (const path of matched) {
      if (known.has(path) || this.#count >= MOST) continue;
      known.add(path);
      this.#count += 1;
    }
    // Messages may name patterns without end: those that stood for nothing are not kept.
    if (known.size > 0) this.#paths.set(pattern, known);
    const now = new Set(matched);
    const gone = [...known].filter((path) => !now.has(path));
    if (gone.length === 0) return gone;
    const elsewhere = new Set(matched.map(fromDevice));
    const moved = gone.filter((path) => elsewhere.has(fromDevice(path)));
    for (const path of moved) known.delete(path);
    this.#count -= moved.length;
    return gone.filter((path) => !moved.includes(path));
  }
}

/** A path from the device on, whatever bus or branch that is on. */
function fromDevice(path: string): string {
  const elements = path.split('/');
  const at = elements.findLastIndex((element) => parseDeviceId(element));
  return elements.slice(Math.max(at, 0)).join('/');
}
