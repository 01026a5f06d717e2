import { toOwError, type OwError } from '../errors/ow-error.js';
import { onAbort } from '../transport/on-abort.js';
import { OneByOne } from '../transport/one-by-one.js';
import { tell, tellAndWait } from '../transport/tell.js';
import type { CallOptions } from '../verbs/options.js';
import type { Look, Observer, Where } from './look.js';
import { Mailbox } from './mailbox.js';
import type { Repeat, Timetable } from './timetable.js';

/** When a watch looks, and who hears of it. */
export interface WatchTimes extends Omit<CallOptions, 'signal'> {
  /** Closes the watch. @default nobody does */
  signal?: AbortSignal | undefined;
  /** Milliseconds from one look to the next, 100 to 2147483647. @default it looks only when it is asked to */
  everyMs?: number | undefined;
  /** Does it look when it starts, too? @default true */
  once?: boolean;
  /** Is each look told, also one that brought nothing that is due? @default false */
  all?: boolean;
  /** Hears why a look could not be made at all. @default a loop over the watch ends with it */
  onError?: ((error: OwError) => void) | undefined;
}

/** A look as it is told: also how many were left out before it, because the one before was not over. */
export type Told<L extends Look> = L & { readonly skipped: number };

/** Hears what a watch sees; the next look waits for what it returns. */
export type WatchListener<L extends Look> = (look: Told<L>) => unknown;

/** Where a watch looks; a function is asked anew for each look. */
export type WatchedWhere = Where | (() => Where | Promise<Where>);

/** What a watch needs. */
interface WatchParts<L extends Look> {
  readonly timetable: Timetable;
  readonly observer: Observer<L>;
  readonly where: WatchedWhere;
  readonly times: WatchTimes;
  readonly listener: WatchListener<L> | undefined;
  readonly onClose: (closed: object) => void;
}

/**
 * Looks again and again, and tells what it sees: to a listener from the start, or to a loop over it,
 * from when that begins until it is left. A look that is due while the one before is made, or still
 * told, is left out.
 */
export class Watch<L extends Look> implements AsyncIterable<Told<L>> {
  readonly #parts: WatchParts<L>;
  readonly #end = new AbortController();
  readonly #mailbox = new Mailbox<Told<L>>();
  readonly #deafen: (() => void) | undefined;
  #repeat: Repeat | undefined;
  #leaveNews: (() => void) | undefined;
  readonly #turns = new OneByOne();

  constructor(parts: WatchParts<L>) {
    this.#parts = parts;
    const { signal } = parts.times;
    this.#deafen = signal && onAbort(signal, () => this.close());
    if (signal?.aborted) this.close();
  }

  /** Does it look by itself? */
  get running(): boolean {
    return this.#repeat !== undefined;
  }

  /** Was it closed? */
  get closed(): boolean {
    return this.#end.signal.aborted;
  }

  /** Looks from now on; does nothing while it does. */
  start(): void {
    if (this.running || this.closed) return;
    const { timetable, observer, times } = this.#parts;
    const { everyMs, once = true } = times;
    const look = (): Promise<void> => this.#lookAndTell();
    if (everyMs !== undefined) {
      const repeat = timetable.every(everyMs, look);
      this.#repeat = repeat;
      this.#leaveNews = observer.onNews?.(() => repeat.now());
    }
    if (!once) return;
    if (this.#repeat) this.#repeat.now();
    else void look();
  }

  /** Looks no more by itself until it is started again; what it knows it keeps. */
  stop(): void {
    this.#repeat?.stop();
    this.#repeat = undefined;
    this.#leaveNews?.();
    this.#leaveNews = undefined;
  }

  /**
   * Looks at once, beside the repeat: here, or at what is given. It is told to the listener that is given,
   * and to no other.
   */
  async look(
    where?: Where,
    options: CallOptions = {},
    listener?: WatchListener<L>,
  ): Promise<Told<L>> {
    return this.#inTurn(async () => {
      const look = await this.#parts.observer.look(where ?? (await this.#where()), options, true);
      return this.#finish(look, (told) => tellAndWait(listener, told));
    });
  }

  /** Ends it: a look that is under way is called off, a loop over it ends. */
  close(): void {
    if (this.closed) return;
    this.stop();
    this.#deafen?.();
    this.#end.abort();
    this.#mailbox.close();
    this.#parts.observer.close?.();
    this.#parts.onClose(this);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Begins to look; leaving the loop closes the watch. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Told<L>, void, undefined> {
    const waiting = this.#mailbox.open();
    this.start();
    try {
      yield* waiting;
    } finally {
      this.close();
    }
  }

  async #where(): Promise<Where> {
    const { where } = this.#parts;
    return typeof where === 'function' ? where() : where;
  }

  /** One look after the other, where an observer cannot make two at a time. */
  #inTurn<T>(look: () => Promise<T>): Promise<T> {
    return this.#parts.observer.oneAtATime ? this.#turns.run(look) : look();
  }

  async #lookAndTell(): Promise<void> {
    const { observer, times, listener } = this.#parts;
    const { timeoutMs, onWait, all = false, onError } = times;
    const { signal } = this.#end;
    try {
      await this.#inTurn(async () => {
        const look = await observer.look(await this.#where(), { timeoutMs, onWait, signal });
        if (this.closed) return;
        if (all || look.due || look.error || look.warnings?.length)
          await this.#finish(look, async (told) => {
            await tellAndWait(listener, told);
            await this.#mailbox.put(told);
          });
        else await look.settle?.();
      });
    } catch (thrown) {
      if (this.closed) return;
      const error = toOwError(thrown);
      if (onError) tell(onError, error);
      else this.#mailbox.fail(error);
    }
  }

  /** A look is told before what it saw is cleared. */
  async #finish(look: L, tellIt: (told: Told<L>) => Promise<void>): Promise<Told<L>> {
    const told = { ...look, skipped: this.#repeat?.takeSkipped() ?? 0 };
    await tellIt(told);
    await look.settle?.();
    return told;
  }
}
