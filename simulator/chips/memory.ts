import type { Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import type { Chip, Store } from './chip.js';

/** Memory that is read whole as `memory` and in parts as `pages/page`. */
export class Memory implements Chip {
  readonly #bytes: Buffer;

  constructor(length: number, store: Store) {
    this.#bytes = Buffer.alloc(length);
    const start = store.get('memory', 0);
    if (Buffer.isBuffer(start)) start.copy(this.#bytes);
  }

  read(property: Property, index: number): Value | undefined {
    const { name, length } = property;
    if (name === 'memory') return Buffer.from(this.#bytes);
    if (name !== 'pages/page') return undefined;
    return Buffer.from(this.#bytes.subarray(index * length, (index + 1) * length));
  }

  write(property: Property, values: readonly Value[], first: number): boolean {
    const { name, length } = property;
    if (name !== 'memory' && name !== 'pages/page') return false;
    values.forEach((value, position) => {
      if (Buffer.isBuffer(value))
        value.copy(this.#bytes, name === 'memory' ? 0 : (first + position) * length);
    });
    return true;
  }
}
