import type { Asking, DeviceContents } from './device-contents.js';
import type { FamilyTables } from './family-tables.js';
import { OwError } from '../errors/ow-error.js';
import { Deadline } from '../transport/deadline.js';
import { inTurns } from '../transport/in-turns.js';
import { isPattern, matchesProperty } from '../values/pattern.js';

/** A path that a pattern stands for; `error` where a part of the bus could not be looked through. */
export interface MatchedPath {
  readonly path: string;
  readonly error?: OwError;
}

/** What the paths are for: patterns of properties mean those that can be read, or written. */
export type Use = 'read' | 'write';

/** A device that matches, and the property that is wanted of it. */
interface Wanted {
  readonly directory: string;
  readonly family: string;
  readonly property: string;
}

/** What matches; or why it is not known. */
export type Match = Wanted | MatchedPath;

/** On whose behalf properties are looked for, and what for. */
interface Purpose extends Asking {
  readonly use: Use;
}

/** A search under way: within what time, and what was found of families, by family and property. */
interface Search extends Purpose {
  readonly budget: Deadline;
  readonly found: Map<string, Promise<readonly string[] | undefined>>;
}

/** Longest wait for what devices tell of themselves: behind a dead bus that takes half a minute. */
const CONTENTS_MS = 10_000;

/** Most devices that are asked for it at a time: the queue is there for readings and writes. */
const DEVICES_AT_ONCE = 4;

/** Finds the properties that the end of a pattern stands for, of each device those that it has itself. */
export class PatternProperties {
  readonly #familyTables: FamilyTables;
  readonly #contents: DeviceContents;

  constructor(familyTables: FamilyTables, contents: DeviceContents) {
    this.#familyTables = familyTables;
    this.#contents = contents;
  }

  /** The paths of all matches. @throws OwError EOW_VALUE for a property that cannot have a value */
  async ofAll(matches: readonly Match[], purpose: Purpose): Promise<MatchedPath[]> {
    const search = { ...purpose, budget: new Deadline(CONTENTS_MS), found: new Map() };
    const lists = await inTurns(matches, DEVICES_AT_ONCE, async (one) =>
      'directory' in one ? this.#of(one, search) : [one],
    );
    return lists.flat();
  }

  /** A blank at the end is a slip, but where a property has one. */
  async #of(wanted: Wanted, search: Search): Promise<MatchedPath[]> {
    const { directory, property } = wanted;
    if (property.trimEnd() === '') throw new OwError('patternDirectory');
    for (const spelled of new Set([property, property.trimEnd()])) {
      const names = isPattern(spelled)
        ? await this.#matching({ ...wanted, property: spelled }, search)
        : await this.#named({ ...wanted, property: spelled }, search);
      search.walk.finds(`${directory}/${spelled}`, names.length);
      if (names.length > 0) return names.map((name) => ({ path: `${directory}/${name}` }));
    }
    return [];
  }

  /** The property that is named, if the device has it. */
  async #named({ directory, family, property }: Wanted, search: Search): Promise<string[]> {
    const { budget, patience } = search;
    const kind = await this.#familyTables.find(family, property, patience);
    if (kind === 'directory') throw new OwError('patternDirectory');
    if (kind) {
      const has = await this.#contents.has(family, directory, property, budget, search);
      return has ? [property] : [];
    }
    // Without tables every device may have it.
    if (!(await this.#familyTables.exist(patience))) return [property];
    if ((await this.#familyTables.top(family, patience)).length > 0) return [];
    return this.#contents.listed(family, directory, property, budget, search);
  }

  /** The properties that a pattern stands for. */
  async #matching({ directory, family, property }: Wanted, search: Search): Promise<string[]> {
    const stem = property.replace(/\.\*$/, '');
    if (search.use === 'write' && isPattern(stem)) throw new OwError('patternWrite');
    const { budget, found } = search;
    const key = `${family}/${property}`;
    const asked = found.get(key) ?? this.#ofFamily(family, property, search);
    found.set(key, asked);
    const names = await asked;
    if (!names) return this.#contents.listed(family, directory, property, budget, search);
    const own: string[] = [];
    for (const name of names) {
      if (await this.#contents.has(family, directory, name, budget, search)) own.push(name);
    }
    return own;
  }

  /** What a family may have of them; nothing for a family without a table. */
  async #ofFamily(
    family: string,
    property: string,
    { use, patience }: Search,
  ): Promise<readonly string[] | undefined> {
    const names = await this.#familyTables.names(family, patience);
    if (names.length === 0) return undefined;
    const access = use === 'read' ? /r/ : /w/;
    const matched: string[] = [];
    for (const name of names.filter((each) => matchesProperty(property, each))) {
      const kind = await this.#familyTables.find(family, name, patience);
      if (kind && kind !== 'directory' && access.test(kind.access)) matched.push(name);
    }
    return matched;
  }
}
