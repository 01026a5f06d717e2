import type { Aliases } from './aliases.js';
import type { Device } from './device.js';
import type { ChipTypes } from './chip-types.js';
import { OwError } from '../errors/ow-error.js';
import type { Entry } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { setting } from '../errors/phrases.js';
import type { DeviceFormat } from '../protocol/index.js';
import { formatDeviceId, parseDeviceId, type DeviceId } from '../values/device-id.js';
import { lastElement, parsePath, renameDevices } from '../values/path.js';

/** Makes devices of the entries of listings. */
export class Devices {
  readonly #aliases: Aliases;
  readonly #chipTypes: ChipTypes;
  readonly #format: DeviceFormat;

  constructor(aliases: Aliases, chipTypes: ChipTypes, format: DeviceFormat) {
    this.#aliases = aliases;
    this.#chipTypes = chipTypes;
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
    const aliases = await this.#aliasesAmong(entries, patience);
    const devices: Device[] = [];
    for (const { path } of entries) {
      const name = lastElement(path);
      const id = parseDeviceId(name) ?? aliases.get(name);
      if (!id || (wanted !== undefined && id.family !== wanted)) continue;
      const alias = parseDeviceId(name) ? undefined : name;
      const own = formatDeviceId(id, this.#format);
      const byId = renameDevices(`${path.slice(0, -name.length)}${own}`, (element) => {
        const device = aliases.get(element);
        return device ? formatDeviceId(device, this.#format) : element;
      });
      devices.push(await this.#describe(byId, alias, id, patience));
    }
    return devices;
  }

  /** Those are new that a listing shows: then the list is fetched anew. */
  async #aliasesAmong(
    entries: readonly Entry[],
    patience: Patience,
  ): Promise<ReadonlyMap<string, DeviceId>> {
    if (entries.some((entry) => isAlias(entry))) return this.#aliases.fetch(patience);
    return this.#aliases.in(
      entries.slice(0, 1).map(({ path }) => path),
      patience,
    );
  }

  async #describe(
    path: string,
    alias: string | undefined,
    id: DeviceId,
    patience: Patience,
  ): Promise<Device> {
    const type = await this.#chipTypes.of(id.family, path, patience);
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
