import type { Aliases } from '../knowledge/aliases.js';
import { failingAs } from '../errors/failing-as.js';
import { OwError } from '../errors/ow-error.js';
import type { Entry, Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { Kept } from '../transport/kept.js';
import { SingleFlight } from '../transport/single-flight.js';
import { Walk } from '../requests/walk.js';
import type { RequestFlags } from '../protocol/index.js';
import { NOT_A_DIRECTORY } from '../errors/return-codes.js';
import type { FamilyTables } from '../knowledge/family-tables.js';
import { parseDeviceId, type DeviceId } from '../values/device-id.js';
import { COUPLER_FAMILY, isBranch, lastElement } from '../values/path.js';

/** Directories at the top, of other owservers too, that show the rest of it once more. */
const REPEATS = /^(\/bus\.\d+)*\/(bus\.\d+|uncached|unaliased|alarm|text|json)$/;

/** A directory to list, and how deep. */
interface Visit {
  readonly path: string;
  readonly depth: number;
  readonly flags: RequestFlags;
  readonly patience: Patience;
  /**
   * What was listed on the way, and what it cost: the branches of owserver's simulated couplers list the
   * whole bus again.
   */
  readonly walk: Walk;
}

/** What a directory of a device holds. */
interface Name {
  readonly name: string;
  readonly directory: boolean;
}

/** What devices of a family hold. */
interface Family {
  /** Do they differ? Then each must be asked for itself. */
  readonly differs: boolean;
  /** Path of the one that was asked first. */
  readonly first: string;
  /** What it showed. */
  readonly top: readonly Name[];
}

/** Most characters in the names that are kept: all of owserver's tables have fewer. */
const MOST_CHARACTERS = 2_000_000;

/**
 * Lists directories with what is below them. The devices of a family hold the same properties, which
 * owserver's tables tell whether they may differ: so not every directory of every device is asked for.
 */
export class Walker {
  readonly #listings: Listings;
  readonly #familyTables: FamilyTables;
  readonly #aliases: Aliases;
  readonly #families = new Kept<string, Family>({
    limit: MOST_CHARACTERS,
    weigh: ({ top }) => weightOf(top),
  });
  readonly #askedFamilies = new SingleFlight<string, Family>((family, answer) =>
    this.#families.set(family, answer),
  );
  /** What the directories of families hold, by `family/path`, each asked of the first device that has it. */
  readonly #directories = new Kept<string, readonly Name[]>({
    limit: MOST_CHARACTERS,
    weigh: weightOf,
  });
  readonly #askedDirectories = new SingleFlight<string, readonly Name[]>((path, names) =>
    this.#directories.set(path, names),
  );

  constructor(listings: Listings, familyTables: FamilyTables, aliases: Aliases) {
    this.#listings = listings;
    this.#familyTables = familyTables;
    this.#aliases = aliases;
  }

  /**
   * The paths in a directory, each followed by those below it, down to a depth from 1: only those in it.
   * @throws OwError EOW_VALUE when there is no end to them.
   */
  walk(path: string, depth: number, flags: RequestFlags, patience: Patience): Promise<string[]> {
    return failingAs(path, () => this.#walk({ path, depth, flags, patience, walk: Walk.begin() }));
  }

  /** What answers next may know other families. */
  forget(): void {
    this.#families.clear();
    this.#askedFamilies.forget();
    this.#directories.clear();
    this.#askedDirectories.forget();
  }

  async #walk(visit: Visit): Promise<string[]> {
    const { path, depth, flags, patience, walk } = visit;
    walk.lists();
    const listed = await this.#listings.list(path, flags, patience);
    const entries = listed.filter((entry) => !walk.passed(lastElement(entry.path)));
    for (const entry of entries) walk.finds(entry.path);
    if (depth <= 1) return entries.map((entry) => entry.path);
    const names = entries.map((entry) => lastElement(entry.path));
    const further = walk.into(names.filter((name) => parseDeviceId(name)));
    const aliases = await this.#aliasesAmong(entries, patience);
    const lists = entries.map(async (entry) => {
      const below = { ...visit, path: entry.path, depth: depth - 1, walk: further };
      return [entry.path, ...(await this.#below(entry, aliases, below))];
    });
    return (await Promise.all(lists)).flat();
  }

  async #aliasesAmong(
    entries: readonly Entry[],
    patience: Patience,
  ): Promise<ReadonlyMap<string, DeviceId>> {
    const named = ({ path, directory }: Entry): boolean =>
      directory !== false && !parseDeviceId(lastElement(path)) && path.split('/').length === 2;
    return entries.some(named) ? this.#aliases.fetch(patience) : new Map<string, DeviceId>();
  }

  async #below(
    { path, directory }: Entry,
    aliases: ReadonlyMap<string, DeviceId>,
    visit: Visit,
  ): Promise<string[]> {
    if (directory === false || REPEATS.test(path)) return [];
    const name = lastElement(path);
    const family = (parseDeviceId(name) ?? aliases.get(name))?.family;
    try {
      return await (family === undefined ? this.#walk(visit) : this.#device(family, visit));
    } catch (thrown) {
      // Owservers that list no slashes leave open what is a directory; and a device may have gone.
      const leaf = directory === undefined && isRefusal(thrown, NOT_A_DIRECTORY);
      if (leaf || (family !== undefined && isAbsent(thrown))) return [];
      throw thrown;
    }
  }

  async #device(family: string, visit: Visit): Promise<string[]> {
    const learn = (): Promise<Family> => this.#learn(family, visit);
    const { differs, first, top } =
      this.#families.get(family) ?? (await this.#askedFamilies.ask(family, learn, askTheNext));
    const own = differs && first !== visit.path ? await this.#names(family, '', visit) : top;
    return this.#within(family, '', own, visit);
  }

  /** The paths that names of a device's directory `inside` stand for, and those below them. */
  async #within(
    family: string,
    inside: string,
    names: readonly Name[],
    visit: Visit,
  ): Promise<string[]> {
    const lists = names.map(async ({ name, directory }) => {
      const below = `${inside}${name}`;
      const path = `${visit.path}/${below}`;
      visit.walk.finds(path);
      const depth = visit.depth - below.split('/').length;
      if (!directory || depth < 1) return [path];
      if (isBranch(name)) {
        // What is on a branch is no matter of the family; a DS2406 only seems to have one.
        const behind = family === COUPLER_FAMILY && (await this.#walk({ ...visit, path, depth }));
        return [path, ...(behind || [])];
      }
      const found = await this.#inDirectory(family, below, visit);
      return [path, ...(await this.#within(family, `${below}/`, found, visit))];
    });
    return (await Promise.all(lists)).flat();
  }

  async #inDirectory(family: string, below: string, visit: Visit): Promise<readonly Name[]> {
    const key = `${family}/${below}`;
    const known = this.#directories.get(key);
    if (known) return known;
    const ask = (): Promise<readonly Name[]> => this.#names(family, below, visit);
    return this.#askedDirectories.ask(key, ask, askTheNext);
  }

  /** A device that hides something the table has shows that its family has several kinds. */
  async #learn(family: string, visit: Visit): Promise<Family> {
    const top = await this.#names(family, '', visit);
    const table = await this.#table(family, visit);
    const shown = new Set(top.map(({ name }) => stem(name)));
    const differs = table?.some((name) => !shown.has(stem(name))) ?? true;
    return { differs, first: visit.path, top };
  }

  /** Ancient owservers have none. */
  async #table(family: string, { patience, walk }: Visit): Promise<string[] | undefined> {
    try {
      walk.lists();
      const entries = await this.#listings.list(`/structure/${family}`, {}, patience);
      return entries.map((entry) => lastElement(entry.path));
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined;
      throw thrown;
    }
  }

  async #names(family: string, inside: string, { path, patience, walk }: Visit): Promise<Name[]> {
    const directory = inside === '' ? path : `${path}/${inside}`;
    walk.lists();
    const entries = await this.#listings.list(directory, {}, patience);
    const names = entries.map(async (entry) => {
      const name = lastElement(entry.path);
      const below = inside === '' ? name : `${inside}/${name}`;
      const kind = entry.directory ?? (await this.#familyTables.find(family, below, patience));
      return { name, directory: kind === true || kind === 'directory' };
    });
    return Promise.all(names);
  }
}

/** For each name there are a few words beside it. */
function weightOf(names: readonly Name[]): number {
  return names.reduce((sum, { name }) => sum + name.length + 20, 0);
}

/** The name of an array without its index: tables list the first element alone. */
function stem(name: string): string {
  return name.replace(/\.(\d+|[A-Z])$/, '');
}

/** What one device was asked for all of its family: when that failed, it may be gone, the next one is asked. */
const askTheNext = (): boolean => true;

function isAbsent(thrown: unknown): boolean {
  return thrown instanceof OwError && thrown.code === 'EOW_ABSENT';
}

function isRefusal(thrown: unknown, ret: number): boolean {
  return thrown instanceof OwError && thrown.ret === ret;
}
