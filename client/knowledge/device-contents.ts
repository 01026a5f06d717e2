import type { Deadline } from '../transport/deadline.js';
import type { FamilyTables } from './family-tables.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { Walk } from '../requests/walk.js';
import { Kept } from '../transport/kept.js';
import { SingleFlight } from '../transport/single-flight.js';
import { within } from '../transport/within.js';
import { lastElement } from '../values/path.js';
import { matchesName, matchesProperty } from '../values/pattern.js';

/** What a directory of a device holds. */
export interface Name {
  readonly name: string;
  readonly directory: boolean;
}

/** On whose behalf a device is asked. */
export interface Asking {
  readonly patience: Patience;
  readonly walk: Walk;
}

/** What devices of a family hold. */
interface Family {
  /** Do they differ? Then each must be asked for itself. */
  readonly differs: boolean;
  /** Path of the one that was asked first. */
  readonly first: string;
  /** What it showed. */
  readonly top: readonly Name[];
  /** What owserver's table has, arrays by their stem. */
  readonly table: ReadonlySet<string>;
}

/** Most characters in the names that are kept: those of hundreds of devices that all differ are a tenth of it. */
const MOST_CHARACTERS = 2_000_000;

/** How long it is believed that a device does not say what it holds. */
const SILENT_MS = 30_000;

/**
 * What devices hold. Those of a family hold the same, unless owserver's tables tell that they may differ:
 * so not every directory of every device is asked for.
 */
