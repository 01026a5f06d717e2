import type { Aliases } from '../knowledge/aliases.js';
import { inTurns } from '../transport/in-turns.js';
import { failingAs } from '../errors/failing-as.js';
import { OwError } from '../errors/ow-error.js';
import type { Entry, Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { Walk } from '../requests/walk.js';
import type { RequestFlags } from '../protocol/index.js';
import { NOT_A_DIRECTORY } from '../errors/return-codes.js';
import type { DeviceContents, Name } from '../knowledge/device-contents.js';
import { parseDeviceId, type DeviceId } from '../values/device-id.js';
import { COUPLER_FAMILY, isBranch, lastElement } from '../values/path.js';
import { Turns, type Crowd } from './turns.js';

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

/**
 * Lists directories with what is below them. The devices of a family hold the same properties, which
 * owserver's tables tell whether they may differ: so not every directory of every device is asked for.
 */
export class Walker {
  readonly #listings: Listings;
  readonly #contents: DeviceContents;
  readonly #aliases: Aliases;
  readonly #crowd: Crowd;

  constructor(listings: Listings, contents: DeviceContents, aliases: Aliases, crowd: Crowd) {
    this.#listings = listings;
    this.#contents = contents;
    this.#aliases = aliases;
    this.#crowd = crowd;
  }

  /**
   * The paths in a directory, each followed by those below it, down to a depth from 1: only those in it.
   * @throws OwError EOW_VALUE when there is no end to them.
   */
  walk(path: string, depth: number, flags: RequestFlags, patience: Patience): Promise<string[]> {
    const turns = new Turns(this.#crowd);
    const walk = Walk.begin();
    return failingAs(path, () => this.#walk({ path, depth, flags, patience, turns, walk }));
  }

  async #walk(visit: Visit): Promise<string[]> {
    const { path, depth, flags, patience, turns, walk } = visit;
    walk.lists();
    const listed = await turns.run(() => this.#listings.list(path, flags, patience));
    const entries = listed.filter((entry) => !walk.passed(lastElement(entry.path)));
    for (const entry of entries) walk.finds(entry.path);
    if (depth <= 1) return entries.map((entry) => entry.path);
    const names = entries.map((entry) => lastElement(entry.path));
    const further = walk.into(names.filter((name) => parseDeviceId(name)));
    const aliases = await this.#aliasesAmong(entries, patience);
    const lists = await inTurns(entries, AT_ONCE, async (entry) => {
      const below = { ...visit, path: entry.path, depth: depth - 1, walk: further };
      return [entry.path, ...(await this.#below(entry, aliases, below))];
    });
    return lists.flat();
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

function isAbsent(thrown: unknown): boolean {
  return thrown instanceof OwError && thrown.code === 'EOW_ABSENT';
}

function isRefusal(thrown: unknown, ret: number): boolean {
  return thrown instanceof OwError && thrown.ret === ret;
}
