import type { BrowseEntry } from './verbs/browse-entry.js';
import { Deadline } from './transport/deadline.js';
import type { Device } from './knowledge/device.js';
import type { Details } from './knowledge/path-facts.js';
import { forPath } from './verbs/for-path.js';
import { failingAs } from './errors/failing-as.js';
import { OwError } from './errors/ow-error.js';
import { Keeper } from './transport/keeper.js';
import { checkMessage, type Message } from './requests/message.js';
import type { Patience } from './requests/messenger.js';
import { resolveOptions, type OwserverOptions, type ResolvedOptions } from './options.js';
import { wire, type Parts, type Wiring } from './wiring.js';
import { toldApart } from './bus/told-apart.js';
import { setting } from './errors/phrases.js';
import { Pool } from './transport/pool.js';
import type { RequestFlags } from './protocol/index.js';
import type { Reading, ReadOptions } from './verbs/reader.js';
import type { ReadResult, WriteResult } from './verbs/batch.js';
import type { ClientStatus, StatusListener } from './status.js';
import { Room } from './verbs/room.js';
import type { Priority } from './transport/ticket.js';
import { exactPath, inOwserversWords, normalizePath, parsePath } from './values/path.js';
import { isPattern } from './values/pattern.js';
import type { PropertyInfo } from './values/property-info.js';
import type { Converted, DevicesOptions, DirOptions, Pong, RawReply } from './verbs/options.js';
import type { WriteOptions, WritePair, Written } from './verbs/writer.js';

/** Deepest listing. */
const MAX_DEPTH = 10;

/** A client of one owserver. Opens its first connection with the first request; every failure is an OwError. */
export class OwserverClient {
  readonly options: ResolvedOptions;
  readonly #pool: Pool;
  readonly #keeper: Keeper;
  readonly #parts: Parts;
  readonly #forget: Wiring['forget'];

