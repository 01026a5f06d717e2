import type { PathFacts } from './path-facts.js';
import type { DeviceLists } from './device-lists.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import { failingAs } from '../errors/failing-as.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { Walk } from '../requests/walk.js';
import type { FamilyTables } from './family-tables.js';
import { parseDeviceId } from '../values/device-id.js';
import {
  COUPLER_FAMILY,
  hidesAlias,
  isBranch,
  isPrefix,
  isReserved,
  lastElement,
} from '../values/path.js';
import { isPattern, matchesDevice, matchesName, matchesProperty } from '../values/pattern.js';

/** A path that a pattern stands for; `error` where a part of the bus could not be looked through. */
export interface MatchedPath {
  readonly path: string;
  readonly error?: OwError;
}

/** What the paths are for: patterns of properties mean those that can be read, or written. */
export type Use = 'read' | 'write';

/** How far a pattern has been followed: to the path `at`, with `rest` before it. */
interface Trail {
  readonly at: string;
  readonly rest: readonly string[];
  /** Only what a listing shows counts below a pattern. */
  readonly listed: boolean;
  /**
   * What was listed on the way, and what it cost. A device that shows again on a branch is a coupler
   * that leaks, or one of owserver's simulated ones, whose branches list the whole bus with themselves.
   */
  readonly walk: Walk;
}

/** A device that matches, and the property that is wanted of it; or why it is not known. */
type Match =
  { readonly directory: string; readonly family: string; readonly property: string } | MatchedPath;

/** What is looked for below the devices, and what was found already: by family and property. */
interface Search {
  readonly use: Use;
  readonly patience: Patience;
  readonly walk: Walk;
  readonly found: Map<string, Promise<readonly string[]>>;
}

/** Finds the paths that a path with `*` stands for, among the devices and properties that there are. */
export class PatternExpander {
  readonly #listings: Listings;
  readonly #lists: DeviceLists;
  readonly #pathFacts: PathFacts;
  readonly #familyTables: FamilyTables;

  constructor(
    listings: Listings,
    lists: DeviceLists,
    pathFacts: PathFacts,
    familyTables: FamilyTables,
  ) {
    this.#listings = listings;
    this.#lists = lists;
    this.#pathFacts = pathFacts;
    this.#familyTables = familyTables;
  }

  /**
   * The paths of a normalized pattern, at least one.
   * @throws OwError EOW_ABSENT when there are none, EOW_VALUE for a pattern that cannot have any, or has
   * no end of them.
   */
  expand(path: string, use: Use, patience: Patience): Promise<MatchedPath[]> {
    return failingAs(path, async () => {
      const rest = path.split('/').slice(1);
      const walk = Walk.begin();
      const matches = await this.#follow({ at: '', rest, listed: false, walk }, patience);
      if (matches.length === 0) throw new OwError('patternNothing');
      const search = { use, patience, walk, found: new Map<string, Promise<readonly string[]>>() };
      const lists = await Promise.all(matches.map((one) => this.#resolve(one, search)));
      const matched = lists.flat();
      if (matched.length === 0) throw new OwError('patternNoProperty');
      return matched;
    });
  }

  #follow(trail: Trail, patience: Patience): Promise<Match[]> {
    const [element = '', ...rest] = trail.rest;
    if (element === '') throw new OwError('patternDirectory');
    if (/^bus\./i.test(element)) return this.#followBuses(trail, element, rest, patience);
    if (!isPattern(element) && !hidesAlias(element)) {
      if (isPrefix(element))
        return this.#follow({ ...trail, at: `${trail.at}/${element}`, rest }, patience);
      if (isReserved(element)) throw new OwError('patternPlace', { element: `/${element}` });
    }
    const listed = trail.listed || isPattern(element);
    return listed ? this.#followListed(trail, patience) : this.#followNamed(trail, patience);
  }

  async #followBuses(
    trail: Trail,
    element: string,
    rest: readonly string[],
    patience: Patience,
  ): Promise<Match[]> {
    const { at } = trail;
    if (!isPattern(element))
      return this.#follow({ ...trail, at: `${at}/${element}`, rest }, patience);
    trail.walk.lists();
    const entries = await this.#listings.list(at || '/', { busReturn: true }, patience);
    const buses = entries.filter(({ path }) => {
      const name = lastElement(path);
      return /^bus\.\d+$/.test(name) && matchesName(element.toLowerCase(), name);
    });
    const trails = buses.map(({ path }) => ({ ...trail, at: path, rest, listed: true }));
    return this.#each(trails, patience);
  }

