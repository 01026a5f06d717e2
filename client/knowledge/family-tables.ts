import { toOwError } from '../errors/ow-error.js';
import type { Entry, Listings } from '../requests/listings.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { IS_DIRECTORY, NOT_A_DIRECTORY, saysAbsent } from '../errors/return-codes.js';
import { Kept } from '../transport/kept.js';
import { Walk } from '../requests/walk.js';
import { SingleFlight } from '../transport/single-flight.js';
import { lastElement } from '../values/path.js';
import { parseStructure, type Property } from '../values/structure.js';

/** What a name below a device stands for. */
export type Kind = Property | 'directory';

/** Name of the first element of an array: the tables list it, `.ALL` and `.BYTE` alone. */
const FIRST_ELEMENT = /^(.*\.)(0|A)$/;

/** Most names of a family: all of owserver's tables together have fewer. */
const MOST_NAMES = 20_000;

/** Most characters in the names that are kept, and in the lists of them. */
const MOST_CHARACTERS = 100 * MOST_NAMES;

/** What the devices of each family have, from owserver's own tables: asked once, then kept. */
export class FamilyTables {
  readonly #messenger: Messenger;
  readonly #listings: Listings;
  readonly #kinds = new Kept<string, Kind>({
    limit: MOST_CHARACTERS,
    weigh: (_, path) => path.length,
  });
  readonly #asked = new SingleFlight<string, Kind | undefined>((path, kind) => {
    if (kind) this.#kinds.set(path, kind);
  });
  readonly #names = new Kept<string, readonly string[]>({
    limit: MOST_CHARACTERS,
    weigh: (names) => names.join('/').length,
  });
  readonly #askedNames = new SingleFlight<string, readonly string[]>((family, names) =>
    this.#names.set(family, names),
  );

  readonly #tops = new Kept<string, readonly Entry[]>({
    limit: MOST_CHARACTERS,
    weigh: (entries) => entries.reduce((sum, { path }) => sum + path.length, 0),
  });
  readonly #askedTops = new SingleFlight<string, readonly Entry[]>((family, entries) =>
    this.#tops.set(family, entries),
  );

  constructor(messenger: Messenger, listings: Listings) {
    this.#messenger = messenger;
    this.#listings = listings;
  }

  /** What a name is in a family; nothing for unknown ones, and where owserver has no tables. */
  async find(family: string, name: string, patience: Patience): Promise<Kind | undefined> {
    const path = `/structure/${family}/${name}`;
    const known = this.#kinds.get(path);
    if (known) return known;
    return this.#asked.askUntil(patience.deadline, path, () => this.#ask(path, patience));
  }

  /** Has owserver tables at all? Ancient ones have none; every family has a `family` (owlib/src/include/ow_standard.h). */
  async exist(patience: Patience): Promise<boolean> {
    return this.#kinds.size > 0 || (await this.find('01', 'family', patience)) !== undefined;
  }

  /**
   * Directories and properties of a family, those in its directories too, each element of an array by its index.
   * @throws OwError EOW_VALUE when there is no end to them.
   */
  async names(family: string, patience: Patience): Promise<readonly string[]> {
    const known = this.#names.get(family);
    if (known) return known;
    return this.#askedNames.askUntil(patience.deadline, family, async () => {
      const walk = Walk.begin(MOST_NAMES);
      walk.lists();
      return this.#namesIn(family, await this.#top(family, patience), walk, patience);
    });
  }

  /** Names at the top of a family's table, of an array the first element alone; none for a family without one. */
  async top(family: string, patience: Patience): Promise<readonly string[]> {
    return (await this.#top(family, patience)).map(({ path }) => lastElement(path));
  }

  async #top(family: string, patience: Patience): Promise<readonly Entry[]> {
    const known = this.#tops.get(family);
    if (known) return known;
    return this.#askedTops.askUntil(patience.deadline, family, () =>
      this.#entries(`/structure/${family}`, patience),
    );
  }

  /** What answers next may have other tables. */
  forget(): void {
    this.#kinds.clear();
    this.#asked.forget();
    this.#names.clear();
    this.#askedNames.forget();
    this.#tops.clear();
    this.#askedTops.forget();
  }

  /** A question that is refused says nothing: only what is not found is in no table. */
  async #ask(path: string, patience: Patience): Promise<Kind | undefined> {
    const { ret, data } = await this.#messenger.exchange({ type: 'read', path }, patience);
    if (ret === IS_DIRECTORY) return 'directory';
    if (ret < 0 && !saysAbsent(ret)) throw await this.#messenger.refusal(ret, path, patience);
    return ret > 0 ? parseStructure(data.toString('latin1')) : undefined;
  }

  /** Unknown families have no table; that of the DS2406 marks `aux` as a directory and will not list it. */
  async #entries(directory: string, patience: Patience): Promise<Entry[]> {
    try {
      return await this.#listings.list(directory, {}, patience);
    } catch (thrown) {
      const error = toOwError(thrown);
      if (error.ret === NOT_A_DIRECTORY || error.code === 'EOW_ABSENT') return [];
      throw error;
    }
  }

  async #namesIn(
    family: string,
    entries: readonly Entry[],
    walk: Walk,
    patience: Patience,
  ): Promise<string[]> {
    const names: string[] = [];
    for (const entry of entries) {
      const name = entry.path.slice(`/structure/${family}/`.length);
      const kind = await this.#kind(family, name, entry, patience);
      if (kind === 'directory') {
        walk.finds(name);
        names.push(name);
        const into = walk.into();
        into.lists();
        const inside = await this.#entries(entry.path, patience);
        for (const each of await this.#namesIn(family, inside, into, patience)) names.push(each);
      } else {
        const count = kind ? elementCount(name, kind) : 1;
        walk.finds(name, count);
        for (let index = 0; index < count; index += 1)
          names.push(kind ? elementName(name, index) : name);
      }
    }
    return names;
  }

  /** Only asked for where the listing does not tell: for arrays, and by owservers that list no slashes. */
  async #kind(
    family: string,
    name: string,
    { directory }: Entry,
    patience: Patience,
  ): Promise<Kind | undefined> {
    if (directory === true) return 'directory';
    if (directory === false && !FIRST_ELEMENT.test(name)) return undefined;
    return this.find(family, name, patience);
  }
}

/** How many elements an array has, by the name of the first; 1 for what is none. */
function elementCount(name: string, { elements }: Property): number {
  return FIRST_ELEMENT.test(name) ? Math.max(1, elements) : 1;
}

/** An element of an array, by the name of the first; what is none stays as it is. */
function elementName(name: string, index: number): string {
  if (index === 0) return name;
  return name.endsWith('A')
    ? `${name.slice(0, -1)}${String.fromCharCode(65 + index)}`
    : `${name.slice(0, -1)}${index}`;
}
