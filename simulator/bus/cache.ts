import type { Device } from './device.js';
import { ALL, type Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';

/** Registers that these chips read in one go: a write to one makes owserver forget them all. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  '3A': ['PIO', 'sensed'],
  '12': ['PIO', 'sensed', 'latch', 'flipflop'],
  '42': ['PIO', 'sensed', 'latch'],
};

/**
 * Read from the bus each time, though `/structure` calls them volatile; `fc_page` and `fc_link`.
 */
const NEVER_KEPT = ['memory', 'pages/page', 'thermocouple'];

/** What owserver found out about one sensor and believes for a while; owlib/src/c/ow_1820.c. */
export type Fact = 'power' | 'resolution';

/**
 * What owserver remembers of all its buses. Its clock counts whole seconds, so what happens twice
 * in one second happened at the same time; owlib/src/c/ow_cache.c.
 */
export class Cache {
  /** Lives in seconds, `/settings/timeout`; owlib/src/c/globals.c. */
  readonly life = { volatile: 15, stable: 300, directory: 60, presence: 120 };
  readonly #second: () => number;
  readonly #values: Shelf<Value[]>;
  readonly #facts: Shelf<number>;
  readonly #listings: Shelf<readonly Device[]>;
  readonly #buses: Shelf<number>;
  readonly #conversions: Shelf<true>;

  constructor(now: () => number) {
    this.#second = () => Math.floor(now() / 1000);
    this.#values = new Shelf(this.#second);
    this.#facts = new Shelf(this.#second);
    this.#listings = new Shelf(this.#second);
    this.#buses = new Shelf(this.#second);
    this.#conversions = new Shelf(this.#second);
  }

  /** Every element as last read, unless a conversion of all began in a later second. */
  values(device: Device, property: Property, conversionAt?: number): Value[] | undefined {
    const entry = this.#values.get(valueKey(device, property.name), this.#lifeOf(device, property));
    const isOutdated = entry && conversionAt !== undefined && conversionAt > entry.second;
    return isOutdated ? undefined : entry?.value;
  }

  /**
   * What a write of one bit takes for the others: owserver reads them from the bus, but for chips whose
   * registers it reads in one go it believes what it remembers of these; ow_write.c, `FS_write_a_bit`.
   */
  bits(device: Device, property: Property, now: number): readonly Value[] {
    const isShared = SHARED[device.family.code]?.includes(property.name) ?? false;
    const known = isShared ? this.values(device, property) : undefined;
    return known ?? device.read(property, ALL, now);
  }

  keep(device: Device, property: Property, values: Value[]): void {
    this.#values.put(valueKey(device, property.name), values);
  }

  forget(device: Device, property: Property): void {
    const shared = SHARED[device.family.code] ?? [];
    const names = shared.includes(property.name) ? shared : [property.name];
    for (const name of names) this.#values.drop(valueKey(device, name));
  }

  fact(device: Device, fact: Fact): number | undefined {
    return this.#facts.get(`${device.id}/${fact}`, this.life.stable)?.value;
  }

  keepFact(device: Device, fact: Fact, value: number): void {
    this.#facts.put(`${device.id}/${fact}`, value);
  }

  /** Lives a second longer than the rest: there, owserver compares with >=. */
  listing(bus: number, route: string): readonly Device[] | undefined {
    return this.#listings.get(`${bus}${route}`, this.life.directory + 1)?.value;
  }

  /** Keeps what a search found; an empty directory is not kept. */
  keepListing(bus: number, route: string, devices: readonly Device[]): readonly Device[] {
    for (const device of devices) this.saw(device, bus);
    if (devices.length > 0) this.#listings.put(`${bus}${route}`, devices);
    else this.#listings.drop(`${bus}${route}`);
    return devices;
  }

  /** The bus where a device was last seen; owserver believes it whatever the flags of a request. */
  seenOn(device: Device): number | undefined {
    return this.#buses.get(device.id, this.life.presence)?.value;
  }

  saw(device: Device, bus: number): void {
    this.#buses.put(device.id, bus);
  }

  lost(device: Device): void {
    this.#buses.drop(device.id);
  }

  /** A conversion of all began in this directory; all buses share this mark. */
  converted(route: string): void {
    this.#conversions.put(route, true);
  }

  /** The second of that conversion, while its results may be used. */
  conversionAt(route: string): number | undefined {
    return this.#conversions.get(route, this.life.volatile)?.second;
  }

  /** Whole seconds that went by since then. */
  secondsSince(second: number): number {
    return this.#second() - second;
  }

  #lifeOf(device: Device, property: Property): number {
    const { name, change } = device.property(linkedName(device, property.name)) ?? property;
    if (change === 't') return 1;
    if (change === 's') return this.life.stable;
    return NEVER_KEPT.includes(name) ? 0 : this.life.volatile;
  }
}

interface Entry<T> {
  second: number;
  value: T;
}

/** Things with the second in which they were put there. */
class Shelf<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #second: () => number;

  constructor(second: () => number) {
    this.#second = second;
  }

  get(key: string, life: number): Entry<T> | undefined {
    const entry = this.#entries.get(key);
    return entry && this.#second() - entry.second < life ? entry : undefined;
  }

  put(key: string, value: T): void {
    this.#entries.set(key, { second: this.#second(), value });
  }

  drop(key: string): void {
    this.#entries.delete(key);
  }
}

function valueKey(device: Device, name: string): string {
  return `${device.id}/${linkedName(device, name)}`;
}

/** Some properties are only other names of one that is kept. */
function linkedName(device: Device, name: string): string {
  return device.family.links[name] ?? name;
}
