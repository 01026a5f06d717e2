/** Most bytes of an answer to an editor. */
const MAX_BYTES = 4 * 2 ** 20;

/** Bytes of them for what stands beside a list, such as the path that was asked for. */
const BESIDE = 64 * 1024;

/** As many of a list as an answer holds. */
interface Fitting<T> {
  readonly items: T[];
  /** How many there are more. */
  readonly left: number;
}

/** The first items of a list, `most` at most, that fit into one answer. */
export function fitting<T>(all: readonly T[], most: number): Fitting<T> {
  let bytes = BESIDE;
  let count = 0;
  for (const item of all.slice(0, most)) {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes > MAX_BYTES) break;
    count += 1;
  }
  return { items: all.slice(0, count), left: all.length - count };
}