  /** A device that is named needs no listing. */
  async #followNamed(trail: Trail, patience: Patience): Promise<Match[]> {
    const [element = '', ...rest] = trail.rest;
    const at = `${trail.at}/${element}`;
    const { family } = this.#pathFacts.known(at) ?? (await this.#pathFacts.learn(at, patience));
    return family === undefined ? [] : this.#below({ ...trail, at, rest }, family, patience);
  }

  async #followListed(trail: Trail, patience: Patience): Promise<Match[]> {
    const { at, rest, walk } = trail;
    const [element = '', ...below] = rest;
    walk.lists();
    const devices = (await this.#lists.in(at || '/', patience)).filter(
      ({ id }) => !walk.passed(id),
    );
    for (const { path } of devices) walk.finds(path);
    // An alias may hold a *: the device of just that name is meant then.
    const named = devices.filter(({ alias }) => alias === element);
    const matching = devices.filter(({ id, alias }) => {
      const address = parseDeviceId(id);
      return address && matchesDevice(element, address, alias);
    });
    const matches = (named.length > 0 ? named : matching).map(({ path, family }) =>
      this.#below({ ...trail, at: path, rest: below, listed: true }, family, patience),
    );
    const further = walk.into(devices.map(({ id }) => id));
    const hubs = devices.filter(({ family }) => family === COUPLER_FAMILY);
    const branches = hubs
      .flatMap(({ path }) => [`${path}/main`, `${path}/aux`])
      .map((branch) => ({ at: branch, rest, listed: true, walk: further }));
    return [...(await Promise.all(matches)).flat(), ...(await this.#each(branches, patience))];
  }

  /** Below a device: one of its properties, or a branch of a coupler. */
  async #below(trail: Trail, family: string, patience: Patience): Promise<Match[]> {
    const { at, rest } = trail;
    const [branch = '', ...below] = rest;
    if (!isBranch(branch)) return [{ directory: at, family, property: rest.join('/') }];
    // Other chips may list a branch too, but nothing is ever behind it.
    if (family !== COUPLER_FAMILY) return [];
    return this.#follow({ ...trail, at: `${at}/${branch}`, rest: below }, patience);
  }

  /** One bus or branch that cannot be listed costs the others nothing. */
  async #each(trails: readonly Trail[], patience: Patience): Promise<Match[]> {
    const lists = trails.map(async (trail): Promise<Match[]> => {
      try {
        return await this.#follow(trail, patience);
      } catch (thrown) {
        // A pattern that can have no values has none anywhere.
        const error = toOwError(thrown);
        if (error.code === 'EOW_VALUE') throw error;
        const path = [trail.at, ...trail.rest].join('/');
        return [{ path, error: error.withPath(path) }];
      }
    });
    return (await Promise.all(lists)).flat();
  }

  async #resolve(match: Match, search: Search): Promise<MatchedPath[]> {
    if (!('directory' in match)) return [match];
    const { directory, family, property } = match;
    const { patience, walk } = search;
    const path = `${directory}/${property}`;
    if (property === '') throw new OwError('patternDirectory');
    if (isPattern(property)) {
      const paths = (await this.#properties(match, search)).map((name) => `${directory}/${name}`);
      for (const each of paths) walk.finds(each);
      return paths.map((each) => ({ path: each }));
    }
    const kind = await this.#familyTables.find(family, property, patience);
    if (kind === 'directory') throw new OwError('patternDirectory');
    // Without tables every device may have it.
    const may = kind ?? !(await this.#familyTables.exist(patience));
    return may ? [{ path }] : [];
  }

  /** The properties of a family that match: the same for each of its devices. */
  #properties(
    { family, property }: Exclude<Match, MatchedPath>,
    search: Search,
  ): Promise<readonly string[]> {
    const key = `${family}/${property}`;
    const found = search.found.get(key) ?? this.#matching(family, property, search);
    search.found.set(key, found);
    return found;
  }

  async #matching(family: string, property: string, { use, patience }: Search): Promise<string[]> {
    const stem = property.replace(/\.\*$/, '');
    if (use === 'write' && isPattern(stem)) throw new OwError('patternWrite');
    const names = await this.#familyTables.names(family, patience);
    const access = use === 'read' ? /r/ : /w/;
    const matched: string[] = [];
    for (const name of names.filter((each) => matchesProperty(property, each))) {
      const kind = await this.#familyTables.find(family, name, patience);
      if (kind && kind !== 'directory' && access.test(kind.access)) matched.push(name);
    }
    return matched;
  }
}
