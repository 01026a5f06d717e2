import type { Aliases } from './aliases.js';
import { ORNAMENT_MS, type ChipTypes } from './chip-types.js';
import { Kept } from '../transport/kept.js';
import type { Patience } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import { within } from '../transport/within.js';
import { formatDeviceId, parseDeviceId, type DeviceId } from '../values/device-id.js';
import {
  busFirst,
  byIds,
  exactPath,
  hidesAlias,
  inOwserversWords,
  parsePath,
  passesCache,
  renameDevices,
  type ParsedPath,
} from '../values/path.js';
import type { FamilyTables, Kind } from './family-tables.js';
import type { Property } from '../values/structure.js';
import { unitOf } from '../values/units.js';

/** What is known of a path before it is read or written. */
export interface Facts {
  /** The path as it was given, normalized: what fails is told for this one. */
  readonly asked: string;
  /** The path as answers show it: with the ids of devices, which stay when a name changes. */
  readonly path: string;
  /** The path as it is sent: with the id in place of an alias. */
  readonly sendPath: string;
  /** Does owserver never answer it from its cache? */
  readonly fresh: boolean;
  /** Path of the device's directory, as it is sent. */
  readonly directory?: string;
  /** The device's address in the format that was set. */
  readonly id?: string;
  readonly alias?: string;
  /** Two hex digits. */
  readonly family?: string;
  /** Id of what is on the trunk of the bus: of the device, or of the coupler that it is behind. */
  readonly trunk?: string;
  readonly behindCoupler?: boolean;
  /** Number of the bus, when the path says it. */
  readonly bus?: number;
  /** What follows the device in the path. */
  readonly propertyPath?: string;
  readonly property?: Property;
  readonly unit?: string;
}

/** Where a value came from or went to, as far as it is known. */
export interface Details {
  /** With the ids of devices, whatever they were called. */
  readonly path: string;
  readonly id?: string;
  readonly alias?: string;
  /** Two hex digits. */
  readonly family?: string;
  /** Name of the chip, such as DS18B20. */
  readonly type?: string;
  /** The property, such as `temperature` or `PIO.0`. */
  readonly property?: string;
  /** Number of the bus, when the path says it. */
  readonly bus?: number;
  readonly unit?: string;
}

/** What an answer cost. */
export interface Cost {
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Times that a request for it was sent. */
  readonly attempts: number;
}

/** Most characters of the paths that facts are kept of: 5,000 of them, as they mostly are. */
const LIMIT = 5_000 * 60;

/** How long facts are believed that rest on an alias, on a property that was not found, or on no answer. */
const DOUBTFUL_MS = 15_000;

/** What came of looking for a path: its kind where the tables have it, and the coupler that it calls by its alias. */
interface Found {
  readonly facts: Facts;
  readonly kind?: Kind;
  readonly hub?: DeviceId;
}

