import { BatteryMonitor } from './chips/battery-monitor.js';
import { Store, type Chip } from './chips/chip.js';
import { Counter } from './chips/counter.js';
import { Memory } from './chips/memory.js';
import { Switch } from './chips/switch.js';
import { Thermometer } from './chips/thermometer.js';
import { FAMILIES, type Family } from './families.js';
import { ALL, BYTE, elementName, parseExtension, type Property } from './properties/property.js';
import type { Value, ValueSource } from './properties/value.js';
import { parseSerial, reversedHex, type Serial } from './serial.js';

/** A device as plain data. */
export interface DeviceDefinition {
  /** In any of owserver's formats; its first two digits choose the chip. */
  id: string;
  alias?: string;
  /** By property: `{ temperature: 21.5, 'sensed.3': false, 'counter.A': (ms) => ms / 1000 }`. */
  values?: Readonly<Record<string, ValueSource>>;
}

/** Where a chip starts when its definition does not say. */
const DEFAULTS: Readonly<Record<string, Value>> = {
  power: 1,
  tempres: 12,
  channels: 2,
  IAD: 1,
  'errata/die': 'C2',
  VDD: 5,
};

/** One device on the bus: its chips answer first, storage does the rest. */
export class Device {
  readonly serial: Serial;
  readonly family: Family;
  readonly thermometer: Thermometer | undefined;
  /** The bytes of its alias as latin-1; empty: none. */
  alias: string;
  /** Is it plugged in? */
  present = true;
  /** When a search or a check last found it. */
  seenAt = -Infinity;
  readonly #store = new Store();
  readonly #chips: readonly Chip[];

  constructor(definition: DeviceDefinition) {
    const serial = parseSerial(definition.id);
    const family = FAMILIES.get(serial?.family ?? '');
    if (!serial || !family) throw new Error(unknownDevice(definition.id));
    this.serial = serial;
    this.family = family;
    this.alias = Buffer.from(definition.alias ?? '', 'utf8').toString('latin1');
    const values = Object.entries(definition.values ?? {});
    for (const [name, source] of values) this.#store.set(name, source);
    this.thermometer = this.property('temperature') && new Thermometer(this.#store, family.code);
    this.#chips = [...(this.thermometer ? [this.thermometer] : []), ...this.#makeChips()];
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
    const [base = '', text] = name.split('.');
    const property = this.property(base);
    if (!property || (parseExtension(property, text) ?? ALL) < 0) {
      throw new Error(`A ${this.family.type} has no property "${name}": check its spelling.`);
    }
    this.#observe(now);
    this.#store.set(name, source);
    this.#observe(now);
  }

  inAlarm(now: number): boolean {
    return this.#chips.some((chip) => chip.alarm?.(now) ?? false);
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
        return Number(this.present);
      default:
        return undefined;
    }
  }

  #observe(now: number): void {
    for (const chip of this.#chips) chip.observe?.(now);
  }

  #makeChips(): Chip[] {
    const [pio, sensed, memory] = ['PIO', 'sensed', 'memory'].map((name) => this.property(name));
    const chips: Chip[] = [];
    if (pio && sensed) chips.push(new Switch(this.#store, pio, sensed));
    if (memory) chips.push(new Memory(memory.length, this.#store));
    if (this.property('counter')) chips.push(new Counter(this.#store));
    if (this.property('udate')) chips.push(new BatteryMonitor(this.#store));
    return chips;
  }
}

function emptyOf(property: Property): Value {
  if (property.type === 'a' || property.type === 'l') return '';
  return property.type === 'b' ? Buffer.alloc(property.length) : 0;
}

function unknownDevice(id: string): string {
  const known = [...FAMILIES.keys()].join(', ');
  return `"${id}" is no device here: give family, dot and twelve hex digits; families are ${known}.`;
}
