import type { BrowseEntry } from './verbs/browse-entry.js';
import { Calls } from './calls.js';
import type { Device } from './knowledge/device.js';
import type { Details } from './knowledge/path-facts.js';
import { forPath } from './verbs/for-path.js';
import { OwError } from './errors/ow-error.js';
import { Keeper } from './transport/keeper.js';
import type { Patience } from './requests/messenger.js';
import { resolveOptions, type OwserverOptions, type ResolvedOptions } from './options.js';
import { wire, type Parts, type Wiring } from './wiring.js';
import { Pool } from './transport/pool.js';
import type { Reading, ReadOptions } from './verbs/reader.js';
import type { ReadResult, WriteResult } from './verbs/batch.js';
import type { ClientStatus, StatusListener } from './status.js';
import { measure } from './verbs/measure.js';
import { readSeveral } from './verbs/read-several.js';
import { isPattern, oneDirectory } from './values/pattern.js';
import type { PropertyInfo } from './values/property-info.js';
import type {
  AlarmOptions,
  CallOptions,
  Converted,
  DevicesOptions,
  DirOptions,
  ListOptions,
  Pong,
  RawMessage,
  RawReply,
} from './verbs/options.js';
import { listAlarms } from './verbs/alarms.js';
import { listDevices, listFlags } from './verbs/list-devices.js';
import { sendRaw } from './verbs/raw-message.js';
import * as rules from './verbs/rules.js';
import { pairOptions, writePairs } from './verbs/pairs.js';
import { FUNCTION, mustBe } from './rules.js';
import type { WriteOptions, WritePair, Written } from './verbs/writer.js';
import type { OpenWatch } from './watch/options.js';
import { Watches } from './watches.js';

/** A client of one owserver. Opens its first connection with the first request; every failure is an OwError. */
export class OwserverClient {
  readonly options: ResolvedOptions;
  /**
   * Watches something: looks again and again, and tells what it sees, to the listener from now on, or to a
   * loop over the watch. Whatever fails is told too, once, and it goes on.
   * Throws an OwError EOW_VALUE for an option that does not exist or has a value that does not exist.
   */
  readonly watch: OpenWatch;
  readonly #calls: Calls;
  readonly #pool: Pool;
  readonly #keeper: Keeper;
  readonly #parts: Parts;
  readonly #forget: Wiring['forget'];
  readonly #watches: Watches;

  /** @throws OwError EOW_VALUE for a setting that is out of range. */
  constructor(options: OwserverOptions = {}) {
    this.options = resolveOptions(options);
    this.#calls = new Calls(this.options);
    const keeper = new Keeper({
      options: this.options,
      ping: (options) => this.ping(options),
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
    this.#watches = new Watches(this.#calls, parts);
    this.watch = this.#watches.open;
  }

  /** What is known of the connection now. */
  get status(): ClientStatus {
    return this.#keeper.status;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#pool.size;
  }

  /**
   * Calls back at each change of status, until the function that it returns is called.
   * @throws OwError EOW_VALUE for what is no function.
   */
  onStatus(listener: StatusListener): () => void {
    mustBe(FUNCTION, 'listener', listener);
    return this.#keeper.onStatus(listener);
  }

  /**
   * Connects now and from then on keeps a connection: a lost one is tried again for ever.
   * Resolves when owserver has answered; rejects when this first try fails or is called off, and goes on trying.
   */
  connect(options: CallOptions = {}): Promise<void> {
    return this.#calls.run(rules.CALL_RULES, options, '', async ({ deadline }) => {
      const { timeoutMs, onWait } = options;
      this.#pool.resume();
      this.#keeper.keep();
      await deadline.wait(this.#keeper.ping({ timeoutMs, onWait }));
    });
  }

  /** Reads one value; `readAll` takes lists, and paths with `*`. */
  read(path: string, options: ReadOptions = {}): Promise<Reading> {
    // No promise more than needed: this is done for every value read.
    return this.#calls.run(rules.READ_RULES, options, path, (patience) =>
      isPattern(path)
        ? Promise.reject(new OwError('patternOne', {}, { path }))
        : this.#parts.lost.heard(path, this.#parts.reader.read(path, options, patience)),
    );
  }