/** Learns what paths are about, once, from owserver's own tables. */
export class PathFacts {
  readonly #chipTypes: ChipTypes;
  readonly #aliases: Aliases;
  readonly #familyTables: FamilyTables;
  readonly #options: ResolvedOptions;
  readonly #facts = new Kept<unknown, Facts>({
    limit: LIMIT,
    weigh: ({ path }) => path.length,
  });
  readonly #details = new WeakMap<Facts, Details>();

  constructor(
    chipTypes: ChipTypes,
    aliases: Aliases,
    familyTables: FamilyTables,
    options: ResolvedOptions,
  ) {
    this.#chipTypes = chipTypes;
    this.#aliases = aliases;
    this.#familyTables = familyTables;
    this.#options = options;
  }

  /** Facts of a path that was asked about before, while they are believed. */
  known(path: unknown): Facts | undefined {
    return this.#facts.get(path);
  }

  /** @throws OwError EOW_VALUE for a path that cannot be sent, or that of a table on the way. */
  async learn(given: unknown, patience: Patience): Promise<Facts> {
    const exact = exactPath(given);
    const asked = exact.trimEnd();
    // A blank at the end is a slip, but where owserver's tables have such a name.
    const found = exact === asked ? undefined : await this.#find(exact, patience);
    const { facts, hub } = found?.kind ? found : await this.#find(asked, patience);
    const { alias, propertyPath, property } = facts;
    const isNamed = alias !== undefined || hub !== undefined;
    const doubtful = isNamed || (propertyPath !== undefined && !property);
    this.#facts.set(given, facts, doubtful ? DOUBTFUL_MS : Infinity);
    return facts;
  }

  /** The property of the same device that is called so, if it has one. */
  async sibling(facts: Facts, name: string, patience: Patience): Promise<Facts | undefined> {
    const { directory, family } = facts;
    if (directory === undefined || family === undefined) return undefined;
    const property = await this.#familyTables.find(family, name, patience);
    if (!property || property === 'directory') return undefined;
    return { ...facts, sendPath: `${directory}/${name}`, propertyPath: name, property };
  }

  /** What answers tell about a path, when nothing has to be asked for it. */
  knownDetails(facts: Facts, patience: Patience): Details | undefined {
    const details = this.#details.get(facts);
    if (details?.id !== undefined) void this.#aliases.refresh(patience);
    return details;
  }

  /** What answers tell about a path; the chip's name may have to be asked for. */
  async details(facts: Facts, patience: Patience): Promise<Details> {
    const { family, directory } = facts;
    const naming = this.identity(facts, patience);
    const type =
      family && directory ? await this.#chipTypes.of(family, directory, patience) : undefined;
    const details = { ...(await naming), ...(type !== undefined && { type }) };
    if (type !== undefined || family === undefined) this.#details.set(facts, details);
    return details;
  }

  /** What is known of a path without asking its device. */
  async identity(facts: Facts, patience: Patience): Promise<Details> {
    const { path, id, family, propertyPath, bus, unit } = facts;
    const naming = id === undefined ? undefined : this.#aliases.refresh(patience);
    if (naming) await patience.deadline.wait(within(ORNAMENT_MS, naming)).catch(() => undefined);
    const alias = facts.alias ?? this.#aliasOf(id);
    return {
      path,
      ...(id !== undefined && { id }),
      ...(alias !== undefined && { alias }),
      ...(family !== undefined && { family }),
      ...(propertyPath !== undefined && { property: propertyPath }),
      ...(bus !== undefined && { bus }),
      ...(unit !== undefined && { unit }),
    };
  }

  /** Forgets what was learned of paths; what families have stays. */
  forget(): void {
    this.#facts.clear();
  }

  #aliasOf(id: string | undefined): string | undefined {
    const device = id === undefined ? undefined : parseDeviceId(id);
    return device && this.#aliases.nameOf(device);
  }

  async #find(asked: string, patience: Patience): Promise<Found> {
    const located = await this.#locate(inOwserversWords(asked), patience);
    const device = await this.#identify(located, patience);
    const hub = await this.#identifyHub(located, patience);
    // Once a device was renamed owserver's own look-up by name may miss any name, or take it for the device
    // that was renamed: it frees the old name and leaves it in its tree (owlib/src/c/ow_cache.c,
    // `Cache_Del_Alias_Persistent`). Its list of aliases stays right.
    const { element, coupler } = located;
    const parsed = byIds(located, (name) => {
      if (name === element) return device;
      return name === coupler ? hub : undefined;
    });
    const kind =
      device && parsed.property
        ? await this.#familyTables.find(device.family, parsed.property, patience)
        : undefined;
    const path = await this.#byId(located, device, patience);
    const property = kind === 'directory' ? undefined : kind;
    const facts = this.#describe({ asked, path }, parsed, device, property);
    return { facts, ...(kind && { kind }), ...(hub && { hub }) };
  }

  /** The path with ids: of the device, and of the couplers that it is behind. */
  async #byId(
    parsed: ParsedPath,
    device: DeviceId | undefined,
    patience: Patience,
  ): Promise<string> {
    const { path, element, coupler } = parsed;
    const names = coupler === undefined ? undefined : await this.#aliases.in([path], patience);
    return renameDevices(path, (name) => {
      const id = parseDeviceId(name) ?? (name === element ? device : names?.get(name));
      return id ? formatDeviceId(id, this.#options.deviceFormat) : name;
    });
  }

  /** An alias that begins like a reserved directory leads astray in owserver: its id takes its place. */
  async #locate(path: string, patience: Patience): Promise<ParsedPath> {
    const sent = busFirst(path);
    const element = path.split('/').find(hidesAlias);
    if (element === undefined) return parsePath(sent);
    const device = (await this.#aliases.fetch(patience)).get(element);
    if (!device) return parsePath(sent);
    const id = formatDeviceId(device, 'f.i');
    return { ...parsePath(sent.replace(`/${element}`, `/${id}`)), element };
  }

  async #identify(parsed: ParsedPath, patience: Patience): Promise<DeviceId | undefined> {
    const { deviceId, element, directory } = parsed;
    if (deviceId || element === undefined || directory === undefined) return deviceId;
    return this.#aliases.find(element, directory, patience);
  }

  /** The coupler that a path calls by its alias. */
  async #identifyHub(
    { path, coupler }: ParsedPath,
    patience: Patience,
  ): Promise<DeviceId | undefined> {
    if (coupler === undefined || parseDeviceId(coupler)) return undefined;
    const end = path.indexOf(`/${coupler}/`) + coupler.length + 1;
    return this.#aliases.find(coupler, path.slice(0, end), patience);
  }

  #describe(
    paths: Pick<Facts, 'asked' | 'path'>,
    parsed: ParsedPath,
    device?: DeviceId,
    property?: Property,
  ): Facts {
    const { element, directory, coupler, bus, property: propertyPath } = parsed;
    const trunk = coupler === undefined ? device : parseDeviceId(coupler);
    const unit = unitOf(property, this.#options);
    return {
      ...paths,
      sendPath: parsed.path,
      fresh: directory === undefined || passesCache(parsed),
      ...(directory !== undefined && { directory }),
      ...(device && {
        id: formatDeviceId(device, this.#options.deviceFormat),
        family: device.family,
      }),
      ...(trunk && { trunk: formatDeviceId(trunk, 'f.i') }),
      ...(coupler !== undefined && { behindCoupler: true }),
      ...(bus !== undefined && { bus }),
      ...(element !== undefined && !parseDeviceId(element) && { alias: element }),
      ...(propertyPath !== undefined && { propertyPath }),
      ...(property && { property }),
      ...(unit !== undefined && { unit }),
    };
  }
}
