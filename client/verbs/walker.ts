import type { Aliases } from '../knowledge/aliases.js';
import { inTurns } from '../transport/in-turns.js';
import { failingAs } from '../errors/failing-as.js';
import { OwError } from '../errors/ow-error.js';
import type { Entry, Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { Walk } from '../requests/walk.js';
import type { ResolvedOptions } from '../options.js';
import type { DeviceFormat, RequestFlags } from '../protocol/index.js';
import { NOT_A_DIRECTORY } from '../errors/return-codes.js';
import type { DeviceContents, Name } from '../knowledge/device-contents.js';
import type { DeviceLists } from '../knowledge/device-lists.js';
import { formatDeviceId, parseDeviceId, type DeviceId } from '../values/device-id.js';
import {
  COUPLER_FAMILY,
  hidesAlias,
  isBranch,
  lastElement,
  parsePath,
  renameDevices,
} from '../values/path.js';
import { Turns, type Crowd } from './turns.js';

const NONE: ReadonlyMap<string, DeviceId> = new Map();

/** Directories at the top, of other owservers too, that show the rest of it once more. */
const REPEATS = /^(\/bus\.\d+)*\/(bus\.\d+|uncached|unaliased|alarm|text|json)$/;

/** A directory to list, and how deep. */
interface Visit {
  readonly path: string;
  readonly depth: number;
  readonly flags: RequestFlags;
  readonly patience: Patience;
  /** Its listings go out as the paths of a list do. */
  readonly turns: Turns;
  /**
   * What was listed on the way, and what it cost: the branches of owserver's simulated couplers list the
   * whole bus again.
   */
  readonly walk: Walk;
}

/** Most directories of one that are looked into at a time: the queue is there for others, too. */
const AT_ONCE = 100;

/** What a walker needs. */
interface WalkerParts {
  readonly listings: Listings;
  readonly contents: DeviceContents;
  readonly lists: DeviceLists;
  readonly aliases: Aliases;
  readonly crowd: Crowd;
  readonly options: ResolvedOptions;
}

/**
 * Lists directories with what is below them. The devices of a family hold the same properties, which
 * owserver's tables tell whether they may differ: so not every directory of every device is asked for.
 */
export class Walker {
  readonly #listings: Listings;
  readonly #contents: DeviceContents;
  readonly #lists: DeviceLists;
  readonly #aliases: Aliases;
  readonly #crowd: Crowd;
  readonly #format: DeviceFormat;

  constructor({ listings, contents, lists, aliases, crowd, options }: WalkerParts) {
    this.#listings = listings;
    this.#contents = contents;
    this.#lists = lists;
    this.#aliases = aliases;
    this.#crowd = crowd;
    this.#format = options.deviceFormat;
  }

  /**
   * The paths in a directory, each followed by those below it, down to a depth from 1: only those in it.
   * @throws OwError EOW_VALUE when there is no end to them.
   */
  walk(given: string, depth: number, flags: RequestFlags, patience: Patience): Promise<string[]> {
    const turns = new Turns(this.#crowd, patience);
    const walk = Walk.begin();
    return failingAs(given, async () => {
      const path = this.#byId(given, await this.#aliases.in([given], patience));
      return this.#walk({ path, depth, flags, patience, turns, walk });
    });
  }

  async #walk(visit: Visit): Promise<string[]> {
    const { depth, walk } = visit;
    walk.lists();
    const listed = await this.#listed(visit);
    const entries = listed.filter((entry) => !walk.passed(lastElement(entry.path)));
    for (const entry of entries) walk.finds(entry.path);
    if (depth <= 1) return entries.map((entry) => entry.path);
    const names = entries.map((entry) => lastElement(entry.path));
    const further = walk.into(names.filter((name) => parseDeviceId(name)));
    const lists = await inTurns(entries, AT_ONCE, async (entry) => {
      const below = { ...visit, path: entry.path, depth: depth - 1, walk: further };
      return [entry.path, ...(await this.#below(entry, below))];
    });
    return lists.flat();
  }

  /** What a directory holds, devices by their ids, also where owserver lists them by their aliases. */
  async #listed({ path, flags, patience, turns }: Visit): Promise<Entry[]> {
    const entries = await turns.run(() => this.#listings.list(path, flags, patience));
    const named = entries.some((entry) => mayBeAlias(entry));
    const aliases = named ? await this.#aliases.fetch(patience) : NONE;
    const above = path === '/' ? '' : path;
    const byId = entries.map((entry) => {
      const name = lastElement(entry.path);
      const id = mayBeAlias(entry) ? aliases.get(name) : undefined;
      return { ...entry, path: `${above}/${id ? formatDeviceId(id, this.#format) : name}` };
    });
    this.#lists.seen(
      path,
      byId.map((entry) => entry.path),
      flags,
    );
    return byId;
  }

  #byId(path: string, aliases: ReadonlyMap<string, DeviceId>): string {
    return renameDevices(path, (element) => {
      const id = parseDeviceId(element) ?? aliases.get(element);
      return id ? formatDeviceId(id, this.#format) : element;
    });
  }

  async #below({ path, directory }: Entry, visit: Visit): Promise<string[]> {
    if (directory === false || REPEATS.test(path)) return [];
    const family = parseDeviceId(lastElement(path))?.family;
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
    const top = await visit.turns.run(() => this.#contents.top(family, visit.path, visit));
    return this.#within(family, '', top, visit);
  }

  /** The paths that names of a device's directory `inside` stand for, and those below them. */
  async #within(
    family: string,
    inside: string,
    names: readonly Name[],
    visit: Visit,
  ): Promise<string[]> {
    for (const { name } of names) visit.walk.finds(`${visit.path}/${inside}${name}`);
    const lists = await inTurns(names, AT_ONCE, async ({ name, directory }) => {
      const below = `${inside}${name}`;
      const path = `${visit.path}/${below}`;
      const depth = visit.depth - below.split('/').length;
      if (!directory || depth < 1) return [path];
      if (isBranch(name)) {
        // What is on a branch is no matter of the family; a DS2406 only seems to have one.
        const behind = family === COUPLER_FAMILY && (await this.#walk({ ...visit, path, depth }));
        return [path, ...(behind || [])];
      }
      const look = (): Promise<readonly Name[]> =>
        this.#contents.inside(family, below, visit.path, visit);
      const found = await visit.turns.run(look);
      return [path, ...(await this.#within(family, `${below}/`, found, visit))];
    });
    return lists.flat();
  }
}

/** Is it in the place of a device, and not an id? */
function mayBeAlias({ path, directory }: Entry): boolean {
  const name = lastElement(path);
  if (directory === false || parseDeviceId(name)) return false;
  return hidesAlias(name) || parsePath(path).directory === path;
}

function isAbsent(thrown: unknown): boolean {
  return thrown instanceof OwError && thrown.code === 'EOW_ABSENT';
}

function isRefusal(thrown: unknown, ret: number): boolean {
  return thrown instanceof OwError && thrown.ret === ret;
}
