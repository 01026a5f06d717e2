import type { Property } from '../properties/property.js';
import { valueAt, type Value, type ValueSource } from '../properties/value.js';

/**
 * A function block of a device: it answers for the properties it knows and leaves the others to
 * storage.
 */
export interface Chip {
  /** The value of one element, or undefined for a property of another block. */
  read(property: Property, index: number, now: number): Value | undefined;
  /** Takes elements from `first` on; false for a property of another block. */
  write?(property: Property, values: readonly Value[], first: number, now: number): boolean;
  /** Does the device answer an alarm search? */
  alarm?(now: number): boolean;
  /** Called around every change, for blocks that notice changes. */
  observe?(now: number): void;
}

/** What a device holds, by property and extension: `PIO.3`, `temphigh`. */
export class Store {
  readonly #sources = new Map<string, ValueSource>();

  get(name: string, now: number): Value | undefined {
    const source = this.#sources.get(name);
    return source === undefined ? undefined : valueAt(source, now);
  }

  number(name: string, now: number, otherwise: number): number {
    const value = this.get(name, now);
    return typeof value === 'number' ? value : otherwise;
  }

  set(name: string, source: ValueSource): void {
    this.#sources.set(name, source);
  }
}
