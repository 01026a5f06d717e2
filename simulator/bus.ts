import { Cache } from './cache.js';
import { Device, type DeviceDefinition } from './device.js';
import { Lock } from './lock.js';
import { andThen, type MaybePromise } from './maybe-promise.js';
import { ALL, type Property } from './properties/property.js';
import type { Value } from './properties/value.js';
import { Refusal, Ret } from './refusal.js';
import type { Serial } from './serial.js';

/** What the bus needs from outside. */
export interface BusOptions {
  devices: readonly DeviceDefinition[];
  /** Time of a 12-bit temperature conversion in milliseconds. */
  conversionMs: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

/** One bus master with its devices: one transfer at a time, and owserver's cache before it. */
export class Bus {
  readonly devices: Device[];
  readonly cache: Cache;
  readonly #options: BusOptions;
  readonly #lock = new Lock();
  #simultaneousAt = -Infinity;

  constructor(options: BusOptions) {
    this.#options = options;
    this.devices = options.devices.map((definition) => new Device(definition));
    this.cache = new Cache(options.now);
  }

  /** The device with this serial, when it is there or was seen not long ago. */
  find(serial: Serial): Device | undefined {
    const device = this.devices.find((one) => one.serial.bytes.equals(serial.bytes));
    return device && this.cache.isPresent(device) ? device : undefined;
  }

  findAlias(name: string): Device | undefined {
    const device = this.devices.find((one) => one.alias !== '' && one.alias === name);
    return device && this.cache.isPresent(device) ? device : undefined;
  }

  /** The devices that a search finds, or that the last one found when that is fresh enough. */
  list(uncached: boolean): MaybePromise<readonly Device[]> {
    const known = uncached ? undefined : this.cache.listing();
    return known ?? this.#lock.run(() => this.cache.keepListing(this.#present()));
  }

  /** The devices that answer an alarm search. */
  alarms(): MaybePromise<readonly Device[]> {
    const { now } = this.#options;
    return this.#lock.run(() => this.#present().filter((one) => one.inAlarm(now())));
  }

  read(
    device: Device,
    property: Property,
    index: number,
    uncached: boolean,
  ): MaybePromise<Value[]> {
    const isFixed = property.change === 'f';
    if (isFixed) return device.read(property, index, this.#options.now());
    const known = uncached
      ? undefined
      : this.cache.values(device, property, this.#newerThan(property));
    const values = known ?? this.#lock.run(() => this.#fetch(device, property, uncached));
    return andThen(values, (all) => (index < 0 ? [...all] : all.slice(index, index + 1)));
  }

  write(
    device: Device,
    property: Property,
    index: number,
    values: readonly Value[],
  ): MaybePromise<void> {
    return this.#lock.run(() => {
      this.#mustBePresent(device);
      device.write(property, index, values, this.#options.now());
      this.cache.forget(device, property);
    });
  }

  /** Starts a conversion of every thermometer at once; the bus stays free unless one has no supply. */
  convertAll(): MaybePromise<void> {
    const { now, conversionMs, sleep } = this.#options;
    return this.#lock.run(() => {
      const at = now();
      const sensors = this.#present().flatMap((one) => one.thermometer ?? []);
      for (const sensor of sensors) sensor.start(at, conversionMs);
      this.#simultaneousAt = at;
      const mustWait = conversionMs > 0 && sensors.some((sensor) => sensor.parasitic(at));
      return mustWait ? sleep(conversionMs) : undefined;
    });
  }

  /** Was a simultaneous conversion started so lately that readings may come from it? */
  get simultaneousIsValid(): boolean {
    return this.#options.now() - this.#simultaneousAt < this.cache.volatileMs;
  }

  /** A cached temperature is only good when it was read after the last simultaneous conversion began. */
  #newerThan(property: Property): number {
    return property.name === 'temperature' ? this.#simultaneousAt : -Infinity;
  }

  #fetch(device: Device, property: Property, uncached: boolean): MaybePromise<Value[]> {
    if (property.name === 'present') return [Number(device.present)];
    this.#mustBePresent(device);
    return andThen(this.#convert(device, property, uncached), () => {
      const values = device.read(property, ALL, this.#options.now());
      this.cache.keep(device, property, values);
      return values;
    });
  }

  /** Waits for what a temperature takes: its own conversion, or the rest of a simultaneous one. */
  #convert(device: Device, property: Property, uncached: boolean): MaybePromise<void> {
    const { now, conversionMs, sleep } = this.#options;
    const sensor = device.thermometer;
    const bits = sensor?.bitsFor(property, now());
    if (!sensor || bits === undefined) return undefined;
    const mayJoin = !uncached && property.name === 'temperature' && !sensor.parasitic(now());
    const joins = mayJoin && this.simultaneousIsValid;
    const { endsAt } = sensor;
    if (joins && endsAt === undefined) return undefined;
    const waitMs =
      joins && endsAt !== undefined ? endsAt - now() : conversionMs * sensor.share(bits);
    return andThen(waitMs > 0 ? sleep(waitMs) : undefined, () => sensor.convert(bits, now()));
  }

  #present(): Device[] {
    return this.devices.filter((one) => one.present);
  }

  #mustBePresent(device: Device): void {
    if (device.present) return;
    device.seenAt = -Infinity;
    throw new Refusal(Ret.vanished);
  }
}
