import type { Buses } from '../bus/buses.js';
import { OwError } from '../errors/ow-error.js';
import { forPath } from './for-path.js';
import type { PathFacts, Facts } from '../knowledge/path-facts.js';
import type { Listings } from '../requests/listings.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { Walk } from '../requests/walk.js';
import { SingleFlight } from '../transport/single-flight.js';
import { unaliased } from '../values/path.js';

/** The adapters of all of owserver are one question. */
const ALL = '';

const BUS = /\/bus\.\d+$/;

/** Most owservers one behind the other that are looked through. */
const MAX_CHAIN = 4;

/** Most buses of one owserver that are looked at. */
const MOST_BUSES = 64;

/**
 * Tells whether something is there now. owserver's own PRESENCE answers from a cache of 120 s
 * whatever the flags (owlib/src/c/ow_presence.c), so a device is asked for its `present` on the bus.
 */
export class Presence {
  readonly #messenger: Messenger;
  readonly #pathFacts: PathFacts;
  readonly #listings: Listings;
  readonly #buses: Buses;
  /** Not kept while an adapter refuses to tell. */
  #simulated: boolean | undefined;
  readonly #asked = new SingleFlight<typeof ALL, boolean | undefined>(
    (_, answer) => (this.#simulated = answer),
  );

  constructor(messenger: Messenger, pathFacts: PathFacts, listings: Listings, buses: Buses) {
    this.#pathFacts = pathFacts;
    this.#messenger = messenger;
    this.#listings = listings;
    this.#buses = buses;
  }

  /** @throws OwError for anything but an answer: a failing bus is not an absent device. */
  check(path: string, patience: Patience): Promise<boolean> {
    return forPath(this.#pathFacts, path, patience, (facts) => this.#check(facts, patience));
  }

  async #check(facts: Facts, patience: Patience): Promise<boolean> {
    const { directory, propertyPath, sendPath } = facts;
    if (directory === undefined) return this.#exists(sendPath, patience);
    if (!(await this.#onBus(directory, facts, patience))) return false;
    return propertyPath === undefined || this.#exists(sendPath, patience);
  }

  /** Forgets what kind of adapters there were. */
  forget(): void {
    this.#simulated = undefined;
    this.#asked.forget();
  }

  async #onBus(directory: string, facts: Facts, patience: Patience): Promise<boolean> {
    const path = this.#buses.route(`${directory}/present`, this.#buses.known(facts));
    const { urgent } = this.#buses.keys(facts);
    // One look at a bus at a time: a dead one takes its time over each. No read waits for one at leisure.
    const keys =
      patience.priority === 'list'
        ? { serialKey: `look ${path}`, yieldsTo: urgent }
        : { serialKey: urgent ?? path };
    const asked = { type: 'read', path, flags: { uncached: true }, ...keys } as const;
    const present = await this.#succeeds(this.#messenger.ask(asked, patience));
    if (!present) return false;
    if (present.data.toString('latin1').trim() === '1') return true;
    if ((await this.#isSimulated(patience)) === false) return false;
    return this.#isListed(directory, facts, patience);
  }

  /** owserver's simulated adapters (--fake, --tester, --mock) say 0 for every device: only their listing tells. */
  async #isSimulated(patience: Patience): Promise<boolean | undefined> {
    if (this.#simulated !== undefined) return this.#simulated;
    return this.#asked.askUntil(patience.deadline, ALL, () =>
      this.#hasSimulated(ALL, Walk.begin(), patience),
    );
  }

  /**
   * Looks at the adapters, and at those of owservers behind this one, which show as adapters named `tcp`;
   * nothing when one of them refuses to tell.
   */
  async #hasSimulated(above: string, walk: Walk, patience: Patience): Promise<boolean | undefined> {
    walk.lists();
    let found: boolean | undefined = false;
    const entries = await this.#listings.list(above || '/', { busReturn: true }, patience);
    const buses = entries.filter((entry) => BUS.test(entry.path));
    for (const { path } of buses.slice(0, MOST_BUSES)) {
      const asked = { type: 'read', path: `${path}/interface/settings/name` } as const;
      const { ret, data } = await this.#messenger.exchange(asked, patience);
      const name = data.toString('latin1');
      const deeper = name.startsWith('tcp') && path.split('/').length <= MAX_CHAIN;
      const below = deeper && (await this.#hasSimulated(path, walk.into(), patience));
      if (name.startsWith('Simulated') || below) return true;
      if (ret < 0 || below === undefined) found = undefined;
    }
    return found;
  }

  /** Without aliases, which would hide a device whose id was asked for. */
  async #isListed(directory: string, { id }: Facts, patience: Patience): Promise<boolean> {
    const parent = directory.slice(0, directory.lastIndexOf('/'));
    const asked = this.#listings.list(unaliased(parent), { uncached: true }, patience);
    const entries = await this.#succeeds(asked);
    return (entries ?? []).some(({ path }) => path.endsWith(`/${id ?? ''}`));
  }

  async #exists(path: string, patience: Patience): Promise<boolean> {
    return (
      (await this.#succeeds(this.#messenger.ask({ type: 'presence', path }, patience))) !==
      undefined
    );
  }

  async #succeeds<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (thrown) {
      if (thrown instanceof OwError && thrown.code === 'EOW_ABSENT') return undefined;
      throw thrown;
    }
  }
}
