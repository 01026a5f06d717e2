import type { Aliases } from './aliases.js';
import type { Device } from './device.js';
import type { PathFacts } from './path-facts.js';
import { OwError } from '../errors/ow-error.js';
import type { Entry } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { setting } from '../errors/phrases.js';
import type { DeviceFormat } from '../protocol/index.js';
import { formatDeviceId, parseDeviceId, type DeviceId } from '../values/device-id.js';
import { hidesAlias, lastElement, parsePath } from '../values/path.js';

/** Makes devices of the entries of listings. */
export class Devices {
  readonly #aliases: Aliases;
  readonly #pathFacts: PathFacts;
  readonly #format: DeviceFormat;

  constructor(aliases: Aliases, pathFacts: PathFacts, format: DeviceFormat) {
    this.#aliases = aliases;
    this.#pathFacts = pathFacts;
    this.#format = format;
  }

  /**
   * The devices among the entries; those of one family only, when it is given.
   * @throws OwError EOW_VALUE for a family that is none, instead of an empty list.
   */
  async identify(
    entries: readonly Entry[],
    family: string | undefined,
    patience: Patience,
  ): Promise<Device[]> {
    const wanted = checkFamily(family);
    const named = entries.filter((entry) => isAlias(entry));
    const aliases =
      named.length > 0 ? await this.#aliases.fetch(patience) : new Map<string, DeviceId>();
    const devices: Device[] = [];
    for (const { path } of entries) {
      const name = lastElement(path);
      const id = parseDeviceId(name) ?? aliases.get(name);
      if (!id || (wanted !== undefined && id.family !== wanted)) continue;
      devices.push(await this.#describe(path, name, id, patience));
    }
    return devices;
  }

  async #describe(listed: string, name: string, id: DeviceId, patience: Patience): Promise<Device> {
    const alias = parseDeviceId(name) ? undefined : name;
    const path = hidesAlias(name)
      ? `${listed.slice(0, -name.length)}${formatDeviceId(id, 'f.i')}`
      : listed;
    const type = await this.#pathFacts.type(id.family, path, patience);
    const { bus } = parsePath(path);
    return {
      path,
      id: formatDeviceId(id, this.#format),
      ...(alias !== undefined && { alias }),
      family: id.family,
      ...(type !== undefined && { type }),
      ...(bus !== undefined && { bus }),
    };
  }
}

/** Directories at the top of a bus that are no devices carry these names; owlib/src/c/ow_dir.c. */
const NO_DEVICE =
  /^(bus\.\d+|uncached|unaliased|settings|system|statistics|structure|simultaneous|alarm|interface)$/;

function checkFamily(family: string | undefined): string | undefined {
  if (family === undefined || /^[0-9a-f]{2}$/i.test(family)) return family?.toUpperCase();
  const wanted = { id: 'wanted.family' } as const;
  throw new OwError('badOption', { name: setting('family'), value: `"${family}"`, wanted });
}

function isAlias({ path, directory }: Entry): boolean {
  const name = lastElement(path);
  return directory !== false && !parseDeviceId(name) && !NO_DEVICE.test(name);
}
