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
  /** Its supply comes up: what is in no EEPROM is as after a power-on. */
  wake?(now: number): void;
  /** Called around every change, for blocks that notice changes. */
  observe?(now: number): void;
}

/** What a device holds, by property and extension: `PIO.3`, `temphigh`. */
export class Store {
  readonly #sources = new Map<string, ValueSource>();
  /** The pulses that are under way, by the name of what they turn over. */
  readonly #pulses = new Map<string, Set<object>>();

  get(name: string, now: number): Value | undefined {
    const source = this.#sources.get(name);
    if (source === undefined) return undefined;
    const isTurned = (this.#pulses.get(name)?.size ?? 0) % 2 === 1;
    const value = valueAt(source, now);
    return isTurned ? Number(value === 0) : value;
  }

  number(name: string, now: number, otherwise: number): number {
    const value = this.get(name, now);
    return typeof value === 'number' ? value : otherwise;
  }

  set(name: string, source: ValueSource): void {
    this.#sources.set(name, source);
    this.#pulses.delete(name);
  }

  /** Turns a yes into a no, or back, until what it returns is called; a pulse in a pulse turns it again. */
  turn(name: string, otherwise: number): () => void {
    if (!this.#sources.has(name)) this.#sources.set(name, otherwise);
    const pulses = this.#pulses.get(name) ?? new Set();
    const pulse = {};
    this.#pulses.set(name, pulses.add(pulse));
    return () => void pulses.delete(pulse);
  }
}