  /**
   * Reads several values: those of a list of paths, each of which may have a `*`, or of one such path.
   * One that fails costs the others nothing and has its place among the results, also a pattern that
   * stands for nothing, and all of them when owserver is away: it rejects only when its signal calls it off.
   */
  readAll(paths: string | readonly string[], options: ReadOptions = {}): Promise<ReadResult[]> {
    return this.#calls.run(rules.READ_RULES, options, undefined, (patience) =>
      readSeveral(this.#parts, paths, options, patience),
    );
  }

  /**
   * Writes a value in the form that the property takes, checked before anything is sent; `writeAll`
   * writes to several paths.
   */
  write(path: string, value: unknown, options: WriteOptions = {}): Promise<Written> {
    const writing = async (patience: Patience): Promise<Written> => {
      if (isPattern(path)) throw new OwError('patternOne', {}, { path });
      return this.#parts.writer.write(path, value, options, patience);
    };
    return this.#calls.run(rules.WRITE_RULES, options, path, writing, 'write');
  }

  /**
   * Writes values to paths, one pair after another, so that what a later one builds on is done; or one
   * value to all that a path with `*` stands for. What fails does not stop the others, which may be
   * those that switch something off; as `readAll` it does not reject. Each pair has the time of a
   * request, or all of them together that of the call.
   */
  writeAll(path: string, value: unknown, options?: WriteOptions): Promise<WriteResult[]>;
  writeAll(pairs: readonly WritePair[], options?: WriteOptions): Promise<WriteResult[]>;
  async writeAll(
    given: string | readonly WritePair[],
    second?: unknown,
    third: WriteOptions = {},
  ): Promise<WriteResult[]> {
    const pairs: readonly unknown[] = Array.isArray(given) ? given : [[given, second]];
    const options = Array.isArray(given) ? pairOptions(second) : third;
    const writing = (patience: Patience): Promise<WriteResult[]> =>
      writePairs(this.#parts, pairs, options, patience);
    return this.#calls.run(rules.WRITE_RULES, options, undefined, writing, 'write');
  }

  /** The paths in a directory; with `depth` also those below them. */
  dir(path = '/', options: DirOptions = {}): Promise<string[]> {
    return this.#calls.run(rules.DIR_RULES, options, path, async (given) => {
      const flags = listFlags(options);
      const patience = { ...given, inTurn: true };
      return this.#parts.walker.walk(oneDirectory(path), options.depth ?? 1, flags, patience);
    });
  }

  /**
   * The paths in a directory, each as soon as owserver tells it: for listings that take long, or that
   * need not be told to their end. Nothing is sent before the first one is asked for; a loop that is left
   * ends the request. `timeoutMs` is for the answer of owserver, however long the loop takes over it.
   */
  entries(path = '/', options: ListOptions = {}): AsyncGenerator<string, void, undefined> {
    return this.#calls.stream(rules.LIST_RULES, options, path, (patience) =>
      this.#parts.listings.pieces(oneDirectory(path), listFlags(options), patience),
    );
  }

  /** The devices in a directory: of the whole of owserver, of one bus, or of a DS2409 branch. */
  devices(path = '/', options: DevicesOptions = {}): Promise<Device[]> {
    return this.#calls.run(rules.DEVICES_RULES, options, path, async (patience) => {
      const what = { path: oneDirectory(path), family: options.family, flags: listFlags(options) };
      return listDevices(this.#parts, what, patience);
    });
  }

  /**
   * What is in a directory, for people who look around: devices with their type, properties with kind,
   * unit and access. One listing; what families have is asked for once.
   */
  browse(path = '/', options: ListOptions = {}): Promise<BrowseEntry[]> {
    return this.#calls.run(rules.LIST_RULES, options, path, async (patience) => {
      const { source, busReturn = true } = options;
      const flags = { uncached: source === 'uncached', busReturn };
      return this.#parts.browser.browse(oneDirectory(path), flags, patience);
    });
  }

  /**
   * What is known of a property, or of the first that a path with `*` stands for; nothing for what is
   * not there, and what owserver's tables do not have.
   */
  describe(path: string, options: CallOptions = {}): Promise<PropertyInfo | undefined> {
    const { browser } = this.#parts;
    return this.#calls.run(rules.CALL_RULES, options, path, (each) => browser.describe(path, each));
  }

  /** What is known of a path without asking its device: its path with ids, the id, the alias, the family. */
  identify(path: string, options: CallOptions = {}): Promise<Details> {
    const { pathFacts: all } = this.#parts;
    return this.#calls.run(rules.CALL_RULES, options, path, (patience) =>
      forPath(all, path, patience, (facts) => all.identity(facts, patience)),
    );
  }

  /** The devices in alarm, of all buses or of one (`/bus.0`); owserver never answers this from a cache. */
  alarm(path = '/', options: AlarmOptions = {}): Promise<Device[]> {
    const listing = async (patience: Patience): Promise<Device[]> =>
      listAlarms(this.#parts, oneDirectory(path), options.family, patience);
    return this.#calls.run(rules.ALARM_RULES, options, path, listing, 'alarm');
  }

  /** Is the device, directory or property there now? Devices are looked for on the bus, not in the cache. */
  present(path: string, options: CallOptions = {}): Promise<boolean> {
    const checking = async (patience: Patience): Promise<boolean> => {
      oneDirectory(path);
      return this.#parts.presence.check(path, patience);
    };
    return this.#calls.run(rules.CALL_RULES, options, path, checking, 'alarm');
  }

  /**
   * Lets all thermometers measure at once, of every bus or of one (`/bus.0`), and resolves when those
   * of 12 bits are done: their `latesttemp` is new then, and `alarm` knows which are beyond their limits.
   * Several who ask meanwhile share one conversion. To read the values, `read` with `source: 'convert'`
   * does all of this by itself.
   * @throws OwError EOW_READ_ONLY where nothing may be written, EOW_ABSENT where owserver cannot do it or
   * has no such bus.
   */
  convert(path = '/', options: CallOptions = {}): Promise<Converted> {
    return this.#calls.run(rules.CALL_RULES, options, path, (patience) =>
      measure(this.#parts.converter, path, patience),
    );
  }

  /** Asks owserver for a sign of life. */
  ping(options: CallOptions = {}): Promise<Pong> {
    return this.#calls.run(rules.CALL_RULES, options, '', async (patience) => {
      await this.#parts.messenger.ask({ type: 'nop' }, patience);
      const persistent = this.status.type === 'connected' && this.status.persistent;
      return { ms: patience.deadline.elapsedMs, persistent };
    });
  }

  /** Sends any message of the protocol and returns the frames of the answer as they are, errors included. */
  message(message: RawMessage, options: CallOptions = {}): Promise<RawReply[]> {
    return this.#calls.run(rules.CALL_RULES, options, '', (patience) =>
      sendRaw(this.#parts.messenger, message, this.options, patience),
    );
  }

  /**
   * Ends all connections, and opens none until `connect` is called: every request fails at once with
   * EOW_CLOSED, those under way too, and sent writes with EOW_UNCERTAIN.
   */
  disconnect(): void {
    this.#pool.disconnect();
    this.#forget('connectionLost');
    this.#keeper.disconnect();
  }

  /** Closes the client at the end of a `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The same at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** Closes everything at once; requests under way fail with EOW_CLOSED, sent writes with EOW_UNCERTAIN. */
  close(): void {
    this.#watches.close();
    this.#keeper.close();
    this.#pool.close();
    this.#parts.lost.forget();
  }
}
