import type { Bus } from '../bus.js';
import type { MaybePromise } from '../maybe-promise.js';
import { ALL, type Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { returnText } from '../refusal.js';

/** The release whose behaviour this simulator follows. */
export const OWFS_VERSION = '3.2p4';

const NO_SERIAL = '0'.repeat(18);

/** What a fresh owserver shows; anything else is 0 or empty. */
const START: Readonly<Record<string, Value>> = {
  'interface/settings/address': 'simulator.0',
  'interface/settings/name': 'Simulator',
  'interface/settings/version': 28,
  'settings/timeout/directory': 60,
  'settings/timeout/ftp': 900,
  'settings/timeout/ha7': 60,
  'settings/timeout/network': 1,
  'settings/timeout/presence': 120,
  'settings/timeout/serial': 5,
  'settings/timeout/server': 10,
  'settings/timeout/stable': 300,
  'settings/timeout/usb': 5,
  'settings/timeout/volatile': 15,
  'settings/timeout/w1': 30,
  'settings/units/pressure_scale': 'mbar',
  'settings/units/temperature_scale': 'C',
  'simultaneous/single': NO_SERIAL,
  'simultaneous/single_ds2400': NO_SERIAL,
  'system/configuration/version': OWFS_VERSION,
  'system/connections/count_current_buses': 1,
  'system/connections/count_outbound_connections': 1,
  'system/process/pid': process.pid,
};

/** The properties of the server: settings, system, statistics, simultaneous, interface. */
export class ServerProperties {
  readonly #bus: Bus;
  readonly #values = new Map<string, Value>(Object.entries(START));

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  read(property: Property, index: number): Value[] {
    if (index !== ALL) return [this.#element(property, index)];
    return Array.from({ length: property.elements }, (_, position) =>
      this.#element(property, position),
    );
  }

  write(property: Property, values: readonly Value[]): MaybePromise<void> {
    const { name } = property;
    const [value = 0] = values;
    if (name === 'simultaneous/temperature')
      return value === 0 ? undefined : this.#bus.convertAll();
    if (name === 'settings/timeout/volatile') this.#bus.cache.volatileMs = Number(value) * 1000;
    this.#values.set(name, value);
    return undefined;
  }

  #element(property: Property, index: number): Value {
    switch (property.name) {
      case 'settings/alias/list':
        return this.#aliasList();
      case 'settings/return_codes/text':
        return returnText(index);
      case 'simultaneous/temperature':
        return Number(this.#bus.simultaneousIsValid);
      default:
        return this.#values.get(property.name) ?? (property.type === 'a' ? '' : 0);
    }
  }

  /** One `serial=alias` a line, sorted by serial. */
  #aliasList(): string {
    const named = this.#bus.devices.filter((device) => device.alias !== '');
    const lines = named.map(
      ({ serial, alias }) => `${serial.family}${serial.id}${serial.crc}=${alias}\r\n`,
    );
    return lines.sort().join('');
  }
}
