import { Store, type Chip } from '../chips/chip.js';
import { chipsOf, thermometerOf } from '../chips/make-chips.js';
import type { Thermometer } from '../chips/thermometer.js';
import { SIDES, type DeviceDefinition } from '../device-definition.js';
import { FAMILIES, familyOf, type Family } from './families.js';
import { Lock } from './lock.js';
import { ALL, BYTE, elementName, parseExtension, type Property } from '../properties/property.js';
import type { Value, ValueSource } from '../properties/value.js';
import { parseSerial, reversedHex, type Serial } from '../serial.js';

/** A branch on which a device may sit. */
export interface Branch {
  coupler: Device;
  side: (typeof SIDES)[number];
}

/** Where a chip starts when its definition does not say. */
const DEFAULTS: Readonly<Record<string, Value>> = {
  power: 1,
  channels: 2,
  IAD: 1,
  VDD: 5,
};

/** What a thermometer keeps in its EEPROM. */
const SETTINGS = ['templow', 'temphigh', 'tempres'];

/** One device on the bus: its chips answer first, storage does the rest. */
export class Device {
  readonly serial: Serial;
  /** Family, dot and twelve digits. */
  readonly id: string;
  readonly family: Family;
  /** The chip, where a family has several. */
  readonly chip: string;
  readonly thermometer: Thermometer | undefined;
  /** Its directory behind the couplers: `/1F.030000000000/main`, or nothing on the trunk. */
  readonly route: string;
  /** The directories behind it; a coupler has two. */
  readonly branches: readonly string[];
  /** Held by one request at a time; owlib/src/c/ow_devicelock.c. */
  readonly lock = new Lock();
  /** The bytes of its alias as latin-1; empty: none. */
  alias: string;
  /** Is it plugged in? */
  present = true;
  readonly #hub: Device | undefined;
  readonly #store = new Store();
  readonly #chips: readonly Chip[];

