import type { Buses } from '../bus/buses.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import type { Device } from '../knowledge/device.js';
import type { Patience } from '../requests/messenger.js';

/** What one bus, or one directory, listed: its devices, or why it did not. */
export interface Part {
  /** The directory that was listed, such as `/bus.1`. */
  readonly place: string;
  readonly listed: readonly Device[] | OwError;
}

/** What was listed of one path that was asked for. */
export interface Listed {
  readonly devices: readonly Device[];
  readonly parts: readonly Part[];
}

type List = (path: string, patience: Patience) => Promise<Device[]>;

/** The top of owserver: the devices of all buses. */
export const TOP = '/';

/** The whole of one directory as one part. */
export async function listWhole(path: string, list: List, patience: Patience): Promise<Listed> {
  const devices = await list(path, patience);
  return { devices, parts: [{ place: path, listed: devices }] };
}

/**
 * The same of each bus by itself, where the top of several is asked for: of all of them together owserver
 * lists less, without an error, when one is dead (owlib/src/c/ow_dir.c, `FS_dir_all_connections`), and does not
 * say who is on which. It searches each bus once in either case.
 * @throws OwError when no bus could be listed.
 */
export async function listByBus(
  buses: Buses,
  path: string,
  list: List,
  patience: Patience,
): Promise<Listed> {
  const count = path === TOP ? await buses.count(patience) : 0;
  if (count < 2) return listWhole(path, list, patience);
  const each = Array.from({ length: count }, async (_, bus): Promise<Part> => {
    const place = `/bus.${bus}`;
    try {
      return { place, listed: await list(place, patience) };
    } catch (thrown) {
      return { place, listed: toOwError(thrown).withPath(place) };
    }
  });
  const parts = await Promise.all(each);
  const failures = failuresOf(parts);
  const [first] = failures;
  if (first && failures.length === count) throw first;
  return atTop(parts);
}

/** Why some of the places could not be listed. */
export function failuresOf(parts: readonly Part[]): OwError[] {
  return parts.map(({ listed }) => listed).filter(isFailure);
}

export function isFailure(listed: Part['listed']): listed is OwError {
  return listed instanceof OwError;
}

/** With the paths that the top lists: only who is on several buses has the number of each before its path. */
function atTop(parts: readonly Part[]): Listed {
  const times = new Map<string, number>();
  for (const { listed } of parts) {
    if (isFailure(listed)) continue;
    for (const { id } of listed) times.set(id, (times.get(id) ?? 0) + 1);
  }
  const asAtTop = (device: Device): Device =>
    times.get(device.id) === 1
      ? { ...device, path: device.path.replace(/^\/bus\.\d+(?=\/)/, '') }
      : device;
  const places = parts.map(({ place, listed }) => ({
    place,
    listed: isFailure(listed) ? listed : listed.map(asAtTop),
  }));
  const devices = places.flatMap(({ listed }) => (isFailure(listed) ? [] : listed));
  return { devices, parts: places };
}
