import type { Buses } from '../bus/buses.js';
import type { PathFacts, Cost, Details, Facts } from '../knowledge/path-facts.js';
import { failingAs } from '../errors/failing-as.js';
import { OwError } from '../errors/ow-error.js';
import type { Messenger, Patience, Reply } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import { setting } from '../errors/phrases.js';
import { encodeValue } from '../values/encode.js';
import { normalizePath } from '../values/path.js';
import type { CallOptions } from './options.js';
import { hasParts } from '../values/structure.js';

/** How to write. */
export interface WriteOptions extends CallOptions {
  /** First byte of a text or binary property to write. @default 0 */
  offset?: number;
}

/** A path, which may have a `*`, and the value to write there. */
export type WritePair = readonly [path: string, value: unknown];

/** One value that was written. */
export interface Written extends Details, Cost {
  /** Bytes that owserver took. */
  readonly size: number;
}

/** Writes single values. */
export class Writer {
  readonly #messenger: Messenger;
  readonly #pathFacts: PathFacts;
  /** A device has another name now. */
  readonly #onRenamed: () => void;
  readonly #buses: Buses;
  readonly #options: ResolvedOptions;
  /** Devices with a write on its way. */
  readonly #turns = new Map<string, { readonly key: string | undefined; writes: number }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    messenger: Messenger,
    pathFacts: PathFacts,
    onRenamed: () => void,
    buses: Buses,
    options: ResolvedOptions,
  ) {
    this.#messenger = messenger;
    this.#pathFacts = pathFacts;
    this.#onRenamed = onRenamed;
    this.#buses = buses;
    this.#options = options;
  }

  /** @throws OwError with the path; EOW_UNCERTAIN when the value may have been written all the same. */
  async write(
    path: unknown,
    value: unknown,
    options: WriteOptions,
    patience: Patience,
  ): Promise<Written> {
    const known = this.#pathFacts.known(path);
    const facts = await failingAs(known?.asked ?? normalizePath(path), () => {
      if (this.#options.readOnly) throw new OwError('clientReadOnly');
      return this.#inTurn(known ?? this.#pathFacts.learn(path, patience), patience);
    });
    return failingAs(facts.asked, () => this.#write(facts, value, options, patience));
  }

  async #write(
    facts: Facts,
    value: unknown,
    options: WriteOptions,
    patience: Patience,
  ): Promise<Written> {
    const clock = await this.#clockOf(facts, patience);
    const data = encodeValue(value, facts.property, facts.path, clock !== undefined);
    const { offset = 0 } = options;
    checkOffset(clock ?? facts, offset, data);
    const reply = await this.#send(clock ?? facts, { offset, data }, patience);
    if (reply.size !== data.length) {
      throw new OwError('shortWrite', { taken: reply.size, sent: data.length });
    }
    if (facts.propertyPath === 'alias') this.#onRenamed();
    const { elapsedMs: ms } = patience.deadline;
    const details =
      this.#pathFacts.knownDetails(facts, patience) ??
      (await this.#pathFacts.details(facts, patience));
    return { ...details, ms, attempts: reply.attempts, size: data.length };
  }

  /**
   * Where the date of a device is written as seconds since 1970, if it can be: owserver reads the text
   * of a date with a guess at daylight saving time, and may store it an hour early
   * (owlib/src/c/ow_parseinput.c, `FS_input_date`).
   */
  async #clockOf(facts: Facts, patience: Patience): Promise<Facts | undefined> {
    const { property, propertyPath } = facts;
    if (property?.type !== 'd' || propertyPath === undefined) return undefined;
    const name = propertyPath.replace(/(^|[/_])date$/, '$1udate');
    const clock =
      name === propertyPath ? undefined : await this.#pathFacts.sibling(facts, name, patience);
    return clock?.property?.access === 'rw' ? clock : undefined;
  }

  /**
   * Writes to one bus go out one after another: owserver switches one pin of a device by reading all
   * of them and writing all back, so that two at once would undo each other. Where the bus is not
   * known those of each device do; a key holds until its last write has ended.
   */
  async #send(
    facts: Facts,
    what: { offset: number; data: Buffer },
    patience: Patience,
  ): Promise<Reply> {
    const device = facts.id ?? facts.directory ?? facts.sendPath;
    const turn = this.#turns.get(device) ?? { key: this.#buses.keys(facts).urgent, writes: 0 };
    this.#turns.set(device, turn);
    turn.writes += 1;
    const serialKey = turn.key ?? device;
    const path = this.#buses.route(facts.sendPath, this.#buses.known(facts));
    const message = { type: 'write', path, ...what, serialKey } as const;
    try {
      return await this.#messenger.ask(message, patience);
    } finally {
      turn.writes -= 1;
      if (turn.writes === 0) this.#turns.delete(device);
    }
  }

  /** The facts, once all writes asked for before have theirs: however long those took, they go out first. */
  async #inTurn(learning: Facts | Promise<Facts>, { deadline }: Patience): Promise<Facts> {
    const before = this.#turn;
    this.#turn = Promise.allSettled([before, learning]);
    await deadline.wait(before);
    return learning;
  }
}

/** Beyond its end owserver drops bytes without a word. @throws OwError EOW_VALUE */
function checkOffset({ property }: Facts, offset: number, data: Buffer): void {
  if (offset === 0) return;
  const max = property ? property.length - data.length : Number.MAX_SAFE_INTEGER;
  const fits = Number.isSafeInteger(offset) && offset > 0 && offset <= max;
  const whole = property && !hasParts(property);
  if (fits && !whole) return;
  const params = {
    name: setting('offset'),
    value: String(offset),
    min: 0,
    max: whole ? 0 : Math.max(0, max),
  };
  throw new OwError('badRange', params);
}