  /** @param families those that owserver knows */
  constructor(
    definition: DeviceDefinition,
    families: ReadonlyMap<string, Family> = FAMILIES,
    branch?: Branch,
  ) {
    const serial = parseSerial(definition.id);
    const family = serial && familyOf(serial.family, families);
    if (!serial || !family) throw new Error(unknownDevice(definition.id));
    this.serial = serial;
    this.id = `${serial.family}.${serial.id}`;
    this.family = family;
    this.chip = definition.chip ?? family.type;
    this.#hub = branch?.coupler;
    this.route = branch ? branchRoute(branch.coupler, branch.side) : '';
    this.branches = family.code === '1F' ? SIDES.map((side) => branchRoute(this, side)) : [];
    this.alias = Buffer.from(definition.alias ?? '', 'utf8').toString('latin1');
    const hasChips = family.properties.some(({ chip }) => chip !== undefined);
    if (definition.chip !== undefined && !hasChips)
      throw new Error(`${definition.id} is always a ${family.type}: leave chip out.`);
    this.#fill(definition);
    this.thermometer = thermometerOf(this, this.#store);
    this.#chips = chipsOf(this, this.#store);
  }

  /** Is it plugged in, and every coupler before it too? */
  get isReachable(): boolean {
    return this.present && (this.#hub?.isReachable ?? true);
  }

  property(name: string): Property | undefined {
    return this.family.properties.find((property) => property.name === name);
  }

  /** All elements, for .ALL and .BYTE, or the one asked for. */
  read(property: Property, index: number, now: number): Value[] {
    if (index >= 0) return [this.#element(property, index, now)];
    return Array.from({ length: property.elements }, (_, position) =>
      this.#element(property, position, now),
    );
  }

  /** Takes one element, or all of them for .ALL and .BYTE. */
  write(property: Property, index: number, values: readonly Value[], now: number): void {
    const first = index === ALL || index === BYTE ? 0 : index;
    this.#observe(now);
    if (!this.#chips.some((chip) => chip.write?.(property, values, first, now))) {
      values.forEach((value, position) =>
        this.#store.set(elementName(property, first + position), value),
      );
    }
    this.#observe(now);
  }

  /** Sets a property from outside the bus: what a sensor measures, what is wired to a pin. */
  set(name: string, source: ValueSource, now: number): void {
    const property = this.settable(name);
    this.#observe(now);
    this.#store.set(name, source);
    if (SETTINGS.includes(property.name)) this.thermometer?.recall();
    this.#observe(now);
  }

  /** Its supply comes up, after a break of any length. */
  wake(now: number): void {
    for (const chip of this.#chips) chip.wake?.(now);
  }

  /** Puts it on its bus, which is a power-on. */
  plug(now: number): void {
    if (this.present) return;
    this.present = true;
    this.wake(now);
  }

  /**
   * Turns a property of yes or no over, until what it returns is called with the time.
   * @throws Error when it has none of this name
   */
  turn(name: string, now: number): (now: number) => void {
    const property = this.switchable(name);
    this.#observe(now);
    const back = this.#store.turn(name, property.name === 'sensed' ? 1 : 0);
    this.#observe(now);
    return (then) => {
      this.#observe(then);
      back();
      this.#observe(then);
    };
  }

  /** @throws Error when it has no such property, or that is no yes or no */
  switchable(name: string): Property {
    const property = this.settable(name);
    if (property.type === 'y') return property;
    throw new Error(`${name} is no yes or no: a pulse takes one, as sensed.0 is.`);
  }

  inAlarm(now: number): boolean {
    return this.#chips.some((chip) => chip.alarm?.(now) ?? false);
  }

  /** @throws Error when it has no such property, or that stands for several */
  settable(name: string): Property {
    const [base = '', text] = name.split('.');
    const property = this.property(base);
    if (property && (parseExtension(property, text) ?? ALL) >= 0) return property;
    throw new Error(`A ${this.family.type} has no property "${name}": check its spelling.`);
  }

  #element(property: Property, index: number, now: number): Value {
    for (const chip of this.#chips) {
      const value = chip.read(property, index, now);
      if (value !== undefined) return value;
    }
    return (
      this.#identity(property.name) ??
      this.#store.get(elementName(property, index), now) ??
      DEFAULTS[property.name] ??
      emptyOf(property)
    );
  }

  #identity(name: string): Value | undefined {
    const { family, id, crc } = this.serial;
    switch (name) {
      case 'address':
        return family + id + crc;
      case 'r_address':
        return reversedHex(family + id + crc);
      case 'id':
        return id;
      case 'r_id':
        return reversedHex(id);
      case 'family':
        return family;
      case 'crc8':
        return crc;
      case 'type':
        return this.family.type;
      case 'locator':
      case 'r_locator':
        return 'FFFFFFFFFFFFFFFF';
      case 'alias':
        return this.alias;
      case 'present':
        return Number(this.isReachable);
      default:
        return undefined;
    }
  }

  #observe(now: number): void {
    for (const chip of this.#chips) chip.observe?.(now);
  }

  #fill({ id, values = {}, parasite, resolution }: DeviceDefinition): void {
    if (resolution !== undefined && ![9, 10, 11, 12].includes(resolution))
      throw new Error(`The resolution of ${id} is ${resolution}: it must be 9, 10, 11 or 12.`);
    if (parasite === true) this.#store.set('power', 0);
    if (resolution !== undefined) this.#store.set('tempres', resolution);
    for (const [name, source] of Object.entries(values)) this.#store.set(name, source);
  }
}

function branchRoute(coupler: Device, side: Branch['side']): string {
  return `${coupler.route}/${coupler.id}/${side}`;
}

function emptyOf(property: Property): Value {
  if (property.type === 'a' || property.type === 'l') return '';
  return property.type === 'b' ? Buffer.alloc(property.length) : 0;
}

function unknownDevice(id: string): string {
  const known = [...FAMILIES.keys()].join(', ');
  return `"${id}" is no device here: give family, dot and twelve hex digits; families are ${known}.`;
}

/** A device and, of a coupler, all that sits on its branches. */
export function devicesOf(
  definition: DeviceDefinition,
  families: ReadonlyMap<string, Family>,
  branch?: Branch,
): Device[] {
  const coupler = new Device(definition, families, branch);
  const behind = SIDES.flatMap((side) =>
    (definition[side] ?? []).flatMap((one) => devicesOf(one, families, { coupler, side })),
  );
  if (behind.length > 0 && coupler.branches.length === 0)
    throw new Error(`${definition.id} has no branches: only a DS2409 (1F) has main and aux.`);
  return [coupler, ...behind];
}
