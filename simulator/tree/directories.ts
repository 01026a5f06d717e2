import type { Device } from '../bus/device.js';
import { ClassFlag } from '../bus/families.js';
import { andThen } from '../maybe-promise.js';
import type { Found, Network, Place } from '../bus/network.js';
import { formatSerial } from '../serial.js';
import type { Listing, Node, Query } from './node.js';
import type { Entry } from './table.js';

/** What the root lists with the bus-return flag, after its buses. */
const EXTRAS = ['uncached', 'settings', 'system', 'statistics', 'structure'];

const folder = (name: string): Entry => ({ name, directory: true });

/**
 * A directory of devices, and what else owserver lists there: `/`, `/bus.0`, a branch of a coupler;
 * owlib/src/c/ow_dir.c, `FS_dir_both`.
 */
export function directoryNode(
  network: Network,
  place: Place,
  query: Query,
  hasStructure: boolean,
): Node {
  const isTrunk = place.route === '';
  const hidden = [query.uncached ? 'uncached' : '', hasStructure ? '' : 'structure'];
  const before = place.bus && isTrunk ? ['interface'] : [];
  const extras = place.bus || !query.busReturn || !isTrunk ? [] : rootExtras(network, hidden);
  const showsClasses = place.bus !== undefined || query.busReturn;
  return {
    kind: 'directory',
    list: () =>
      andThen(network.list(place, query.uncached), (found) => {
        const { entries, classFlags } = devicesIn(found, query);
        const after = [...extras, ...(showsClasses ? classFolders(classFlags) : [])];
        return { entries: [...before.map(folder), ...entries, ...after.map(folder)], classFlags };
      }),
  };
}

/** The devices in alarm; never from the cache. */
export function alarmNode(network: Network, place: Place, query: Query): Node {
  return {
    kind: 'directory',
    list: () =>
      andThen(network.alarms(place), (found) => ({ ...devicesIn(found, query), classFlags: 0 })),
  };
}

function rootExtras(network: Network, hidden: readonly string[]): string[] {
  const buses = network.buses.map(({ number }) => `bus.${number}`).reverse();
  return [...buses, ...EXTRAS.filter((name) => !hidden.includes(name))];
}

/** Folders that are there only when a device of that class is. */
function classFolders(classFlags: number): string[] {
  const converts = (classFlags & (ClassFlag.temperature | ClassFlag.voltage)) !== 0;
  const alarms = (classFlags & ClassFlag.alarm) !== 0;
  return [...(converts ? ['simultaneous'] : []), ...(alarms ? ['alarm'] : [])];
}

/** Of several buses, owserver returns the class bits of the newest only. */
function devicesIn(found: Found, query: Query): Listing {
  const [newest = []] = found;
  const entries = found.flat().map((device) => folder(deviceName(device, query)));
  const classFlags = newest.reduce((flags, device) => flags | device.family.classFlags, 0);
  return { entries, classFlags };
}

/** The alias of a device, or its id in the format that the request asks for. */
function deviceName(device: Device, query: Query): string {
  const hasAlias = device.alias !== '' && !query.unaliased;
  return hasAlias ? device.alias : formatSerial(device.serial, query.format);
}