  /** @throws OwError EOW_VALUE for a setting that is out of range. */
  constructor(options: OwserverOptions = {}) {
    this.options = resolveOptions(options);
    const keeper = new Keeper({
      options: this.options,
      ping: () => this.ping(),
      lastAnswerAt: () => this.#pool.lastAnswerAt,
    });
    this.#keeper = keeper;
    this.#pool = new Pool(this.options, {
      onDial: () => keeper.onDial(),
      onUp: (persistent) => keeper.onUp(persistent),
      onDown: (error) => {
        this.#forget('connectionLost');
        keeper.onDown(error);
      },
      onGivenUp: (error) => keeper.onGivenUp(error),
    });
    const { parts, forget } = wire(this.#pool, this.options);
    this.#parts = parts;
    this.#forget = forget;
  }

  /** What is known of the connection now. */
  get status(): ClientStatus {
    return this.#keeper.status;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#pool.size;
  }

  /** Calls back at each change of status, until the function that it returns is called. */
  onStatus(listener: StatusListener): () => void {
    return this.#keeper.onStatus(listener);
  }

  /**
   * Connects now and from then on keeps a connection: a lost one is tried again for ever.
   * Resolves when owserver has answered; rejects when this first try fails, and goes on trying.
   */
  async connect(): Promise<void> {
    this.#keeper.keep();
    await this.#keeper.ping();
  }

  /** Reads one value; `readAll` takes lists, and paths with `*`. */
  read(path: string, options: ReadOptions = {}): Promise<Reading> {
    if (isPattern(path)) return Promise.reject(new OwError('patternOne', {}, { path }));
    return this.#parts.reader.read(path, options, this.#patience(options.onWait));
  }

  /**
   * Reads several values: those of a list of paths, each of which may have a `*`, or of one such path.
   * One that fails costs the others nothing and has its place among the results, also a pattern that
   * stands for nothing, and all of them when owserver is away: it does not reject.
   */
  readAll(paths: string | readonly string[], options: ReadOptions = {}): Promise<ReadResult[]> {
    const patience = { ...this.#patience(options.onWait), inTurn: true };
    const room = new Room();
    const one = (path: unknown): Promise<Reading> =>
      this.#parts.reader.read(path, options, patience);
    const act = (path: unknown): Promise<Reading> => room.read(path, one);
    return this.#parts.batch.each([paths].flat(), { use: 'read', patience, act });
  }

  /**
   * Writes a value in the form that the property takes, checked before anything is sent; `writeAll`
   * writes to several paths.
   */
  write(path: string, value: unknown, options: WriteOptions = {}): Promise<Written> {
    if (isPattern(path)) return Promise.reject(new OwError('patternOne', {}, { path }));
    const patience = this.#patience(options.onWait, 'write');
    return this.#parts.writer.write(path, value, options, patience);
  }

  /**
   * Writes values to paths, one pair after another, so that what a later one builds on is done; or one
   * value to all that a path with `*` stands for. What fails does not stop the others, which may be
   * those that switch something off; as `readAll` it does not reject.
   */
  writeAll(path: string, value: unknown, options?: WriteOptions): Promise<WriteResult[]>;
  writeAll(pairs: readonly WritePair[], options?: WriteOptions): Promise<WriteResult[]>;
  async writeAll(
    given: string | readonly WritePair[],
    second?: unknown,
    third?: WriteOptions,
  ): Promise<WriteResult[]> {
    const alone = typeof given === 'string';
    const pairs: readonly WritePair[] = alone ? [[given, second]] : given;
    const options = (!alone && isOptions(second) ? second : third) ?? {};
    const results: WriteResult[] = [];
    for (const pair of pairs) {
      // A pair that is none fails in its place, as a path that is none.
      const [path, value]: readonly unknown[] = Array.isArray(pair) ? pair : [pair];
      const patience = { ...this.#patience(options.onWait, 'write'), inTurn: true };
      const act = (each: unknown): Promise<Written> =>
        this.#parts.writer.write(each, value, options, patience);
      results.push(...(await this.#parts.batch.each([path], { use: 'write', patience, act })));
    }
    return results;
  }

  /** The paths in a directory; with `depth` also those below them. */
  async dir(path = '/', options: DirOptions = {}): Promise<string[]> {
    const { depth = 1, onWait } = options;
    if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH) {
      const params = { name: setting('depth'), value: String(depth), min: 1, max: MAX_DEPTH };
      throw new OwError('badRange', params, { path });
    }
    const flags = this.#listFlags(options);
    const patience = { ...this.#patience(onWait), inTurn: true };
    return this.#parts.walker.walk(oneDirectory(path), depth, flags, patience);
  }

  /** The devices in a directory: of the whole of owserver, of one bus, or of a DS2409 branch. */
  async devices(path = '/', options: DevicesOptions = {}): Promise<Device[]> {
    const patience = this.#patience(options.onWait);
    const flags = this.#listFlags(options);
    const entries = await this.#parts.listings.list(oneDirectory(path), flags, patience);
    const devices = await this.#parts.devices.identify(entries, options.family, patience);
    return toldApart(devices, this.#parts.buses, patience);
  }

  /**
   * What is in a directory, for people who look around: devices with their type, properties with kind,
   * unit and access. One listing; what families have is asked for once.
   */
  async browse(path = '/', options: Omit<DirOptions, 'depth'> = {}): Promise<BrowseEntry[]> {
    const { source, busReturn = true, onWait } = options;
    const flags = { uncached: source === 'uncached', busReturn };
    return this.#parts.browser.browse(oneDirectory(path), flags, this.#patience(onWait));
  }

  /**
   * What is known of a property, or of the first that a path with `*` stands for; nothing for what is
   * not there, and what owserver's tables do not have.
   */
  async describe(path: string): Promise<PropertyInfo | undefined> {
    return this.#parts.browser.describe(path, this.#patience());
  }

  /** What is known of a path without asking its device: its path with ids, the id, the alias, the family. */
  async identify(path: string): Promise<Details> {
    const { pathFacts } = this.#parts;
    const patience = this.#patience();
    return forPath(pathFacts, path, patience, (facts) => pathFacts.identity(facts, patience));
  }

  /** The devices in alarm, of all buses or of one (`/bus.0`); owserver never answers this from a cache. */
  async alarm(path = '/', options: DevicesOptions = {}): Promise<Device[]> {
    const patience = this.#patience(options.onWait, 'alarm');
    const directory = `${oneDirectory(path).replace(/\/(alarm)?$/, '')}/alarm`;
    const entries = await this.#parts.listings.list(directory, {}, patience);
    const outside = entries.map((entry) => ({
      ...entry,
      path: entry.path.replace(/\/alarm(?=\/)/, ''),
    }));
    const devices = await this.#parts.devices.identify(outside, options.family, patience);
    return toldApart(devices, this.#parts.buses, patience);
  }

  /** Is the device, directory or property there now? Devices are looked for on the bus, not in the cache. */
  async present(path: string, options: Pick<DirOptions, 'onWait'> = {}): Promise<boolean> {
    const patience = this.#patience(options.onWait, 'alarm');
    oneDirectory(path);
    return this.#parts.presence.check(path, patience);
  }

  /**
   * Lets all thermometers measure at once, of every bus or of one (`/bus.0`), and resolves when those
   * of 12 bits are done: their `latesttemp` is new then, and `alarm` knows which are beyond their limits.
   * Several who ask meanwhile share one conversion. To read the values, `read` with `source: 'convert'`
   * does all of this by itself.
   * @throws OwError EOW_READ_ONLY where nothing may be written, EOW_ABSENT where owserver cannot do it or
   * has no such bus.
   */
  async convert(path = '/', options: Pick<DirOptions, 'onWait'> = {}): Promise<Converted> {
    const patience = this.#patience(options.onWait);
    const directory = oneDirectory(path);
    const { bus } = parsePath(directory);
    if (directory !== '/' && directory !== `/bus.${bus}`) throw new OwError('noBus', {}, { path });
    await this.#parts.converter.run(bus, patience);
    return { ms: patience.deadline.elapsedMs };
  }

  /** Asks owserver for a sign of life. */
  async ping(): Promise<Pong> {
    const { deadline } = this.#patience();
    await this.#parts.messenger.ask({ type: 'nop' }, { deadline });
    const persistent = this.status.type === 'connected' && this.status.persistent;
    return { ms: deadline.elapsedMs, persistent };
  }

  /** Sends any message of the protocol and returns the frames of the answer as they are, errors included. */
  async message(message: Message): Promise<RawReply[]> {
    checkMessage(message);
    const path = message.path === undefined ? undefined : exactPath(message.path);
    if (message.type === 'write' && this.options.readOnly)
      throw new OwError('clientReadOnly', {}, { path });
    const sent = { ...message, ...(path && { path }) };
    const { frames } = await failingAs(path ?? '', () =>
      this.#parts.messenger.exchange(sent, this.#patience()),
    );
    return frames.map(({ header, payload: data }) => {
      const { payload, code, flags, size, offset } = header;
      return { payload, code, flags, size, offset, data };
    });
  }

  /** Closes everything at once; requests under way fail with EOW_CLOSED, sent writes with EOW_UNCERTAIN. */
  close(): void {
    this.#keeper.close();
    this.#pool.close();
  }

  #listFlags({ source, busReturn = false }: DirOptions): RequestFlags {
    this.#forget('listedAnew');
    return { uncached: source === 'uncached', busReturn };
  }

  #patience(onWait?: (waitedMs: number) => void, priority?: Priority): Patience {
    const deadline = new Deadline(this.options.requestTimeoutMs);
    return { deadline, onWait, ...(priority && { priority }) };
  }
}

/** @throws OwError EOW_VALUE for a pattern, which stands for values and not for places */
function oneDirectory(given: string): string {
  const path = normalizePath(given);
  if (isPattern(path)) throw new OwError('patternList', {}, { path });
  return inOwserversWords(path);
}

/** Pairs have no value after them: there are the options. */
function isOptions(given: unknown): given is WriteOptions {
  return typeof given === 'object' && given !== null;
}
