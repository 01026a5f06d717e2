import type { Catalogue } from './path-facts.js';
import type { DeviceLists } from './device-lists.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import { failingAs } from '../errors/failing-as.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import type { Structures } from './family-tables.js';
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
export interface Target {
  readonly path: string;
  readonly error?: OwError;
}

/** What the paths are for: patterns of properties mean those that can be read, or written. */
export type Use = 'read' | 'write';

/** How far a pattern has been followed: to the path `at`, with `rest` before it. */
interface Place {
  readonly at: string;
  readonly rest: readonly string[];
  /** Only what a listing shows counts below a pattern. */
  readonly listed: boolean;
  /**
   * Ids of the devices that were listed on the way: what shows again on a branch is a coupler that
   * leaks, or one of owserver's simulated ones, whose branches list the whole bus with themselves.
   */
  readonly above: ReadonlySet<string>;
}

/** A device that matches, and the property that is wanted of it; or why it is not known. */
type Found =
  { readonly directory: string; readonly family: string; readonly property: string } | Target;

/** Finds the paths that a path with `*` stands for, among the devices and properties that there are. */
export class Expander {
  readonly #listings: Listings;
  readonly #lists: DeviceLists;
  readonly #catalogue: Catalogue;
  readonly #structures: Structures;

  constructor(
    listings: Listings,
    lists: DeviceLists,
    catalogue: Catalogue,
    structures: Structures,
  ) {
    this.#listings = listings;
    this.#lists = lists;
    this.#catalogue = catalogue;
    this.#structures = structures;
  }

  /**
   * The paths of a normalized pattern, at least one.
   * @throws OwError EOW_ABSENT when there are none, EOW_VALUE for a pattern that cannot have any.
   */
  expand(path: string, use: Use, patience: Patience): Promise<Target[]> {
    return failingAs(path, async () => {
      const rest = path.split('/').slice(1);
      const found = await this.#follow({ at: '', rest, listed: false, above: new Set() }, patience);
      if (found.length === 0) throw new OwError('patternNothing');
      const lists = await Promise.all(found.map((one) => this.#resolve(one, use, patience)));
      const targets = lists.flat();
      if (targets.length === 0) throw new OwError('patternNoProperty');
      return targets;
    });
  }

  #follow(place: Place, patience: Patience): Promise<Found[]> {
    const [element = '', ...rest] = place.rest;
    if (element === '') throw new OwError('patternDirectory');
    if (/^bus\./i.test(element)) return this.#followBuses(place, element, rest, patience);
    if (!isPattern(element) && !hidesAlias(element)) {
      if (isPrefix(element))
        return this.#follow({ ...place, at: `${place.at}/${element}`, rest }, patience);
      if (isReserved(element)) throw new OwError('patternPlace', { element: `/${element}` });
    }
    const listed = place.listed || isPattern(element);
    return listed ? this.#followListed(place, patience) : this.#followNamed(place, patience);
  }

  async #followBuses(
    place: Place,
    element: string,
    rest: readonly string[],
    patience: Patience,
  ): Promise<Found[]> {
    const { at } = place;
    if (!isPattern(element))
      return this.#follow({ ...place, at: `${at}/${element}`, rest }, patience);
    const entries = await this.#listings.list(at || '/', { busReturn: true }, patience);
    const buses = entries.filter(({ path }) => {
      const name = lastElement(path);
      return /^bus\.\d+$/.test(name) && matchesName(element.toLowerCase(), name);
    });
    const places = buses.map(({ path }) => ({ ...place, at: path, rest, listed: true }));
    return this.#each(places, patience);
  }

  /** A device that is named needs no listing. */
  async #followNamed(place: Place, patience: Patience): Promise<Found[]> {
    const [element = '', ...rest] = place.rest;
    const at = `${place.at}/${element}`;
    const { family } = this.#catalogue.known(at) ?? (await this.#catalogue.learn(at, patience));
    return family === undefined ? [] : this.#below({ ...place, at, rest }, family, patience);
  }

  async #followListed(place: Place, patience: Patience): Promise<Found[]> {
    const { at, rest, above } = place;
    const [element = '', ...below] = rest;
    const devices = (await this.#lists.in(at || '/', patience)).filter(({ id }) => !above.has(id));
    // An alias may hold a *: the device of just that name is meant then.
    const named = devices.filter(({ alias }) => alias === element);
    const matching = devices.filter(({ id, alias }) => {
      const address = parseDeviceId(id);
      return address && matchesDevice(element, address, alias);
    });
    const found = (named.length > 0 ? named : matching).map(({ path, family }) =>
      this.#below({ ...place, at: path, rest: below, listed: true }, family, patience),
    );
    const seen = new Set([...above, ...devices.map(({ id }) => id)]);
    const hubs = devices.filter(({ family }) => family === COUPLER_FAMILY);
    const branches = hubs
      .flatMap(({ path }) => [`${path}/main`, `${path}/aux`])
      .map((branch) => ({ at: branch, rest, listed: true, above: seen }));
    return [...(await Promise.all(found)).flat(), ...(await this.#each(branches, patience))];
  }

  /** Below a device: one of its properties, or a branch of a coupler. */
  async #below(place: Place, family: string, patience: Patience): Promise<Found[]> {
    const { at, rest } = place;
    const [branch = '', ...below] = rest;
    if (!isBranch(branch)) return [{ directory: at, family, property: rest.join('/') }];
    // Other chips may list a branch too, but nothing is ever behind it.
    if (family !== COUPLER_FAMILY) return [];
    return this.#follow({ ...place, at: `${at}/${branch}`, rest: below }, patience);
  }

  /** One bus or branch that cannot be listed costs the others nothing. */
  async #each(places: readonly Place[], patience: Patience): Promise<Found[]> {
    const lists = places.map(async (place): Promise<Found[]> => {
      try {
        return await this.#follow(place, patience);
      } catch (thrown) {
        // A pattern that can have no values has none anywhere.
        const error = toOwError(thrown);
        if (error.code === 'EOW_VALUE') throw error;
        const path = [place.at, ...place.rest].join('/');
        return [{ path, error: error.withPath(path) }];
      }
    });
    return (await Promise.all(lists)).flat();
  }

  async #resolve(found: Found, use: Use, patience: Patience): Promise<Target[]> {
    if (!('directory' in found)) return [found];
    const { directory, family, property } = found;
    const path = `${directory}/${property}`;
    if (property === '') throw new OwError('patternDirectory');
    if (isPattern(property)) return this.#properties(found, use, patience);
    const kind = await this.#structures.find(family, property, patience);
    if (kind === 'directory') throw new OwError('patternDirectory');
    // Without tables every device may have it.
    const may = kind ?? !(await this.#structures.exist(patience));
    return may ? [{ path }] : [];
  }

  async #properties(
    { directory, family, property }: Exclude<Found, Target>,
    use: Use,
    patience: Patience,
  ): Promise<Target[]> {
    const stem = property.replace(/\.\*$/, '');
    if (use === 'write' && isPattern(stem)) throw new OwError('patternWrite');
    const names = await this.#structures.names(family, patience);
    const access = use === 'read' ? /r/ : /w/;
    const targets: Target[] = [];
    for (const name of names.filter((each) => matchesProperty(property, each))) {
      const kind = await this.#structures.find(family, name, patience);
      if (kind && kind !== 'directory' && access.test(kind.access))
        targets.push({ path: `${directory}/${name}` });
    }
    return targets;
  }
}
