import type { Buses } from '../bus/buses.js';
import { toldApart } from '../bus/told-apart.js';
import type { PathFacts, Facts } from '../knowledge/path-facts.js';
import type { Device } from '../knowledge/device.js';
import type { DeviceLists } from '../knowledge/device-lists.js';
import type { Devices } from '../knowledge/devices.js';
import { toOwError } from '../errors/ow-error.js';
import type { PatternExpander } from '../knowledge/pattern-expander.js';
import type { MatchedPath, Use } from '../knowledge/pattern-properties.js';
import { forPath } from './for-path.js';
import type { Entry, Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { inTurns } from '../transport/in-turns.js';
import type { ResolvedOptions } from '../options.js';
import type { RequestFlags } from '../protocol/index.js';
import type { Kind, FamilyTables } from '../knowledge/family-tables.js';
import { isBranch, isPrefix, isReserved, lastElement } from '../values/path.js';
import { isPattern } from '../values/pattern.js';
import { describeProperty } from '../values/describe-property.js';
import type { PropertyInfo } from '../values/property-info.js';
import type { BrowseEntry } from './browse-entry.js';

/** What a browser needs. */
interface BrowserParts {
  readonly buses: Buses;
  readonly listings: Listings;
  readonly devices: Devices;
  readonly pathFacts: PathFacts;
  readonly familyTables: FamilyTables;
  readonly patternExpander: PatternExpander;
  readonly lists: DeviceLists;
  readonly options: ResolvedOptions;
}

/** Most tables that are asked for at a time: the queue is there for readings and writes. */
const TABLES_AT_ONCE = 4;

/** Most tables that are asked for: a directory of owserver's has fewer, counted by the first of an array. */
const MOST_TABLES = 1_000;

/** Lists a directory as people browse it: one listing, the rest from what is known of families. */
export class Browser {
  readonly #parts: BrowserParts;

  constructor(parts: BrowserParts) {
    this.#parts = parts;
  }

  /** What is in a directory: its devices, then the rest, each in owserver's order. */
  async browse(path: string, flags: RequestFlags, patience: Patience): Promise<BrowseEntry[]> {
    const { listings, devices, lists } = this.#parts;
    const facts = await this.#facts(path, patience);
    const hasDevices = holdsDevices(facts);
    const entries = within(facts, await listings.list(facts.sendPath, flags, patience));
    const all = hasDevices ? await devices.identify(entries, undefined, patience) : [];
    if (hasDevices) lists.listed(facts.path, all, flags);
    const found = await toldApart(all, this.#parts.buses, patience);
    const listed = new Set(found.map((device) => device.alias ?? lastElement(device.path)));
    const others = entries.filter((entry) => !listed.has(lastElement(entry.path)));
    return [
      ...found.map(toDevice),
      ...(hasDevices || facts.family === undefined
        ? others.map(toOther)
        : await this.#properties(facts, facts.family, others, patience)),
    ];
  }

  /**
   * What is known of one property, or of the first that a pattern stands for; nothing for what is not
   * there, and what owserver's tables do not have.
   */
  async describe(path: string, patience: Patience): Promise<PropertyInfo | undefined> {
    if (!isPattern(path)) return this.#describeOne(path, patience);
    const [first, ...others] = await this.#allMatches(path, patience);
    const info = first && (await this.#describeOne(first.path, patience));
    return info && { ...info, matches: others.length + 1 };
  }

  async #describeOne(path: string, patience: Patience): Promise<PropertyInfo | undefined> {
    const { property } = await this.#facts(path, patience);
    if (!property || isDirectory(property)) return undefined;
    return describeProperty(property, this.#parts.options);
  }

  #facts(path: string | undefined, patience: Patience): Promise<Facts> {
    return forPath(this.#parts.pathFacts, path, patience, (facts) => Promise.resolve(facts));
  }

  /** What a device's directory holds. */
  async #properties(
    { propertyPath }: Facts,
    family: string,
    entries: readonly Entry[],
    patience: Patience,
  ): Promise<BrowseEntry[]> {
    const inside = propertyPath === undefined ? '' : `${propertyPath}/`;
    const tableName = ({ path }: Entry): string => firstOfArray(`${inside}${lastElement(path)}`);
    const asked = entries.filter(({ directory }) => directory !== true).map(tableName);
    const kinds = await this.#kinds(family, [...new Set(asked)].slice(0, MOST_TABLES), patience);
    return entries.map((entry) => this.#toProperty(entry, kinds.get(tableName(entry))));
  }

  async #kinds(
    family: string,
    names: readonly string[],
    patience: Patience,
  ): Promise<ReadonlyMap<string, Kind | undefined>> {
    const { familyTables, options } = this.#parts;
    const kinds = new Map<string, Kind | undefined>();
    if (names.length === 0 || !(await familyTables.exist(patience))) return kinds;
    const atOnce = Math.min(TABLES_AT_ONCE, options.maxQueue);
    await inTurns(names, atOnce, async (name) => {
      kinds.set(name, await familyTables.find(family, name, patience));
    });
    return kinds;
  }

  #toProperty({ path, directory }: Entry, kind: Kind | undefined): BrowseEntry {
    const name = lastElement(path);
    // Owservers that list no slashes, and have no tables, leave open what is a directory.
    const opens = directory ?? (kind ? isDirectory(kind) : isBranch(name));
    if (opens) return { path, name, kind: 'directory' };
    if (!kind || kind === 'directory') return { path, name, kind: 'property' };
    return { path, name, kind: 'property', property: describeProperty(kind, this.#parts.options) };
  }

  /** A property may be one that can only be written. */
  async #allMatches(pattern: string, patience: Patience): Promise<readonly MatchedPath[]> {
    for (const use of ['read', 'write'] as const) {
      const matched = await this.#matches(pattern, use, patience);
      const found = matched.filter(({ error }) => !error);
      if (found.length > 0) return found;
      for (const { error } of matched) if (error) throw error;
    }
    return [];
  }

  /** None for a pattern that matches nothing, or could not. */
  async #matches(pattern: string, use: Use, patience: Patience): Promise<readonly MatchedPath[]> {
    try {
      return await this.#parts.patternExpander.expand(pattern, use, patience);
    } catch (thrown) {
      const error = toOwError(thrown);
      if (error.code === 'EOW_ABSENT' || error.code === 'EOW_VALUE') return [];
      throw error;
    }
  }
}

/** The tables know a directory by an error, or, as the branches of a coupler, by its type. */
function isDirectory(kind: Kind): boolean {
  return kind === 'directory' || kind.type === 'D';
}

/** Are there devices in it: is it a bus, or a branch of a coupler? */
function holdsDevices({ sendPath, directory, propertyPath = '' }: Facts): boolean {
  if (directory === undefined) return !sendPath.split('/').some(isReserved);
  const [branch = '', ...rest] = propertyPath.split('/');
  return isBranch(branch) && rest.every(isPrefix);
}

/** owserver puts aliases into the paths that it lists, also of a device that was asked for by its id. */
function within({ path }: Facts, entries: readonly Entry[]): Entry[] {
  const above = path === '/' ? '' : path;
  return entries.map((entry) => ({ ...entry, path: `${above}/${lastElement(entry.path)}` }));
}

/** Tables are the same for each element of an array: so one is asked for, not eight. */
function firstOfArray(name: string): string {
  return name.replace(/\.(\d+|[A-Z])$/, (index) => (/\d/.test(index) ? '.0' : '.A'));
}

function toDevice({ path, ...device }: Device): BrowseEntry {
  return { path, name: device.alias ?? device.id, kind: 'device', device };
}

/** What is beside the devices, and what owserver has itself. */
function toOther({ path, directory }: Entry): BrowseEntry {
  const name = lastElement(path);
  if (/^bus\.\d+$/.test(name)) return { path, name, kind: 'bus' };
  // Where the listing leaves it open, opening it will show.
  return { path, name, kind: directory === false ? 'property' : 'directory' };
}
