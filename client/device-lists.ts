import type { Device, Devices } from './devices.js';
import type { Listings } from './listings.js';
import type { Patience } from './messenger.js';

/**
 * How long a list is believed. owserver keeps its own for 60 s and then searches the bus, which for
 * a hundred devices holds up everything else on it for two seconds.
 */
const KEPT_MS = 300_000;

/** The devices of each directory that patterns are looked up in, kept until there is reason to doubt them. */
export class DeviceLists {
  readonly #listings: Listings;
  readonly #devices: Devices;
  readonly #lists = new Map<string, { devices: Promise<readonly Device[]>; until: number }>();

  constructor(listings: Listings, devices: Devices) {
    this.#listings = listings;
    this.#devices = devices;
  }

  /** @throws OwError when the directory cannot be listed; that is not kept. */
  in(directory: string, patience: Patience): Promise<readonly Device[]> {
    const kept = this.#lists.get(directory);
    if (kept && performance.now() < kept.until) return kept.devices;
    const devices = this.#list(directory, patience);
    const list = { devices, until: performance.now() + KEPT_MS };
    this.#lists.set(directory, list);
    devices.catch(() => this.#lists.get(directory) === list && this.#lists.delete(directory));
    return devices;
  }

  /** A device was missed, an alias written, a directory listed anew: owserver may know better now. */
  forget(): void {
    this.#lists.clear();
  }

  async #list(directory: string, patience: Patience): Promise<readonly Device[]> {
    const entries = await this.#listings.list(directory, {}, patience);
    return this.#devices.identify(entries, undefined, patience);
  }
}
