import { toldApart } from '../bus/told-apart.js';
import type { Device } from '../knowledge/device.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import type { ListParts } from './list-devices.js';

/** What the list of alarms is made with. */
type AlarmParts = Pick<ListParts, 'devices' | 'buses'> & {
  readonly listings: Pick<Listings, 'list'>;
};

/** The devices in alarm, with their paths outside of the directory of alarms, where they have more. */
export async function listAlarms(
  { listings, devices, buses }: AlarmParts,
  path: string,
  family: string | undefined,
  patience: Patience,
): Promise<Device[]> {
  const directory = `${path.replace(/\/(alarm)?$/, '')}/alarm`;
  const entries = await listings.list(directory, {}, patience);
  const outside = entries.map((entry) => ({
    ...entry,
    path: entry.path.replace(/\/alarm(?=\/)/, ''),
  }));
  return toldApart(await devices.identify(outside, family, patience), buses, patience);
}
