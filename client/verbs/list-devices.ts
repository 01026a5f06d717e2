import type { Buses } from '../bus/buses.js';
import { toldApart } from '../bus/told-apart.js';
import type { DeviceLists } from '../knowledge/device-lists.js';
import type { Device } from '../knowledge/device.js';
import type { Devices } from '../knowledge/devices.js';
import type { ListOptions } from './options.js';
import type { RequestFlags } from '../protocol/index.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';

/** How a directory is listed for these options. */
export function listFlags({ source, busReturn = false }: ListOptions): RequestFlags {
  return { uncached: source === 'uncached', busReturn };
}

/** What lists of devices are made with. */
export interface ListParts {
  readonly listings: Pick<Listings, 'list'>;
  readonly devices: Devices;
  readonly lists: DeviceLists;
  readonly buses: Buses;
}

/** Which devices are listed, and how. */
interface Wanted {
  readonly path: string;
  readonly family: string | undefined;
  readonly flags: RequestFlags;
}

/** The devices in a directory, which patterns then know too. */
export async function listDevices(
  { listings, devices, lists, buses }: ListParts,
  { path, family, flags }: Wanted,
  patience: Patience,
): Promise<Device[]> {
  const entries = await listings.list(path, flags, patience);
  // Of a family alone no list can be made; where there is one already the others are known, too.
  const whole = family === undefined || lists.has(path);
  const found = await devices.identify(entries, whole ? undefined : family, patience);
  if (whole) lists.listed(path, found, flags);
  const wanted = found.filter(
    (device) => family === undefined || device.family === family.toUpperCase(),
  );
  return toldApart(wanted, buses, patience);
}
