import type { Device } from '../knowledge/device.js';
import type { Patience } from '../requests/messenger.js';
import { formatDeviceId, parseDeviceId } from '../values/device-id.js';
import type { Buses } from './buses.js';

/**
 * Tells apart what owserver lists several times with one path: a device that is on several buses has
 * the path and the number of each. One that no bus shows by itself is there once.
 */
export async function toldApart(
  devices: readonly Device[],
  buses: Buses,
  patience: Patience,
): Promise<Device[]> {
  const times = new Map<string, number>();
  for (const { path } of devices) times.set(path, (times.get(path) ?? 0) + 1);
  if (times.size === devices.length) return [...devices];
  const shown = new Map<string, Promise<Device[]>>();
  const lists = devices.map(async (device): Promise<Device[]> => {
    const count = times.get(device.path) ?? 1;
    if (count === 1) return [device];
    if (shown.has(device.path)) return [];
    const each = onEach(device, count, buses, patience);
    shown.set(device.path, each);
    return each;
  });
  return (await Promise.all(lists)).flat();
}

async function onEach(
  device: Device,
  count: number,
  buses: Buses,
  patience: Patience,
): Promise<Device[]> {
  const { id, path } = device;
  const address = parseDeviceId(id);
  // What is behind a coupler, or on a bus that was named, is on no other bus.
  if (!address || device.bus !== undefined || path.split('/').length !== 2) return [device];
  const found = await buses.all(formatDeviceId(address, 'f.i'), count, patience);
  if (found.length === 0) return [device];
  return found.map((bus) => ({ ...device, path: `/bus.${bus}${path}`, bus }));
}
