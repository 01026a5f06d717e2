import { Bus, type Timing } from './bus.js';
import { Cache } from './cache.js';
import type { DeviceDefinition } from '../device-definition.js';
import { devicesOf, Device } from './device.js';
import { familyOf, type Family } from './families.js';
import { allOf, andThen, orElse, type MaybePromise } from '../maybe-promise.js';
import { ALL, isBitfield, type Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { Refusal, Ret } from '../refusal.js';
import type { Serial } from '../serial.js';
import { converts, Temperatures } from './temperature.js';

/** A directory of devices: on the bus that a path names, or on all of them. */
export interface Place {
  bus: Bus | undefined;
  /** Nothing for the trunk, or the way through couplers: `/1F.030000000000/main`. */
  route: string;
}

/** A device where a path says that it is; whether it is there, the bus will tell. */
export interface Target {
  device: Device;
  bus: Bus;
  route: string;
  /** Did the path name the bus? Then owserver looks on no other. */
  isBusGiven: boolean;
}

/** The devices of each bus that answered, the newest bus first: so owserver lists them. */
export type Found = readonly (readonly Device[])[];

/** One channel of a switch is written with the others of it: from where on, and what. */
function together(
  index: number,
  values: readonly Value[],
  others: readonly Value[],
): [first: number, values: readonly Value[]] {
  if (index < 0 || others.length === 0) return [index, values];
  return [0, others.map((value, at) => (at === index ? (values[0] ?? 0) : value))];
}

/** All buses of one owserver, and what it remembers of them. */
export class Network {
  /** In the order of their numbers. */
  readonly buses: readonly Bus[];
  /** Those of the buses that other owservers drive, as these know them: each has just the one. */
  readonly remotes: ReadonlyMap<Bus, Network>;
  readonly cache: Cache;
  readonly families: ReadonlyMap<string, Family>;
  readonly #timing: Timing;
  readonly #temperatures: Temperatures;
  readonly #byId = new Map<string, Device>();

  /** @param remotes numbers of the buses that other owservers drive */
  constructor(
    count: number,
    families: ReadonlyMap<string, Family>,
    timing: Timing,
    remotes: readonly number[] = [],
  ) {
    const behind = new Map<Bus, Network>();
    this.buses = Array.from({ length: count }, (_, number) => {
      if (!remotes.includes(number)) return new Bus(number, timing);
      const network = new Network(1, families, timing);
      const bus = new Bus(number, timing, network.buses[0]);
      behind.set(bus, network);
      return bus;
    });
    this.remotes = behind;
    this.families = families;
    this.cache = new Cache(timing.now);
    this.#timing = timing;
    this.#temperatures = new Temperatures(timing, this.cache);
  }

  /** Every device, plugged in or not. */
  get devices(): readonly Device[] {
    return this.buses.flatMap((bus) => bus.devices);
  }

  /** Puts a device on its bus. @throws Error when there is no such bus */
  plug(definition: DeviceDefinition): Device {
    const number = definition.bus ?? 0;
    const bus = this.buses[number];
    const devices = devicesOf(definition, this.families);
    const [first] = devices;
    if (!bus || !first) throw new Error(`There is no bus ${number}: set buses to more than that.`);
    bus.devices.push(...devices);
    for (const device of devices) if (!this.#byId.has(device.id)) this.#byId.set(device.id, device);
    return first;
  }

  /** The device with this serial, plugged in or not: on several buses that of the one given, or the first. */
  device(serial: Serial, bus?: Bus): Device | undefined {
    const id = `${serial.family}.${serial.id}`;
    const isIt = (device: Device): boolean => device.id === id;
    // What is plugged in elsewhere, on the bus of another owserver, this one gets to know now.
    return bus?.devices.find(isIt) ?? this.#byId.get(id) ?? this.#learn(id, isIt);
  }

  /**
   * A device by its serial or alias. When the path names a bus owserver takes its word that the
   * device is there; else it must have been seen not long ago, or answer now.
   * owlib/src/c/ow_presence.c
   */
  find(name: Serial | string, { bus, route }: Place): MaybePromise<Target | undefined> {
    const known = typeof name === 'string' ? this.#named(name, bus) : this.device(name, bus);
    const device = known ?? (typeof name === 'string' ? undefined : this.#ghost(name));
    if (!device) return undefined;
    if (bus) return { device, bus, route, isBusGiven: true };
    const target = (one: Bus | undefined): Target | undefined =>
      one && { device, bus: one, route, isBusGiven: false };
    const seenOn = this.cache.seenOn(device);
    if (seenOn !== undefined) return target(this.buses[seenOn]);
    return andThen(this.#look(device, route), target);
  }

  /** The devices that a search finds, or that the last one found when that is fresh enough. */
  list(place: Place, uncached: boolean): MaybePromise<Found> {
    const { route } = place;
    return this.#search(place, (bus) => {
      const known = uncached || place.bus ? undefined : this.cache.listing(bus.number, route);
      const found = known ?? bus.search(route, () => true);
      return andThen(found, (devices) =>
        known ? devices : this.cache.keepListing(bus.number, route, devices),
      );
    });
  }

  /** The devices that answer an alarm search; never from the cache. */
  alarms(place: Place): MaybePromise<Found> {
    const inAlarm = (device: Device): boolean => device.inAlarm(this.#timing.now());
    return this.#search(place, (bus) => bus.search(place.route, inAlarm));
  }

  read(
    target: Target,
    property: Property,
    index: number,
    uncached: boolean,
  ): MaybePromise<Value[]> {
    const { device } = target;
    const isFixed = property.change === 'f';
    if (isFixed) return device.read(property, index, this.#timing.now());
    const values = device.lock.run(() => this.#recall(target, property, uncached));
    return andThen(values, (all) => (index < 0 ? [...all] : all.slice(index, index + 1)));
  }

  write(
    target: Target,
    property: Property,
    index: number,
    values: readonly Value[],
  ): MaybePromise<void> {
    const { device, route } = target;
    const written = device.lock.run(() =>
      this.#withRetries(target, (bus) =>
        bus.transfer(() => {
          bus.mustReach(device, route);
          const now = this.#timing.now();
          const others = isBitfield(property) ? this.cache.bits(device, property, now) : [];
          device.write(property, ...together(index, values, others), now);
        }),
      ),
    );
    return andThen(written, () => this.cache.forget(device, property));
  }

  /**
   * Starts a conversion of every thermometer at once. In a branch owserver selects the directory
   * above, but marks the branch as converted; owlib/src/c/ow_simultaneous.c, `FS_w_convert_temp`,
   * and ow_dir.c, `FS_LoadDirectoryOnly`.
   */
  convertAll({ bus, route }: Place): MaybePromise<void> {
    const { now, conversionMs } = this.#timing;
    const above = route.split('/').slice(0, -2).join('/');
    const started = (bus ? [bus] : this.buses).map((one) =>
      orElse(
        () =>
          one.transfer(() => {
            this.cache.converted(route);
            for (const sensor of one.thermometers(above))
              if (sensor.isPowered(now())) sensor.start(now(), conversionMs);
          }),
        () => undefined,
      ),
    );
    return andThen(allOf(started), () => undefined);
  }

  #learn(id: string, isIt: (device: Device) => boolean): Device | undefined {
    const device = this.devices.find(isIt);
    if (device) this.#byId.set(id, device);
    return device;
  }

  #named(alias: string, bus?: Bus): Device | undefined {
    const named = this.devices.find((device) => device.alias !== '' && device.alias === alias);
    return named && this.device(named.serial, bus);
  }

  /** A device that is nowhere: owserver knows its properties all the same. */
  #ghost(serial: Serial): Device | undefined {
    if (!familyOf(serial.family, this.families)) return undefined;
    const ghost = new Device({ id: serial.family + serial.id }, this.families);
    ghost.present = false;
    return ghost;
  }

  /** Asks every bus for a device, each as soon as it is free. */
  #look(device: Device, route: string): MaybePromise<Bus | undefined> {
    const answers = this.buses.map((bus) =>
      orElse(
        () => bus.transfer(() => bus.reaches(device, route)),
        () => false,
      ),
    );
    return andThen(allOf(answers), (all) => {
      const bus = this.buses[all.indexOf(true)];
      if (bus) this.cache.saw(device, bus.number);
      return bus;
    });
  }

  /** Searches all buses at once; only when every one fails it is an error. ow_dir.c */
  #search(
    { bus }: Place,
    search: (bus: Bus) => MaybePromise<readonly Device[]>,
  ): MaybePromise<Found> {
    const found = (bus ? [bus] : [...this.buses].reverse()).map((one) =>
      orElse<readonly Device[] | undefined>(
        () => search(one),
        () => undefined,
      ),
    );
    return andThen(allOf(found), (all) => {
      if (all.every((devices) => devices === undefined)) throw new Refusal(Ret.busFailed);
      return all.map((devices) => devices ?? []);
    });
  }

  #recall(target: Target, property: Property, uncached: boolean): MaybePromise<Value[]> {
    const { device, route } = target;
    const isTemperature = converts(device, property.name);
    const mayJoin = isTemperature && !uncached && property.name !== 'thermocouple';
    const conversionAt = mayJoin ? this.cache.conversionAt(route) : undefined;
    const known = uncached ? undefined : this.cache.values(device, property, conversionAt);
    if (known) return known;
    const values = this.#withRetries(target, (bus): MaybePromise<Value[]> => {
      const sensor = isTemperature ? device.thermometer : undefined;
      if (!sensor) return this.#transfer({ ...target, bus }, property);
      const sensing = { bus, device, sensor, route, property: property.name };
      return this.#temperatures.read({ ...sensing, uncached, conversionAt }).then((one) => [one]);
    });
    return andThen(values, (all) => {
      this.cache.keep(device, property, all);
      return all;
    });
  }

  #transfer({ bus, device, route }: Target, property: Property): MaybePromise<Value[]> {
    return bus.transfer(() => {
      const isThere = bus.reaches(device, route);
      if (property.name === 'present') return [Number(isThere)];
      // The answer is one byte without a checksum, and a line without a device is high.
      if (property.name === 'power' && device.thermometer && !isThere) return [1];
      bus.mustReach(device, route);
      const values = device.read(property, ALL, this.#timing.now());
      if (property.name === 'latesttemp') device.thermometer?.answered();
      return values;
    });
  }

  /**
   * Three attempts. After the first that fails owserver looks where the device is, unless the path
   * says on which bus; owlib/src/c/ow_read.c, `FS_read_real`, and ow_write.c, `FS_write_real`.
   */
  #withRetries<T>(target: Target, attempt: (bus: Bus) => MaybePromise<T>): MaybePromise<T> {
    const { device, bus, route, isBusGiven } = target;
    const twice = (there: Bus): MaybePromise<T> =>
      orElse(
        () => attempt(there),
        () => attempt(there),
      );
    return orElse(
      () => attempt(bus),
      () => {
        if (isBusGiven) return twice(bus);
        this.cache.lost(device);
        return andThen(this.#look(device, route), (there) => {
          if (!there) throw new Refusal(Ret.vanished);
          return twice(there);
        });
      },
    );
  }
}
