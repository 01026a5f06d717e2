import { Deadline } from '../transport/deadline.js';
import type { Device, Devices } from './devices.js';
import { OwError } from '../errors/ow-error.js';
import type { Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';

/**
 * How long a list is believed. owserver keeps its own for 60 s and then searches the bus, which for
 * a hundred devices holds up everything else on it for two seconds.
 */
const KEPT_MS = 300_000;

interface List {
  readonly devices: readonly Device[];
  /** When a new one is due. */
  until: number;
}

/** The devices of each directory that patterns are looked up in, kept until there is reason to doubt them. */
export class DeviceLists {
  readonly #listings: Listings;
  readonly #devices: Devices;
  readonly #lists = new Map<string, List>();
  readonly #asked = new Map<string, Promise<List>>();

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
    const kept = this.#lists.get(directory);
    if (!kept) return (await this.#first(directory, patience)).devices;
    if (performance.now() > kept.until) {
      const deadline = new Deadline(patience.deadline.totalMs);
      this.#ask(directory, { deadline }).catch(() => undefined);
    }
    return kept.devices;
  }

  /** A device was missed: it may be gone, or elsewhere. */
  doubt(): void {
    for (const list of this.#lists.values()) list.until = 0;
  }

  /** owserver knows better now: an alias was written, a directory was listed anew, the connection was lost. */
  forget(): void {
    this.#lists.clear();
    this.#asked.clear();
  }

  /** Shared with whoever asked before; when that one's time is up, this one's may not be. */
  async #first(directory: string, patience: Patience): Promise<List> {
    try {
      return await this.#ask(directory, patience);
    } catch (thrown) {
      const again = thrown instanceof OwError && thrown.id === 'deadline';
      if (again && patience.deadline.leftMs > 1) return this.#first(directory, patience);
      throw thrown;
    }
  }

  #ask(directory: string, patience: Patience): Promise<List> {
    const asked = this.#asked.get(directory);
    if (asked) return asked;
    const list = this.#list(directory, patience);
    this.#asked.set(directory, list);
    const settle = (answer?: List): void => {
      if (this.#asked.get(directory) !== list) return;
      this.#asked.delete(directory);
      if (answer) this.#lists.set(directory, answer);
    };
    list.then(settle, () => settle());
    return list;
  }

  async #list(directory: string, patience: Patience): Promise<List> {
    const entries = await this.#listings.list(directory, {}, patience);
    const devices = await this.#devices.identify(entries, undefined, patience);
    return { devices, until: performance.now() + KEPT_MS };
  }
}
