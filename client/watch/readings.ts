import { isOfConnection } from '../errors/of-connection.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import { Kept } from '../transport/kept.js';
import { isPattern } from '../values/pattern.js';
import type { Failed, ReadResult } from '../verbs/batch.js';
import type { CallOptions } from '../verbs/options.js';
import type { Reading } from '../verbs/reader.js';
import { Expected } from './expected.js';
import type { Look, Observer, Where } from './look.js';
import { Sieve, type Sifted, type SieveOptions } from './sieve.js';

/** A reading of a watch. */
export type WatchedReading = Sifted['reading'];

/** How readings are watched, beside how they are read. */
export interface ReadingsObserverOptions extends SieveOptions {
  /** Is a device that is lost a failed reading, or is it left out? @default 'report' */
  missing?: 'report' | 'ignore';
}

/** A path whose device is not there. */
export interface Missing {
  readonly path: string;
  readonly id?: string;
  readonly alias?: string;
}

/** What a look at readings brought. */
export interface ReadingsLook extends Look {
  readonly kind: 'readings';
  /** Where it looked, as that was given. */
  readonly where: Where;
  /** Was it for a list, or for a path with `*`? */
  readonly several: boolean;
  /** What became of each path, rounded and doubted; what fails has its place here each time. */
  readonly results: readonly (WatchedReading | Failed)[];
  /** The readings that are due by `emit`, and those of devices that are back. */
  readonly told: readonly WatchedReading[];
  /** What failed now and did not before: the looks after it say nothing of it until it is well again. */
  readonly failed: readonly Failed[];
  /** Paths that are there again. */
  readonly back: readonly string[];
  /** What is not there, as far as it is known from when it was. */
  readonly missing: readonly Missing[];
}

/** Reads for a look; rejects, or has failed results, as the client's `read` and `readAll`. */
export interface ReadsForLook {
  /** `asked`: also of a device that is lost. */
  readonly one: (path: string, options: CallOptions, asked: boolean) => Promise<Reading>;
  readonly all: (
    paths: Where,
    options: CallOptions,
    expects: (pattern: string, matched: readonly string[]) => readonly string[],
  ) => Promise<ReadResult[]>;
  readonly onFound: (listener: () => void) => () => void;
}

/** Most paths that are remembered: a flow may ask for new ones without end. */
const MOST = 20_000;

/** Reads again and again, and keeps what was told, what failed, and what is to be there. */
export class ReadingsObserver implements Observer<ReadingsLook> {
  readonly #reads: ReadsForLook;
  readonly #ignoresMissing: boolean;
  readonly #sieve: Sieve;
  readonly #expected = new Expected();
  /** The codes of what fails, by path. */
  readonly #failing = new Map<string, string>();
  /** What was read last, by path. */
  readonly #seenLast = new Kept<string, Missing>({ limit: MOST });

  constructor(reads: ReadsForLook, options: ReadingsObserverOptions) {
    this.#reads = reads;
    this.#ignoresMissing = options.missing === 'ignore';
    this.#sieve = new Sieve(options);
  }

  async look(where: Where, options: CallOptions, asked = false): Promise<ReadingsLook> {
    const several = typeof where !== 'string' || isPattern(where);
    const read = several
      ? await this.#all(where, options)
      : [await this.#one(where, options, asked)];
    const error = outage(read);
    return error ? unread(where, several, read, error) : this.#seen(where, several, read);
  }

  /** Calls back when one that was missing was found. */
  onNews(listener: () => void): () => void {
    return this.#reads.onFound(() => {
      if ([...this.#failing.values()].includes('EOW_ABSENT')) listener();
    });
  }

  async #one(path: string, options: CallOptions, asked: boolean): Promise<ReadResult> {
    try {
      return await this.#reads.one(path, options, asked);
    } catch (thrown) {
      const error = toOwError(thrown, path);
      return { path: error.path ?? path, error };
    }
  }

