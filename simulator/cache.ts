import type { Device } from './device.js';
import type { Property } from './properties/property.js';
import type { Value } from './properties/value.js';

/** owserver's own times, in milliseconds; owlib/src/c/globals.c. */
const DIRECTORY_MS = 60_000;
const PRESENCE_MS = 120_000;
const VOLATILE_MS = 15_000;
const SECOND_MS = 1_000;

/** Registers that these chips read in one go: a write to one makes owserver forget them all. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  '3A': ['PIO', 'sensed'],
  '12': ['PIO', 'sensed', 'latch', 'flipflop'],
};

/** What owserver remembers of the bus. */
export class Cache {
  /** Life of a value that changes by itself, `/settings/timeout/volatile`. */
  volatileMs = VOLATILE_MS;
  readonly #now: () => number;
  readonly #values = new Map<string, { at: number; values: Value[] }>();
  #listing: { at: number; devices: readonly Device[] } | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every element as last read; in whole seconds: a read in the same second counts as newer. */
  values(device: Device, property: Property, newerThan: number): Value[] | undefined {
    const entry = this.#values.get(key(device, property.name));
    const lifeMs = property.change === 't' ? SECOND_MS : this.volatileMs;
    if (!entry || this.#now() - entry.at >= lifeMs) return undefined;
    return seconds(entry.at) >= seconds(newerThan) ? entry.values : undefined;
  }

  /** Keeps what changes by itself; the rest changes only by writes, and is read again each time. */
  keep(device: Device, property: Property, values: Value[]): void {
    if (property.change === 's') return;
    this.#values.set(key(device, property.name), { at: this.#now(), values });
  }

  forget(device: Device, property: Property): void {
    const shared = SHARED[device.family.code] ?? [];
    const names = shared.includes(property.name) ? shared : [property.name];
    for (const name of names) this.#values.delete(key(device, name));
  }

  listing(): readonly Device[] | undefined {
    const listing = this.#listing;
    return listing && this.#now() - listing.at < DIRECTORY_MS ? listing.devices : undefined;
  }

  keepListing(devices: readonly Device[]): readonly Device[] {
    const at = this.#now();
    for (const device of devices) device.seenAt = at;
    this.#listing = { at, devices };
    return devices;
  }

  /** owserver believes in a device for a while after it was seen, whatever the flags of the request. */
  isPresent(device: Device): boolean {
    const now = this.#now();
    if (now - device.seenAt < PRESENCE_MS) return true;
    if (device.present) device.seenAt = now;
    return device.present;
  }
}

function key(device: Device, name: string): string {
  return `${device.serial.family}${device.serial.id}/${name}`;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
