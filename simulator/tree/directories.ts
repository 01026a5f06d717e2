import type { Bus } from '../bus.js';
import type { Device } from '../device.js';
import { andThen } from '../maybe-promise.js';
import { formatSerial } from '../serial.js';
import type { Listing, Node, Query } from './node.js';
import type { Entry } from './table.js';

const EXTRAS = ['settings', 'system', 'statistics', 'structure', 'simultaneous', 'alarm'];

const folder = (name: string): Entry => ({ name, directory: true });

/** `/` and `/uncached`: the devices, and with the bus-return flag what else is there. */
export function rootNode(bus: Bus, query: Query): Node {
  const extras = ['bus.0', ...(query.uncached ? [] : ['uncached']), ...EXTRAS];
  const after = query.busReturn ? extras.map(folder) : [];
  return {
    kind: 'directory',
    list: () => andThen(bus.list(query.uncached), (devices) => listing([], devices, after, query)),
  };
}

/** `/bus.0`: never from the cache. */
export function busNode(bus: Bus, query: Query): Node {
  const after = ['simultaneous', 'alarm'].map(folder);
  return {
    kind: 'directory',
    list: () =>
      andThen(bus.list(true), (devices) => listing([folder('interface')], devices, after, query)),
  };
}

/** `/alarm`: never from the cache. */
export function alarmNode(bus: Bus, query: Query): Node {
  return {
    kind: 'directory',
    list: () => andThen(bus.alarms(), (devices) => listing([], devices, [], query)),
  };
}

function listing(
  before: Entry[],
  devices: readonly Device[],
  after: Entry[],
  query: Query,
): Listing {
  const entries = devices.map((device) => folder(deviceName(device, query)));
  const classFlags = devices.reduce((flags, device) => flags | device.family.classFlags, 0);
  return { entries: [...before, ...entries, ...after], classFlags };
}

/** The alias of a device, or its id in the format that the request asks for. */
function deviceName(device: Device, query: Query): string {
  const hasAlias = device.alias !== '' && !query.unaliased;
  return hasAlias ? device.alias : formatSerial(device.serial, query.format);
}
