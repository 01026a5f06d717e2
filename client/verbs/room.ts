import { OwError } from '../errors/ow-error.js';
import type { Value } from '../values/decode.js';
import { shownPath } from '../values/path.js';
import type { Reading } from './reader.js';

/** Most bytes of the values of one list or pattern, about. */
const MOST = 12 * 2 ** 20;

/** What a value takes beside its bytes. */
const EACH = 8;

/** What a Buffer takes beside its bytes. */
const EACH_BUFFER = 200;

/** Room for the values of several paths: a server may have thousands of devices, and 100 kB for each. */
export class Room {
  #taken = 0;

  /** Reads one more. @throws OwError EOW_VALUE when there is no room for it. */
  async read(path: unknown, read: (path: unknown) => Promise<Reading>): Promise<Reading> {
    this.#check(path);
    const reading = await read(path);
    this.#taken += sizeOf(reading.value) + (reading.raw?.length ?? 0);
    this.#check(path);
    return reading;
  }

  #check(path: unknown): void {
    if (this.#taken > MOST)
      throw new OwError('valuesTooBig', { bytes: MOST }, { path: shownPath(path) });
  }
}

function sizeOf(value: Value): number {
  if (Buffer.isBuffer(value)) return EACH_BUFFER + value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + sizeOf(one), EACH);
  return typeof value === 'string' ? EACH + value.length : EACH;
}
