import type { Facts } from '../knowledge/path-facts.js';
import { Deadline } from '../transport/deadline.js';
import { Kept } from '../transport/kept.js';
import { saysAbsent } from '../errors/return-codes.js';
import type { Entry, Listings } from '../requests/listings.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { SingleFlight } from '../transport/single-flight.js';
import { within } from '../transport/within.js';
import { formatDeviceId, parseDeviceId } from '../values/device-id.js';
import { lastElement, unaliased } from '../values/path.js';

/** A bus that takes longer does not answer: a conversion takes a second, a search of many devices two. */
export const SILENT_MS = 4_000;

/** Most buses that are looked for. */
const MOST = 64;

/** Most devices whose bus is remembered. */
const LIMIT = 5_000;

/** Longest wait for the lists of several buses: a dead one answers after half a minute. */
const LISTS_MS = 3_000;

/** How long the number of buses is believed: owserver may find adapters while it runs. */
const COUNTED_MS = 600_000;

/** How long the lists are believed not to hold a device: it may have been plugged in since. */
const MISSED_MS = 60_000;

/** The keys under which requests to one bus go out one after another. */
interface BusKeys {
  /** Of reads: owserver works on one request of a bus at a time, more would only stand in the way. */
  readonly read: string;
  /** Of writes and looks for a device; none while the bus is not known, their order is by device then. */
  readonly urgent: string | undefined;
}

/**
 * Which bus each device is on. One bus needs no asking; of several, the devices are listed when it
 * begins to matter, because owserver searches a bus for each such list.
 */
