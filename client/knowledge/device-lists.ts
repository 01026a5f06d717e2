import type { Device } from './device.js';
import type { Devices } from './devices.js';
import { Kept } from '../transport/kept.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { SingleFlight } from '../transport/single-flight.js';

/**
 * How long a list is believed. owserver keeps its own for 60 s and then searches the bus, which for
 * a hundred devices holds up everything else on it for two seconds.
 */
const KEPT_MS = 300_000;

/** Most bytes of all lists, of which there is one for each bus, and for each branch of its couplers. */
const LIMIT = 16 * 2 ** 20;

/** What a device takes beside its path, about. */
const DEVICE_BYTES = 250;

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

  /** A device was missed: it may be gone, or elsewhere. */
  doubt(): void {
    this.#lists.doubt();
  }

  /** owserver knows better now: an alias was written, a directory was listed anew, the connection was lost. */
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

  async #list(directory: string, patience: Patience): Promise<readonly Device[]> {
    const entries = await this.#listings.list(directory, {}, patience);
    const devices = await this.#devices.identify(entries, undefined, patience);
    // One that is on several buses is listed once for each, with one path.
    return [...new Map(devices.map((device) => [device.path, device])).values()];
  }
}
