import type { Buses } from '../bus/buses.js';
import type { Sensors } from '../bus/sensors.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import { forPath } from './for-path.js';
import type { DeviceLists } from '../knowledge/device-lists.js';
import type { Facts, PathFacts } from '../knowledge/path-facts.js';
import { LostSearch, type Lost } from './lost-search.js';
import type { ResolvedOptions } from '../options.js';
import type { Presence } from './presence.js';
import type { Reading } from './reader.js';
import type { Patience } from '../requests/messenger.js';
import { Kept } from '../transport/kept.js';
import { SingleFlight } from '../transport/single-flight.js';
import { tell } from '../transport/tell.js';
import { placesOf } from '../values/place.js';

/** How often a lost device is looked for, and how long what a look has shown is believed. */
const EVERY_MS = 30_000;

/** Longest time that a no may take: a look takes 40 ms, and a dead bus says no after 5 s. */
const SURE_MS = 3_000;

/** Most devices, and buses, of which it is known that a look is no use. */
const LIMIT = 1_000;

/** What the lost devices are known by. */
interface LostParts {
  readonly presence: Presence;
  readonly pathFacts: PathFacts;
  readonly lists: DeviceLists;
  readonly buses: Buses;
  readonly sensors: Sensors;
  readonly options: ResolvedOptions;
  /** How often a lost device is looked for, in milliseconds. @default 30000 */
  readonly everyMs?: number;
}

/** Hears the id of a lost device that is there again, as answers write it. */
export type FoundListener = (id: string) => void;

/** What came of a look for a device. */
interface Look {
  readonly facts: Facts;
  /** Nothing where the bus does not tell. */
  readonly present: boolean | undefined;
}

/**
 * The devices that did not answer and are not on the bus. owserver spends up to 5 s on a read of one, so
 * those who read many leave them out; each is looked for every 30 s, which takes the bus some 40 ms.
 */
