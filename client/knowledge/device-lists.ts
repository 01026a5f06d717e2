import type { Device } from './device.js';
import type { Devices } from './devices.js';
import { Kept } from '../transport/kept.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { SingleFlight } from '../transport/single-flight.js';
import { parseDeviceId } from '../values/device-id.js';
import { lastElement, listsAnew } from '../values/path.js';

/**
 * How long a list is believed when nothing speaks against it: the search that it takes holds up
 * everything else on a bus of a hundred devices for a second and a half.
 */
const KEPT_MS = 3_600_000;

/** The same of one that owserver had in its cache: how old it may have been already (`timeout_directory`). */
const CACHED_MS = 60_000;

/** Most bytes of all lists, of which there is one for each bus, and for each branch of its couplers. */
const LIMIT = 16 * 2 ** 20;

/** What a device takes beside its path, about. */
const DEVICE_BYTES = 250;

/** How something was listed. */
interface Source {
  readonly uncached?: boolean;
}

/** The devices of each directory that patterns are looked up in, kept until there is reason to doubt them. */
export class DeviceLists {
  readonly #listings: Listings;
  readonly #devices: Devices;
  readonly #lists = new Kept<string, readonly Device[]>({
    limit: LIMIT,
    weigh: (list) => list.reduce((sum, { path }) => sum + path.length + DEVICE_BYTES, 0),
    ms: KEPT_MS,
  });
  readonly #asked = new SingleFlight<string, readonly Device[]>((directory, devices) =>
    this.#lists.set(directory, devices),
  );

  constructor(listings: Listings, devices: Devices) {
    this.#listings = listings;
    this.#devices = devices;
  }

  /**
   * A list that is due serves once more while the new one is on its way: with a dead bus that takes
   * half a minute.
   * @throws OwError when there is no list yet, and none to be had.
   */
  async in(directory: string, patience: Patience): Promise<readonly Device[]> {
    const last = this.#lists.last(directory);
    if (!last) return this.#ask(directory, patience);
    if (!this.#lists.has(directory)) {
      const deadline = patience.deadline.afresh();
      this.#ask(directory, { deadline }).catch(() => undefined);
    }
    return last;
  }

  /** Is there a list of this directory? */
  has(directory: string): boolean {
    return this.#lists.last(directory) !== undefined;
  }

  /**
   * All devices of a directory were listed for somebody: the list is made of them, and not asked for. What
   * owserver had in its cache is no better than a list that agrees with it, nor than the reason to doubt one.
   */
  listed(directory: string, found: readonly Device[], { uncached }: Source): void {
    const devices = onceEach(found);
    const last = this.#lists.last(directory);
    const believed = this.#lists.has(directory);
    const same = last !== undefined && isSame(last, devices);
    if (!same && last) this.#lists.doubt();
    if (uncached || listsAnew(directory)) this.#lists.set(directory, devices);
    else if (!last) this.#lists.set(directory, devices, CACHED_MS);
    else if (!same) this.#lists.set(directory, devices, believed ? CACHED_MS : 0);
  }

  /** The same of what shows only paths, with ids: a list that does not agree is asked for anew. */
  seen(directory: string, paths: readonly string[], { uncached }: Source): void {
    const last = this.#lists.last(directory);
    if (!last) return;
    const shown = new Set(paths.filter((path) => parseDeviceId(lastElement(path))));
    if (shown.size !== last.length || last.some(({ path }) => !shown.has(path))) {
      this.#lists.doubt();
      this.#lists.delete(directory);
    } else if (uncached || listsAnew(directory)) this.#lists.set(directory, last);
  }

  /** A device was missed, or is there again: it may be elsewhere, also since a search that is under way began. */
  doubt(): void {
    this.#lists.doubt();
    this.#asked.forget();
  }

  /** owserver knows better now: an alias was written, or the connection was lost. */
  forget(): void {
    this.#lists.clear();
    this.#asked.forget();
  }

  /** Shared with whoever asked before; when that one waits no longer, this one may. */
  #ask(directory: string, patience: Patience): Promise<readonly Device[]> {
    return this.#asked.askUntil(patience.deadline, directory, () =>
      this.#list(directory, patience),
    );
  }

  /** By a search: what owserver has in its cache may lack what was just plugged in. */
  async #list(directory: string, patience: Patience): Promise<readonly Device[]> {
    const entries = await this.#listings.list(directory, { uncached: true }, patience);
    return onceEach(await this.#devices.identify(entries, undefined, patience));
  }
}

/** One that is on several buses is listed once for each, with one path. */
function onceEach(devices: readonly Device[]): readonly Device[] {
  return [...new Map(devices.map((device) => [device.path, device])).values()];
}

/** Are these the same devices, by the same names? */
function isSame(some: readonly Device[], others: readonly Device[]): boolean {
  const names = new Map(some.map(({ path, alias }) => [path, alias]));
  return (
    some.length === others.length &&
    others.every(({ path, alias }) => names.has(path) && names.get(path) === alias)
  );
}
