import type { Buses } from '../bus/buses.js';
import type { Sensors } from '../bus/sensors.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import { forPath } from './for-path.js';
import type { DeviceLists } from '../knowledge/device-lists.js';
import type { Facts, PathFacts } from '../knowledge/path-facts.js';
import type { ResolvedOptions } from '../options.js';
import type { Presence } from './presence.js';
import type { Reading } from './reader.js';
import type { Patience } from '../requests/messenger.js';
import { Deadline } from '../transport/deadline.js';
import { Kept } from '../transport/kept.js';
import { SingleFlight } from '../transport/single-flight.js';
import { tell } from '../transport/tell.js';
import { placesOf } from '../values/place.js';

/** How often a lost device is looked for, and how long what a look has shown is believed. */
const EVERY_MS = 30_000;

/** How long a device is looked for that nobody asks for any more. */
const WANTED_MS = 3_600_000;

/** Most devices that are looked for. */
const LIMIT = 1_000;

/** What the lost devices are known by. */
interface LostParts {
  readonly presence: Pick<Presence, 'check'>;
  readonly pathFacts: PathFacts;
  readonly lists: Pick<DeviceLists, 'doubt'>;
  readonly buses: Pick<Buses, 'known' | 'isOne' | 'doubt'>;
  readonly sensors: Pick<Sensors, 'doubt'>;
  readonly options: Pick<ResolvedOptions, 'requestTimeoutMs'>;
}

/** A device that is known to be away. */
interface Lost {
  readonly facts: Facts;
  /** For people. */
  readonly since: string;
  /** When it was last asked for, and when it is to be looked for, in milliseconds of `performance.now()`. */
  askedAt: number;
  dueAt: number;
}

/** What came of a look for a device. */
interface Look {
  readonly facts: Facts;
  readonly present: boolean;
}

/** Hears the id of a lost device that is there again, as answers write it. */
export type FoundListener = (id: string) => void;

/**
 * The devices that did not answer and are not on the bus. owserver spends up to 5 s on a read of one, so
 * those who read many leave them out; each is looked for every 30 s, which takes the bus some 40 ms.
 */
export class LostDevices {
  readonly #parts: LostParts;
  /** By place, in the order in which they are to be looked for. */
  readonly #lost = new Map<string, Lost>();
  /** Places whose device was there, and buses that did not tell: no look at them for a while. */
  readonly #settled = new Kept<string, true>({ limit: LIMIT, ms: EVERY_MS });
  readonly #looks = new SingleFlight<string, Look>((place, look) => this.#learn(place, look));
  readonly #listeners = new Set<FoundListener>();
  #timer: NodeJS.Timeout | undefined;
  #searching = false;

  constructor(parts: LostParts) {
    this.#parts = parts;
  }

