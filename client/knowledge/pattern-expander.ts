import type { PathFacts } from './path-facts.js';
import type { DeviceLists } from './device-lists.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import { failingAs } from '../errors/failing-as.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { Walk } from '../requests/walk.js';
import type { Match, MatchedPath, PatternProperties, Use } from './pattern-properties.js';
import { parseDeviceId } from '../values/device-id.js';
import {
  COUPLER_FAMILY,
  exactPath,
  hidesAlias,
  isBranch,
  isPrefix,
  isReserved,
  lastElement,
} from '../values/path.js';
import { isPattern, matchesDevice, matchesName } from '../values/pattern.js';

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

/** What an expander needs. */
interface ExpanderParts {
  readonly listings: Listings;
  readonly lists: DeviceLists;
  readonly pathFacts: PathFacts;
  readonly properties: PatternProperties;
}

/** Finds the paths that a path with `*` stands for, among the devices and properties that there are. */
export class PatternExpander {
  readonly #listings: Listings;
  readonly #lists: DeviceLists;
  readonly #pathFacts: PathFacts;
  readonly #properties: PatternProperties;

  constructor({ listings, lists, pathFacts, properties }: ExpanderParts) {
    this.#listings = listings;
    this.#lists = lists;
    this.#pathFacts = pathFacts;
    this.#properties = properties;
  }

  /**
   * The paths of a pattern, at least one: of each device that matches those that it has itself.
   * @throws OwError EOW_ABSENT when there are none, EOW_VALUE for a pattern that cannot have any, or has
   * no end of them.
   */
  expand(given: string, use: Use, patience: Patience): Promise<MatchedPath[]> {
    const exact = exactPath(given);
    return failingAs(exact.trimEnd(), async () => {
      const rest = exact.split('/').slice(1);
      const walk = Walk.begin();
      const matches = await this.#follow({ at: '', rest, listed: false, walk }, patience);
      if (matches.length === 0) throw new OwError('patternNothing');
      const matched = await this.#properties.ofAll(matches, { use, patience, walk });
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
    const { family, path } =
      this.#pathFacts.known(at) ?? (await this.#pathFacts.learn(at, patience));
    return family === undefined ? [] : this.#below({ ...trail, at: path, rest }, family, patience);
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
}