  #all(where: Where, options: CallOptions): Promise<ReadResult[]> {
    return this.#reads.all(where, options, (pattern, matched) =>
      this.#expected.beside(pattern, matched),
    );
  }

  #seen(where: Where, several: boolean, read: readonly ReadResult[]): ReadingsLook {
    const results: (WatchedReading | Failed)[] = [];
    const told: WatchedReading[] = [];
    const failed: Failed[] = [];
    const back: string[] = [];
    const missing: Missing[] = [];
    for (const one of read) {
      const sifted = this.#sift(one);
      if ('error' in sifted) {
        const isNew = this.#fails(sifted);
        if (isMissing(sifted))
          missing.push(this.#seenLast.last(sifted.path) ?? { path: sifted.path });
        if (several && this.#ignoresMissing && isMissing(sifted)) continue;
        if (isNew && !(this.#ignoresMissing && isMissing(sifted))) failed.push(sifted);
        results.push(sifted);
        continue;
      }
      const { reading, due } = sifted;
      const isBack = isSilent(this.#failing.get(reading.path));
      this.#failing.delete(reading.path);
      this.#remember(reading);
      if (isBack) back.push(reading.path);
      if (due || isBack) told.push(reading);
      results.push(reading);
    }
    const due = told.length + failed.length > 0;
    const kind = 'readings' as const;
    return { kind, where, several, results, told, failed, back, missing, due };
  }

  #sift(one: ReadResult): Sifted | Failed {
    if ('error' in one) return one;
    try {
      return this.#sieve.sift(one);
    } catch (thrown) {
      return { path: one.path, error: toOwError(thrown, one.path) };
    }
  }

  /** Did it not fail so before? A connection that is lost says nothing of what it was asked for. */
  #fails({ path, error }: Failed): boolean {
    if (isOfCall(error)) return false;
    const { code } = error;
    const before = this.#failing.get(path);
    if (this.#failing.size >= MOST) this.#failing.clear();
    this.#failing.set(path, code);
    // A device that goes away is refused, or late, before it is known to be absent: that is one thing to tell.
    return before !== code && !(isSilent(before) && isSilent(code));
  }

  #remember({ path, id, alias }: WatchedReading): void {
    const last = this.#seenLast.last(path);
    if (last && last.alias === alias) return;
    this.#seenLast.set(path, { path, ...(id && { id }), ...(alias && { alias }) });
  }
}

/** Failures of a device that does not answer. */
function isSilent(code: string | undefined): boolean {
  return code !== undefined && ['EOW_ABSENT', 'EOW_RETURN', 'EOW_TIMEOUT'].includes(code);
}

function isMissing({ error }: Failed): boolean {
  return error.code === 'EOW_ABSENT';
}

/** Why all of it failed, where that is one reason and not that each of the devices is gone. */
function outage(read: readonly ReadResult[]): OwError | undefined {
  const [first] = read;
  if (!first || !('error' in first)) return undefined;
  const { code } = first.error;
  const errors = read.flatMap((each) => ('error' in each ? [each.error] : []));
  if (errors.length < read.length || code === 'EOW_ABSENT') return undefined;
  // A server that goes away leaves some without an answer in time, and hangs up on others.
  const unanswered = errors.every((each) => each.code === 'EOW_TIMEOUT' || isOfCall(each));
  const lost = unanswered ? errors.find(isOfCall) : undefined;
  if (lost) return lost;
  return read.length > 1 && errors.every((each) => each.code === code) ? first.error : undefined;
}

/** Does it say nothing of a path? */
function isOfCall(error: OwError): boolean {
  return isOfConnection(error) || error.code === 'EOW_ABORTED';
}

function unread(
  where: Where,
  several: boolean,
  read: readonly ReadResult[],
  error: OwError,
): ReadingsLook {
  const results = read.filter((each): each is Failed => 'error' in each);
  const none = { told: [], failed: [], back: [], missing: [] };
  return { kind: 'readings', where, several, results, ...none, due: false, error };
}
