import type { Aliases } from './aliases.js';
import { Deadline } from '../transport/deadline.js';
import { Kept } from '../transport/kept.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import { SingleFlight } from '../transport/single-flight.js';
import { within } from '../transport/within.js';
import { decodeShort } from '../protocol/index.js';
import { formatDeviceId, parseDeviceId, type DeviceId } from '../values/device-id.js';
import {
  busFirst,
  byIds,
  exactPath,
  hidesAlias,
  inOwserversWords,
  parsePath,
  passesCache,
  type ParsedPath,
} from '../values/path.js';
import type { FamilyTables, Kind } from './family-tables.js';
import type { Property } from '../values/structure.js';
import { unitOf } from '../values/units.js';

/** What is known of a path before it is read or written. */
export interface Facts {
  /** The path as it was given, normalized: what fails is told for this one. */
  readonly asked: string;
  /** The path as answers show it. */
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

/** Most names of chips that are kept: a family is two hex digits. */
const MOST_FAMILIES = 256;

/** How long facts are believed that rest on an alias, on a property that was not found, or on no answer. */
const DOUBTFUL_MS = 15_000;

/** Longest wait for what only adorns an answer: with a dead bus owserver may look for a device for seconds. */
const ORNAMENT_MS = 1_000;

/** What came of looking for a path: its kind where the tables have it, and the coupler that it calls by its alias. */
interface Found {
  readonly facts: Facts;
  readonly kind?: Kind;
  readonly hub?: DeviceId;
}

/** Learns what paths are about, once, from owserver's own tables. */
export class PathFacts {
  readonly #messenger: Messenger;
  readonly #aliases: Aliases;
  readonly #familyTables: FamilyTables;
  readonly #options: ResolvedOptions;
  readonly #facts = new Kept<unknown, Facts>({
    limit: LIMIT,
    weigh: ({ path }) => path.length,
  });
  readonly #details = new WeakMap<Facts, Details>();
  /** Names of chips, by family; an empty one when there is none to be had. */
  readonly #types = new Kept<string, string>({ limit: MOST_FAMILIES });
  readonly #askedTypes = new SingleFlight<string, string | undefined>();

  constructor(
    messenger: Messenger,
    aliases: Aliases,
    familyTables: FamilyTables,
    options: ResolvedOptions,
  ) {
    this.#messenger = messenger;
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

  /**
   * The name of a family's chips, such as DS18B20, read from one of its devices and kept. It is only
   * an ornament: that it cannot be had is no reason for the operation to fail.
   */
  async type(family: string, directory: string, patience: Patience): Promise<string | undefined> {
    const known = this.#types.get(family);
    const type =
      known ??
      (await this.#askedTypes.ask(family, () => this.#askType(family, directory, patience)));
    return type === '' ? undefined : type;
  }

  /** Resolves in time, with nothing if need be; what comes later is kept all the same. */
  async #askType(
    family: string,
    directory: string,
    patience: Patience,
  ): Promise<string | undefined> {
    const path = `${directory}/type`;
    const deadline = new Deadline(patience.deadline.totalMs);
    // It may go on when the operation has ended: nobody is told then that it waits.
    const own = { ...patience, deadline, onWait: undefined };
    const answered = this.#messenger.exchange({ type: 'read', path }, own);
    const kept = answered.then(
      ({ data }) => {
        const type = decodeShort(data);
        this.#types.set(family, type, type === '' ? DOUBTFUL_MS : Infinity);
        return type;
      },
      () => {
        this.#types.delete(family);
        return '';
      },
    );
    // Nobody else waits for this answer again: there is none until it comes.
    return within(Math.min(ORNAMENT_MS, patience.deadline.leftMs), kept, () =>
      this.#types.set(family, '', deadline.leftMs),
    );
  }

  /** What answers tell about a path, when nothing has to be asked for it. */
  knownDetails(facts: Facts, patience: Patience): Details | undefined {
    if (facts.id !== undefined) void this.#aliases.refresh(patience);
    return this.#details.get(facts);
  }

  /** What answers tell about a path; the chip's name may have to be asked for. */
  async details(facts: Facts, patience: Patience): Promise<Details> {
    const { path, id, family, directory, propertyPath, bus, unit } = facts;
    const naming = id === undefined ? undefined : this.#aliases.refresh(patience);
    const type = family && directory ? await this.type(family, directory, patience) : undefined;
    if (naming) await within(ORNAMENT_MS, naming);
    const alias = facts.alias ?? this.#aliasOf(id);
    const details: Details = {
      path,
      ...(id !== undefined && { id }),
      ...(alias !== undefined && { alias }),
      ...(family !== undefined && { family }),
      ...(type !== undefined && { type }),
      ...(propertyPath !== undefined && { property: propertyPath }),
      ...(bus !== undefined && { bus }),
      ...(unit !== undefined && { unit }),
    };
    if (type !== undefined || family === undefined) this.#details.set(facts, details);
    return details;
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
    const parsed = byIds(located, (name) => idOf(name === located.element ? device : hub));
    const kind =
      device && parsed.property
        ? await this.#familyTables.find(device.family, parsed.property, patience)
        : undefined;
    const property = kind === 'directory' ? undefined : kind;
    const facts = this.#describe(asked, parsed, device, property);
    return { facts, ...(kind && { kind }), ...(hub && { hub }) };
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

  #describe(asked: string, parsed: ParsedPath, device?: DeviceId, property?: Property): Facts {
    const { element, directory, coupler, bus, property: propertyPath } = parsed;
    const trunk = coupler === undefined ? device : parseDeviceId(coupler);
    const unit = unitOf(property, this.#options);
    return {
      asked,
      path: asked,
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

function idOf(device: DeviceId | undefined): string | undefined {
  return device && formatDeviceId(device, 'f.i');
}