  /** Calls back for each device that is there again, until the function that it returns is called. */
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
      if (facts && comesFromBus(facts, answer)) this.#end(facts);
      return answer;
    });
  }

  /** Follows a write: of a device that is not there the lists have to know. */
  written<T>(path: unknown, writing: Promise<T>, { deadline }: Patience): Promise<T> {
    return writing.catch((thrown: unknown) => {
      const facts = this.#suspect(path, thrown);
      // Nobody waits for it: what failed is told as it is.
      if (facts)
        this.#look(facts, { deadline: deadline.afresh(), priority: 'list' }).catch(() => undefined);
      throw thrown;
    });
  }

  /** Another owserver may answer next; or the client ends. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lost.clear();
    this.#settled.clear();
    this.#looks.forget();
  }

  #refuse(facts: Facts): Promise<void> {
    const lost = this.#find(facts);
    if (!lost) return Promise.resolve();
    lost.askedAt = performance.now();
    return Promise.reject(failureOf(lost));
  }

  /** What a failed read is told as. */
  async #judge(path: unknown, thrown: unknown, { deadline }: Patience): Promise<unknown> {
    const facts = this.#suspect(path, thrown);
    if (!facts) return thrown;
    const look = this.#look(facts, { deadline: deadline.afresh(), inTurn: true });
    const lost = await deadline.wait(look).catch(() => undefined);
    return lost ? failureOf(lost, toOwError(thrown)).withPath(facts.asked) : thrown;
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

  /** Looks for a device, unless it is known where it stands. */
  async #look(facts: Facts, patience: Patience): Promise<Lost | undefined> {
    const known = this.#find(facts);
    if (known) return known;
    const [place = ''] = this.#places(facts);
    const bus = this.#busOf(facts);
    if (this.#settled.has(place) || this.#settled.has(bus)) return undefined;
    try {
      await this.#looks.ask(place, () => this.#check(facts, patience));
    } catch {
      // A bus that does not tell takes its time over each question.
      this.#settled.set(bus, true);
    }
    return this.#lost.get(place);
  }

  async #check(facts: Facts, patience: Patience): Promise<Look> {
    return { facts, present: await this.#parts.presence.check(facts.directory ?? '', patience) };
  }

  #learn(place: string, { facts, present }: Look): void {
    if (present) {
      this.#settled.set(place, true);
      return;
    }
    const [oldest] = this.#lost.keys();
    if (this.#lost.size >= LIMIT && oldest !== undefined) this.#drop(oldest);
    const now = performance.now();
    const since = new Date().toLocaleString('sv').slice(0, 16);
    this.#lost.set(place, { facts, since, askedAt: now, dueAt: now + EVERY_MS });
    // It may be elsewhere.
    this.#parts.lists.doubt();
    this.#arm();
  }

  /** Sets the one timer to the first that is due. */
  #arm(): void {
    const [first] = this.#lost.values();
    if (!first || this.#timer || this.#searching) return;
    const inMs = Math.max(0, first.dueAt - performance.now());
    this.#timer = setTimeout(() => void this.#search(), inMs).unref();
  }

  /** Looks for those that are due, one after another. */
  async #search(): Promise<void> {
    this.#timer = undefined;
    this.#searching = true;
    for (const [place, lost] of this.#lost) {
      const now = performance.now();
      if (lost.dueAt > now) break;
      this.#drop(place);
      if (this.#listeners.size === 0 && now - lost.askedAt > WANTED_MS) continue;
      lost.dueAt = now + EVERY_MS;
      this.#lost.set(place, lost);
      if (!this.#settled.has(this.#busOf(lost.facts))) await this.#searchFor(place, lost);
    }
    this.#searching = false;
    this.#arm();
  }

  async #searchFor(place: string, lost: Lost): Promise<void> {
    const deadline = new Deadline(this.#parts.options.requestTimeoutMs);
    try {
      const { facts } = lost;
      const { present } = await this.#check(facts, { deadline, priority: 'list', inTurn: true });
      if (present && this.#lost.get(place) === lost) this.#found(place, lost);
    } catch {
      if (this.#lost.get(place) === lost) this.#settled.set(this.#busOf(lost.facts), true);
    }
  }

  /** A device has answered: by the number of its bus, it is on some bus, too. */
  #end(facts: Facts): void {
    for (const place of this.#places(facts)) {
      const lost = this.#lost.get(place);
      if (lost) this.#found(place, lost);
    }
  }

  #found(place: string, { facts }: Lost): void {
    this.#lost.delete(place);
    this.#doubt(facts);
    this.#parts.lists.doubt();
    for (const listener of this.#listeners) tell(listener, facts.id ?? '');
  }

  #drop(place: string): void {
    const lost = this.#lost.get(place);
    this.#lost.delete(place);
    if (lost) this.#doubt(lost.facts);
  }

  /** It may come back elsewhere, with another supply. */
  #doubt(facts: Facts): void {
    this.#parts.buses.doubt(facts);
    if (facts.directory !== undefined) this.#parts.sensors.doubt(facts.directory);
  }

  #find(facts: Facts): Lost | undefined {
    for (const place of this.#places(facts)) {
      const lost = this.#lost.get(place);
      if (lost) return lost;
    }
    return undefined;
  }

  #places({ id, directory }: Facts): readonly string[] {
    if (id === undefined || directory === undefined) return [];
    return placesOf(directory, this.#parts.buses.isOne);
  }

  #busOf(facts: Facts): string {
    return `bus ${this.#parts.buses.known(facts) ?? ''}`;
  }
}

function failureOf({ since, facts }: Lost, cause?: OwError): OwError {
  const { asked: path } = facts;
  const params = { since, seconds: EVERY_MS / 1000 };
  return new OwError('deviceLost', params, { path, cause, ret: cause?.ret });
}

/** Was the device itself asked? What never changes owserver knows by heart, and `present` is a value also of nobody. */
function comesFromBus({ property, propertyPath }: Facts, { cached }: Reading): boolean {
  return !cached && property !== undefined && property.change !== 'f' && propertyPath !== 'present';
}