export class LostDevices {
  readonly #parts: LostParts;
  readonly #everyMs: number;
  readonly #lost: LostSearch;
  /** Places whose device was there, and buses that did not tell: no look at them for a while. */
  readonly #settled: Kept<string, true>;
  readonly #looks = new SingleFlight<string, Look>((place, { facts, present }) => {
    if (present) this.#settled.set(place, true);
    else if (present === false) this.#lose(place, facts);
  });
  readonly #listeners = new Set<FoundListener>();

  constructor(parts: LostParts) {
    this.#parts = parts;
    this.#everyMs = parts.everyMs ?? EVERY_MS;
    this.#settled = new Kept({ limit: LIMIT, ms: this.#everyMs });
    this.#lost = new LostSearch({
      everyMs: this.#everyMs,
      usualMs: parts.options.requestTimeoutMs,
      isWaitedFor: () => this.#listeners.size > 0,
      isThere: (facts, patience) => this.#isThere(facts, patience),
      onFound: (lost) => this.#found(lost),
      onLeft: ({ facts }) => this.#doubt(facts),
    });
  }

  /**
   * Calls back for each device that is there again, until the function that it returns is called. While
   * somebody hears it all of them are looked for, else those that were asked for within the last hour.
   */
  onFound(listener: FoundListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Reads a path, but not of a lost device; one that does not answer, and is not there, is lost.
   * @throws OwError EOW_ABSENT for a lost device, at once; and whatever the read does.
   */
  async guard<T>(path: unknown, patience: Patience, read: () => Promise<T>): Promise<T> {
    if (this.#lost.size > 0)
      await forPath(this.#parts.pathFacts, path, patience, (facts) => this.#refuse(facts));
    try {
      return await read();
    } catch (thrown) {
      throw await this.#judge(path, thrown, patience);
    }
  }

  /** Follows a reading that nobody guards: one from the bus shows that a lost device is there again. */
  heard(path: unknown, reading: Promise<Reading>): Promise<Reading> {
    if (this.#lost.size === 0) return reading;
    return reading.then((answer) => {
      const facts = this.#parts.pathFacts.known(path);
      if (facts && comesFromBus(facts, answer)) this.#lost.answered(this.#places(facts));
      return answer;
    });
  }

  /** Follows a write: that a device is not there concerns the lists, too. What failed is told as it is. */
  written<T>(path: unknown, writing: Promise<T>, { deadline }: Patience): Promise<T> {
    return writing.catch((thrown: unknown) => {
      const facts = this.#suspect(path, thrown);
      if (facts) void this.#look(facts, { deadline: deadline.afresh(), priority: 'list' });
      throw thrown;
    });
  }

  /** Another owserver may answer next, or the client ends. */
  forget(): void {
    this.#lost.forget();
    this.#settled.clear();
    this.#looks.forget();
  }

  #refuse(facts: Facts): Promise<void> {
    const lost = this.#lost.find(this.#places(facts));
    if (!lost) return Promise.resolve();
    lost.askedAt = performance.now();
    return Promise.reject(this.#failure(lost));
  }

  /** What a failed read is told as. */
  async #judge(path: unknown, thrown: unknown, { deadline }: Patience): Promise<unknown> {
    const facts = this.#suspect(path, thrown);
    if (!facts) return thrown;
    const look = this.#look(facts, { deadline: deadline.afresh(), inTurn: true });
    const lost = await deadline.wait(look).catch(() => undefined);
    return lost ? this.#failure(lost, toOwError(thrown)).withPath(facts.asked) : thrown;
  }

  /**
   * The device of a path, where owserver's answer may mean that it is away. What was not answered says
   * nothing of one.
   */
  #suspect(path: unknown, thrown: unknown): Facts | undefined {
    const { code, ret } = toOwError(thrown);
    if (ret === undefined || (code !== 'EOW_ABSENT' && code !== 'EOW_RETURN')) return undefined;
    const facts = this.#parts.pathFacts.known(path);
    return facts?.id === undefined ? undefined : facts;
  }

  /** Looks for a device, unless it is known how it stands with it; the lost one, if it is. */
  async #look(facts: Facts, patience: Patience): Promise<Lost | undefined> {
    const places = this.#places(facts);
    const [place = ''] = places;
    const known = this.#lost.find(places);
    if (known || this.#settled.has(place) || this.#settled.has(this.#busOf(facts))) return known;
    const look = async (): Promise<Look> => ({
      facts,
      present: await this.#isThere(facts, patience),
    });
    await this.#looks.ask(place, look);
    return this.#lost.find(places);
  }

  /**
   * Nothing when the bus does not tell, or did not a moment ago: it takes its time over each question. One
   * that needs long for a no has not looked.
   */
  async #isThere(facts: Facts, patience: Patience): Promise<boolean | undefined> {
    const bus = this.#busOf(facts);
    if (this.#settled.has(bus)) return undefined;
    let waited = 0;
    const onWait = (ms: number): void => void (waited = ms);
    const asked = this.#parts.presence.check(facts.directory ?? '', { ...patience, onWait });
    const present = await asked.catch(() => undefined);
    if (present === true || (present === false && waited < SURE_MS)) return present;
    this.#settled.set(bus, true);
    return undefined;
  }

  #lose(place: string, facts: Facts): void {
    this.#lost.add(place, facts);
    if (facts.directory !== undefined) this.#parts.sensors.doubt(facts.directory);
    // It may be elsewhere.
    this.#parts.lists.doubt();
  }

  #found({ facts }: Lost): void {
    this.#doubt(facts);
    this.#parts.lists.doubt();
    for (const listener of this.#listeners) tell(listener, facts.id ?? '');
  }

  /** It may come back elsewhere, with another supply. */
  #doubt(facts: Facts): void {
    this.#parts.buses.doubt(facts);
    if (facts.directory !== undefined) this.#parts.sensors.doubt(facts.directory);
  }

  #places({ id, directory }: Facts): readonly string[] {
    if (id === undefined || directory === undefined) return [];
    return placesOf(directory, this.#parts.buses.isOne);
  }

  #busOf(facts: Facts): string {
    return `bus ${this.#parts.buses.known(facts) ?? ''}`;
  }

  #failure({ since, facts }: Lost, cause?: OwError): OwError {
    const params = { since, seconds: this.#everyMs / 1000 };
    return new OwError('deviceLost', params, { path: facts.asked, cause, ret: cause?.ret });
  }
}

/** Was the device itself asked? What never changes owserver knows by heart, and `present` is a value of nobody, too. */
function comesFromBus({ property, propertyPath }: Facts, { cached }: Reading): boolean {
  return !cached && property !== undefined && property.change !== 'f' && propertyPath !== 'present';
}
