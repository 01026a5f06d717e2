import type { Buses } from '../bus/buses.js';
import { toldApart } from '../bus/told-apart.js';
import type { Device } from '../knowledge/device.js';
import type { Devices } from '../knowledge/devices.js';
import type { RequestFlags } from '../protocol/index.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';

/** What a list of devices is made with. */
interface ListParts {
  readonly listings: Listings;
  readonly devices: Devices;
  readonly buses: Buses;
}

/** The devices in a directory; those of one family only, when it is given. */
export async function listDevices(
  { listings, devices, buses }: ListParts,
  directory: string,
  flags: RequestFlags,
  family: string | undefined,
  patience: Patience,
): Promise<Device[]> {
  const entries = await listings.list(directory, flags, patience);
  return toldApart(await devices.identify(entries, family, patience), buses, patience);
}
