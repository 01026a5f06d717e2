import type { Device } from '../knowledge/device.js';
import { Kept } from '../transport/kept.js';
import { isFailure, type Part } from './by-bus.js';

/** What differs between two listings. */
export interface DeviceChanges {
  /** Not there before. */
  readonly added: readonly Device[];
  /** Missing for as many listings in a row as it takes; as it was listed last. */
  readonly removed: readonly Device[];
  /** On another bus or branch than before; with its new path. */
  readonly moved: readonly Device[];
  /** Was nothing of this listed before? Then nothing is new. */
  readonly first: boolean;
}

/** A device that a place had, and in how many listings in a row it has been missing. */
interface Known {
  readonly device: Device;
  missed: number;
}

type Inhabitants = Map<string, Known>;

/** Most places that are remembered: messages may name ever new ones. */
const MOST_PLACES = 1_000;

/**
 * Tells what comes, goes and moves from one listing to the next. What is listed is there at once; what is
 * missing is gone after `misses` listings: a search can pass over a device on a noisy bus. A place that
 * could not be listed says nothing of its devices.
 */
export class DeviceLedger {
  readonly #misses: number;
  readonly #places = new Kept<string, Inhabitants>({ limit: MOST_PLACES });

  /** @param misses how many listings in a row a device must be missing from, at least 1 */
  constructor(misses: number) {
    this.#misses = misses;
  }

  /** Takes the listings of one look. */
  see(parts: readonly Part[]): DeviceChanges {
    const shown = new Set<string>();
    const newcomers: Device[] = [];
    const gone = new Map<string, Device>();
    let isKnown = false;
    const seen = new Set<string>();
    for (const { place, listed } of parts) {
      if (isFailure(listed) || seen.has(place)) continue;
      seen.add(place);
      for (const device of listed) shown.add(`${place} ${device.id}`);
      const known = this.#places.get(place);
      if (known) isKnown = true;
      else this.#places.set(place, inhabitants(listed));
      if (!known) continue;
      newcomers.push(...this.#come(known, listed));
      for (const device of this.#go(known, listed)) gone.set(device.id, device);
    }
    const moved = newcomers.filter(
      (device) => this.#leaves(device, shown, parts) || gone.delete(device.id),
    );
    const added = newcomers.filter((device) => !moved.includes(device));
    return { added, removed: [...gone.values()], moved, first: seen.size > 0 && !isKnown };
  }

  /** Who is new in a place; all that are there are not missing. */
  #come(known: Inhabitants, listed: readonly Device[]): Device[] {
    return listed.filter((device) => {
      const isNew = !known.has(device.id);
      known.set(device.id, { device, missed: 0 });
      return isNew;
    });
  }

  /** Who has been missing from a place for long enough. */
  #go(known: Inhabitants, listed: readonly Device[]): Device[] {
    const here = new Set(listed.map(({ id }) => id));
    const gone: Device[] = [];
    for (const [id, each] of known) {
      if (here.has(id)) continue;
      each.missed += 1;
      if (each.missed < this.#misses) continue;
      known.delete(id);
      gone.push(each.device);
    }
    return gone;
  }

  /** Was it in another place, which does not show it now? Then it has left that. */
  #leaves({ id }: Device, shown: ReadonlySet<string>, parts: readonly Part[]): boolean {
    let left = false;
    for (const { place } of parts) {
      const known = this.#places.get(place);
      if (!known?.has(id) || shown.has(`${place} ${id}`)) continue;
      known.delete(id);
      left = true;
    }
    return left;
  }
}

function inhabitants(listed: readonly Device[]): Inhabitants {
  return new Map(listed.map((device) => [device.id, { device, missed: 0 }]));
}
