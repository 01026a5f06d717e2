import { Aliases } from './aliases.js';
import { Catalogue } from './catalogue.js';
import { Deadline } from './deadline.js';
import { Devices, type Device } from './devices.js';
import { OwError, toOwError } from './errors.js';
import { Keeper } from './keeper.js';
import { Listings } from './listings.js';
import { checkMessage, type Message } from './message.js';
import { Messenger, type Patience } from './messenger.js';
import { Names } from './names.js';
import { resolveOptions, type OwserverOptions, type ResolvedOptions } from './options.js';
import { Pool } from './pool.js';
import { Presence } from './presence.js';
import type { Header } from './protocol/index.js';
import { Reader, type ReadOptions, type Reading } from './reader.js';
import type { ClientStatus, StatusListener } from './status.js';
import type { Priority } from './ticket.js';
import { normalizePath } from './values/path.js';
import { Writer, type WriteOptions, type Written } from './writer.js';

/** What became of one path of several: its reading, or why there is none. */
export type ReadResult = Reading | { readonly path: string; readonly error: OwError };

/** What to list, and how. */
export interface DirOptions {
  /** From owserver's cache of 60 s, or by a search on the bus. @default 'cached' */
  source?: 'cached' | 'uncached';
  /** List `/bus.0`, `/settings` and the like at the top too. @default false */
  busReturn?: boolean;
  /** Hears once a second that owserver waits for the bus, with the milliseconds so far. */
  onWait?: (waitedMs: number) => void;
}

/** Which devices to list. */
export interface DevicesOptions extends DirOptions {
  /** Two hex digits: only devices of this family. @default all */
  family?: string;
}

/** What a ping found. */
export interface Pong {
  /** Round-trip time in milliseconds. */
  readonly ms: number;
  /** Does owserver keep the connection open? */
  readonly persistent: boolean;
}

/** A frame of a raw answer: `code` is the return value. */
export interface RawReply extends Omit<Header, 'version'> {
  readonly data: Buffer;
}

/** A client of one owserver. Opens its first connection with the first request; every failure is an OwError. */
export class OwserverClient {
  readonly options: ResolvedOptions;
  readonly #pool: Pool;
  readonly #keeper: Keeper;
  readonly #messenger: Messenger;
  readonly #listings: Listings;
  readonly #catalogue: Catalogue;
  readonly #devices: Devices;
  readonly #presence: Presence;
  readonly #reader: Reader;
  readonly #writer: Writer;

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
      onDown: (error) => this.#onDown(error),
    });
    const names = new Names(() => {
      this.#catalogue.forget();
      this.#messenger.forget();
    });
    this.#messenger = new Messenger(this.#pool, this.options, names);
    const aliases = new Aliases(this.#messenger);
    this.#listings = new Listings(this.#messenger);
    this.#catalogue = new Catalogue(this.#messenger, aliases, this.options);
    this.#devices = new Devices(aliases, this.#catalogue, this.options.deviceFormat);
    this.#presence = new Presence(this.#messenger, this.#listings);
    this.#reader = new Reader(this.#messenger, this.#catalogue, this.options);
    this.#writer = new Writer(this.#messenger, this.#catalogue, aliases, this.options);
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

  /** Reads one value; or several, where one that fails costs the others nothing. */
  read(path: string, options?: ReadOptions): Promise<Reading>;
  read(paths: readonly string[], options?: ReadOptions): Promise<ReadResult[]>;
  read(
    paths: string | readonly string[],
    options: ReadOptions = {},
  ): Promise<Reading | ReadResult[]> {
    const patience = this.#patience(options.onWait);
    if (!Array.isArray(paths)) return this.#reader.read(paths, options, patience);
    return Promise.all(
      (paths as readonly string[]).map((path) =>
        this.#reader
          .read(path, options, patience)
          .catch((thrown: unknown) => ({ path: tidy(path), error: toOwError(thrown, path) })),
      ),
    );
  }

  /** Writes one value in the form that the property takes, checked before anything is sent. */
  write(path: string, value: unknown, options: WriteOptions = {}): Promise<Written> {
    return this.#writer.write(path, value, options, this.#patience(options.onWait, 'write'));
  }

  /** The paths in a directory. */
  async dir(path = '/', options: DirOptions = {}): Promise<string[]> {
    return (await this.#list(path, options, this.#patience(options.onWait))).map(
      (entry) => entry.path,
    );
  }

  /** The devices in a directory: of the whole of owserver, of one bus, or of a DS2409 branch. */
  async devices(path = '/', options: DevicesOptions = {}): Promise<Device[]> {
    const patience = this.#patience(options.onWait);
    return this.#devices.identify(
      await this.#list(path, options, patience),
      options.family,
      patience,
    );
  }

  /** The devices in alarm, of all buses or of one (`/bus.0`); owserver never answers this from a cache. */
  async alarm(path = '/', options: DevicesOptions = {}): Promise<Device[]> {
    const patience = this.#patience(options.onWait, 'alarm');
    const directory = `${normalizePath(path).replace(/\/(alarm)?$/, '')}/alarm`;
    const entries = await this.#listings.list(directory, {}, patience);
    const outside = entries.map((entry) => ({
      ...entry,
      path: entry.path.replace(/\/alarm(?=\/)/, ''),
    }));
    return this.#devices.identify(outside, options.family, patience);
  }

  /** Is the device, directory or property there now? Devices are looked for on the bus, not in the cache. */
  async present(path: string, options: Pick<DirOptions, 'onWait'> = {}): Promise<boolean> {
    const patience = this.#patience(options.onWait, 'alarm');
    const facts = this.#catalogue.known(path) ?? (await this.#catalogue.learn(path, patience));
    return this.#presence.check(facts, patience);
  }

  /** Asks owserver for a sign of life. */
  async ping(): Promise<Pong> {
    const { deadline } = this.#patience();
    await this.#messenger.ask({ type: 'nop' }, { deadline });
    const persistent = this.status.type === 'connected' && this.status.persistent;
    return { ms: deadline.elapsedMs, persistent };
  }

  /** Sends any message of the protocol and returns the frames of the answer as they are, errors included. */
  async message(message: Message): Promise<RawReply[]> {
    checkMessage(message);
    const path = message.path === undefined ? undefined : normalizePath(message.path);
    if (message.type === 'write' && this.options.readOnly)
      throw new OwError('clientReadOnly', {}, { path });
    const { frames } = await this.#messenger.exchange(
      { ...message, ...(path && { path }) },
      this.#patience(),
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

  #list(path: string, options: DirOptions, patience: Patience) {
    const { source, busReturn = false } = options;
    return this.#listings.list(
      normalizePath(path),
      { uncached: source === 'uncached', busReturn },
      patience,
    );
  }

  #patience(onWait?: (waitedMs: number) => void, priority?: Priority): Patience {
    const deadline = new Deadline(this.options.requestTimeoutMs);
    return { deadline, onWait, ...(priority && { priority }) };
  }

  /** What answers next may be another owserver, with other switches. */
  #onDown(error: OwError): void {
    this.#listings.forget();
    this.#presence.forget();
    this.#keeper.onDown(error);
  }
}

/** The path of a failed reading as answers show paths; one that cannot be sent stays as it was given. */
function tidy(path: unknown): string {
  try {
    return normalizePath(path);
  } catch {
    return String(path);
  }
}