export class Buses {
  readonly #messenger: Messenger;
  readonly #listings: Listings;
  readonly #known = new Kept<string, number>({ limit: LIMIT });
  readonly #silent = new Set<number>();
  /** How many buses there are, once there is one. */
  readonly #count = new Kept<'count', number>({ limit: 1, ms: COUNTED_MS });
  readonly #counting = new SingleFlight<'count', number>((key, count) => {
    if (count > 0) this.#count.set(key, count);
  });
  /** What the lists of the buses say, each from when it was asked for: also that a dead bus gave none. */
  readonly #lists = new Kept<number, Promise<ReadonlySet<string>>>({ limit: MOST, ms: MISSED_MS });

  constructor(messenger: Messenger, listings: Listings) {
    this.#messenger = messenger;
    this.#listings = listings;
  }

  /** Is there one bus only, as far as it is known without asking? */
  get isOne(): boolean {
    return this.#count.last('count') === 1;
  }

  /** The bus of a device, as far as it is known without asking. */
  known({ bus, trunk }: Facts): number | undefined {
    if (bus !== undefined) return bus;
    if (this.isOne) return 0;
    return trunk === undefined ? undefined : this.#known.get(trunk);
  }

  /** The keys for requests to a device's bus, as far as it is known. */
  keys(facts: Facts): BusKeys {
    const bus = this.known(facts);
    if (bus !== undefined) return keysOf(bus);
    return { read: this.#lists.size > 0 ? 'some bus' : 'bus 0', urgent: undefined };
  }

  /** The bus of a device; nothing when none of the buses shows it, or not in time. */
  async find(facts: Facts, patience: Patience): Promise<number | undefined> {
    const count = await this.count(patience);
    const known = this.known(facts);
    if (known !== undefined) return known < count ? known : undefined;
    if (facts.trunk === undefined) return undefined;
    if (count === 0) return undefined;
    const { trunk } = facts;
    const found = Array.from({ length: count }, async (_, bus) => {
      if (!(await this.#listed(bus)).has(trunk)) throw new Error('elsewhere');
      return bus;
    });
    const first = Promise.any(found).catch(() => undefined);
    return patience.deadline.wait(within(LISTS_MS, first));
  }

  /**
   * The buses that show a device, of which there are so many: where the lists that are kept show fewer
   * they are made anew. Those that do not answer in time show nothing.
   */
  async all(id: string, wanted: number, patience: Patience): Promise<number[]> {
    const count = await this.count(patience);
    const look = (): Promise<(number | undefined)[]> =>
      Promise.all(
        Array.from({ length: count }, async (_, bus) => {
          const ids = await within(LISTS_MS, this.#listed(bus)).catch(() => undefined);
          return ids?.has(id) ? bus : undefined;
        }),
      );
    const kept = (await patience.deadline.wait(look())).filter((bus) => bus !== undefined);
    if (kept.length >= wanted) return kept;
    this.#lists.clear();
    return (await patience.deadline.wait(look())).filter((bus) => bus !== undefined);
  }

  /**
   * The path to send for a device. One that does not say its bus makes owserver ask all of them, every
   * two minutes, where the device is (owlib/src/c/ow_presence.c): behind a dead one that takes seconds.
   */
  route(sendPath: string, bus: number | undefined): string {
    if (this.#silent.size === 0 || bus === undefined) return sendPath;
    if (this.isOne) return sendPath;
    const said = /^\/bus\.\d+\//i.test(sendPath);
    return said || this.#silent.has(bus) ? sendPath : `/bus.${bus}${sendPath}`;
  }

  /** A bus did, or did not, do what it was asked for in time. */
  heard(bus: number | undefined, answers: boolean): void {
    if (bus === undefined) return;
    if (answers) this.#silent.delete(bus);
    else this.#silent.add(bus);
  }

  /** A device was away: it may be on another bus now. */
  doubt({ trunk }: Facts): void {
    if (trunk === undefined || this.isOne) return;
    this.#known.delete(trunk);
    this.#lists.clear();
  }

  /** How many buses owserver has; they are numbered from 0. */
  async count(patience: Patience): Promise<number> {
    return (
      this.#count.get('count') ??
      this.#counting.askUntil(patience.deadline, 'count', () => this.#ask(patience))
    );
  }

  /** What answers next may have other buses, or other numbers for them. */
  forget(): void {
    this.#count.clear();
    this.#counting.forget();
    this.#lists.clear();
    this.#known.clear();
    this.#silent.clear();
  }

  async #ask({ deadline }: Patience): Promise<number> {
    for (let bus = 0; bus < MOST; bus += 1) {
      const path = `/bus.${bus}`;
      const { ret } = await this.#messenger.exchange({ type: 'presence', path }, { deadline });
      if (saysAbsent(ret)) return bus;
      // Anything else says nothing of the buses behind it.
      if (ret < 0) throw await this.#messenger.refusal(ret, path, { deadline });
    }
    return MOST;
  }

  /** The list of a bus, made anew when it has missed a device for a while. */
  #listed(bus: number): Promise<ReadonlySet<string>> {
    const known = this.#lists.get(bus);
    if (known) return known;
    const askedAt = performance.now();
    const list = this.#list(bus);
    this.#lists.set(bus, list);
    // Only a dead bus, which takes its time, is left alone for a while.
    list.catch(() => {
      const quick = performance.now() - askedAt < SILENT_MS;
      if (quick && this.#lists.last(bus) === list) this.#lists.delete(bus);
    });
    return list;
  }

  async #list(bus: number): Promise<ReadonlySet<string>> {
    const deadline = new Deadline(MISSED_MS);
    const listed = this.#listings.list(unaliased(`/bus.${bus}`), {}, { deadline });
    // It tells of a silent bus in time, and goes on.
    within(SILENT_MS, listed, () => this.heard(bus, false)).catch(() => undefined);
    const entries = await listed;
    this.heard(bus, true);
    return this.#keep(bus, entries);
  }

  #keep(bus: number, entries: readonly Entry[]): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { path } of entries) {
      const id = parseDeviceId(lastElement(path));
      if (!id) continue;
      if (ids.size >= LIMIT) break;
      const text = formatDeviceId(id, 'f.i');
      ids.add(text);
      this.#known.set(text, bus);
    }
    return ids;
  }
}

/** The keys of a bus that is known. */
export function keysOf(bus: number): BusKeys & { readonly urgent: string } {
  return { read: `bus ${bus}`, urgent: `urgent ${bus}` };
}
