import type { MaybePromise } from '../maybe-promise.js';
import type { Network, Place } from '../bus/network.js';
import { ALL, type Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { returnText } from '../refusal.js';

/** The release whose behaviour this simulator follows. */
export const OWFS_VERSION = '3.2p4';

/** What a fresh owserver shows; anything else is 0 or empty. */
const START: Readonly<Record<string, Value>> = {
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
  'simultaneous/present': 1,
  'simultaneous/present_ds2400': 1,
  'system/configuration/version': OWFS_VERSION,
  'system/connections/count_outbound_connections': 1,
  'system/process/pid': process.pid,
};

/** The properties of the server: settings, system, statistics, simultaneous, interface. */
export class ServerProperties {
  readonly #network: Network;
  readonly #values = new Map<string, Value>(Object.entries(START));

  constructor(network: Network) {
    this.#network = network;
  }

  read(property: Property, index: number, place: Place): Value[] {
    if (index !== ALL) return [this.#element(property, index, place)];
    return Array.from({ length: property.elements }, (_, position) =>
      this.#element(property, position, place),
    );
  }

  write(property: Property, values: readonly Value[], place: Place): MaybePromise<void> {
    const { name } = property;
    const [value = 0] = values;
    if (name === 'simultaneous/temperature')
      return value === 0 ? undefined : this.#network.convertAll(place);
    const { life } = this.#network.cache;
    const timeout = name.replace('settings/timeout/', '');
    if (isLife(timeout, life)) life[timeout] = Number(value);
    this.#values.set(keyOf(name, place), value);
    return undefined;
  }

  #element(property: Property, index: number, place: Place): Value {
    const { name } = property;
    switch (name) {
      case 'interface/settings/address':
        return `simulator.${place.bus?.number ?? 0}`;
      case 'interface/settings/name':
        return place.bus && this.#network.remotes.has(place.bus) ? 'tcp' : 'Simulator';
      case 'settings/alias/list':
        return this.#aliasList();
      case 'settings/return_codes/text':
        return returnText(index);
      case 'simultaneous/single':
      case 'simultaneous/single_ds2400':
        return this.#single(place);
      case 'simultaneous/temperature':
        // owserver looks for its mark under another key than it is kept under; ow_simultaneous.c
        return 0;
      case 'system/connections/count_current_buses':
        return this.#network.buses.length;
      default:
        return (
          this.#values.get(keyOf(name, place)) ??
          this.#values.get(name) ??
          (property.type === 'a' ? '' : 0)
        );
    }
  }

  /** The only device on a bus; several spoil each other's answer. */
  #single({ bus = this.#network.buses[0], route }: Place): string {
    const here = bus?.devices.filter((device) => bus.reaches(device, route)) ?? [];
    return here.length === 1 ? (here[0]?.id ?? '') : '';
  }

  /** One `serial=alias` a line, sorted by serial. */
  #aliasList(): string {
    const named = this.#network.devices.filter((device) => device.alias !== '');
    const lines = named.map(
      ({ serial, alias }) => `${serial.family}${serial.id}${serial.crc}=${alias}\r\n`,
    );
    return lines.sort().join('');
  }
}

function isLife<T extends object>(name: string, life: T): name is Extract<keyof T, string> {
  return name in life;
}

/** Each bus has an interface of its own. */
function keyOf(name: string, { bus }: Place): string {
  return bus ? `bus.${bus.number}/${name}` : name;
}