export class DeviceContents {
  readonly #listings: Listings;
  readonly #familyTables: FamilyTables;
  readonly #families = new Kept<string, Family>({
    limit: MOST_CHARACTERS,
    weigh: ({ top, table }) => weightOf(top) + [...table].join().length,
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
  /** What devices hold whose family differs, by their paths; nothing for those that did not say. */
  readonly #devices = new Kept<string, readonly Name[] | undefined>({
    limit: MOST_CHARACTERS,
    weigh: (names, path) => path.length + weightOf(names ?? []),
  });
  readonly #askedDevices = new SingleFlight<string, readonly Name[]>((path, names) =>
    this.#devices.set(path, names),
  );

  constructor(listings: Listings, familyTables: FamilyTables) {
    this.#listings = listings;
    this.#familyTables = familyTables;
  }

  /** What a device's directory holds; asked anew of a device whose family differs. @throws OwError */
  async top(family: string, path: string, asking: Asking): Promise<readonly Name[]> {
    const { differs, first, top } = await this.#family(family, path, asking);
    return differs && first !== path ? this.#ask(family, path, asking) : top;
  }

  /** What a directory below a device holds. @throws OwError */
  async inside(
    family: string,
    below: string,
    path: string,
    asking: Asking,
  ): Promise<readonly Name[]> {
    const key = `${family}/${below}`;
    const ask = (): Promise<readonly Name[]> => this.#names(family, below, path, asking);
    return (
      this.#directories.get(key) ??
      this.#askedDirectories.ask(key, ask, askTheNext, asking.patience.deadline)
    );
  }

  /**
   * Has a device a property that its family may have? One that is listed nowhere is had by all, and what
   * a device does not say in time is what its family has.
   */
  async has(
    family: string,
    path: string,
    property: string,
    budget: Deadline,
    asking: Asking,
  ): Promise<boolean> {
    if (this.#families.get(family)?.differs === false) return true;
    const own = await this.#known(family, path, budget, asking);
    if (!own) return true;
    const { differs, table } = await this.#family(family, path, asking);
    const wanted = stem(property.split('/')[0] ?? '');
    return !differs || stemsOf(own).has(wanted) || !table.has(wanted);
  }

  /** The properties that a device lists itself and that a pattern stands for: of a family without tables. */
  async listed(
    family: string,
    path: string,
    pattern: string,
    budget: Deadline,
    asking: Asking,
  ): Promise<string[]> {
    const top = (await this.#known(family, path, budget, asking)) ?? [];
    const names = await this.#below({ family, path, asking }, '', pattern.split('/'), top);
    return names.filter((name) => matchesProperty(pattern, name));
  }

  /** What answers next may know other families. */
  forget(): void {
    this.#families.clear();
    this.#askedFamilies.forget();
    this.#directories.clear();
    this.#askedDirectories.forget();
    this.#devices.clear();
    this.#askedDevices.forget();
  }

  async #below(
    of: { family: string; path: string; asking: Asking },
    inside: string,
    [wanted = '', ...rest]: readonly string[],
    names: readonly Name[],
  ): Promise<string[]> {
    const matching = names.filter(({ name }) => matchesName(wanted, name));
    if (rest.length === 0)
      return matching.filter(({ directory }) => !directory).map(({ name }) => `${inside}${name}`);
    const found: string[] = [];
    for (const { name, directory } of matching) {
      if (!directory) continue;
      const below = `${inside}${name}`;
      const held = await this.inside(of.family, below, of.path, of.asking);
      for (const each of await this.#below(of, `${below}/`, rest, held)) found.push(each);
    }
    return found;
  }

  /** What a device holds, asked once; nothing when it does not say, or not in time. */
  async #known(
    family: string,
    path: string,
    budget: Deadline,
    asking: Asking,
  ): Promise<readonly Name[] | undefined> {
    if (this.#devices.has(path)) return this.#devices.get(path);
    const learned = this.#families.get(family);
    if (learned?.first === path) return learned.top;
    // It goes on for others when its time here is up.
    const { deadline } = asking.patience;
    const asked = this.top(family, path, { ...asking, patience: { deadline: deadline.afresh() } });
    const told = asked.catch(() => undefined);
    const names = await deadline.wait(within(budget.leftMs, told));
    if (!names) this.#devices.set(path, undefined, SILENT_MS);
    return names;
  }

  #ask(family: string, path: string, asking: Asking): Promise<readonly Name[]> {
    return this.#askedDevices.askUntil(asking.patience.deadline, path, () =>
      this.#names(family, '', path, asking),
    );
  }

  async #family(family: string, path: string, asking: Asking): Promise<Family> {
    const known = this.#families.get(family);
    if (known) return known;
    const learn = (): Promise<Family> => this.#learn(family, path, asking);
    return this.#askedFamilies.ask(family, learn, askTheNext, asking.patience.deadline);
  }

  /** A device that hides something the table has shows that its family has several kinds. */
  async #learn(family: string, path: string, asking: Asking): Promise<Family> {
    const top = await this.#names(family, '', path, asking);
    const table = new Set((await this.#familyTables.top(family, asking.patience)).map(stem));
    const shown = stemsOf(top);
    const differs = table.size === 0 || [...table].some((name) => !shown.has(name));
    return { differs, first: path, top, table };
  }

  async #names(family: string, inside: string, path: string, asking: Asking): Promise<Name[]> {
    const directory = inside === '' ? path : `${path}/${inside}`;
    asking.walk.lists();
    const entries = await this.#listings.list(directory, {}, asking.patience);
    const names = entries.map(async (entry) => {
      const name = lastElement(entry.path);
      const below = inside === '' ? name : `${inside}/${name}`;
      const kind =
        entry.directory ?? (await this.#familyTables.find(family, below, asking.patience));
      return { name, directory: kind === true || kind === 'directory' };
    });
    return Promise.all(names);
  }
}

/** For each name there are a few words beside it. */
function weightOf(names: readonly Name[]): number {
  return names.reduce((sum, { name }) => sum + name.length + 20, 0);
}

const STEMS = new WeakMap<readonly Name[], ReadonlySet<string>>();

/** The names with arrays by their stem; made once, for each property of a pattern is looked for there. */
function stemsOf(names: readonly Name[]): ReadonlySet<string> {
  const known = STEMS.get(names);
  if (known) return known;
  const stems = new Set(names.map(({ name }) => stem(name)));
  STEMS.set(names, stems);
  return stems;
}

/** The name of an array without its index: tables list the first element alone. */
function stem(name: string): string {
  return name.replace(/\.(\d+|[A-Z]|ALL|BYTE)$/, '');
}

/** What one device was asked for all of its family: when that failed, it may be gone, the next one is asked. */
const askTheNext = (): boolean => true;
