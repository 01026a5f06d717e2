import { OwError } from '../errors/ow-error.js';

/** Most directories that one walk lists. */
const MOST_LISTINGS = 1_000;

/** Most entries that it finds, in them and in what is made of them. */
const MOST_ENTRIES = 100_000;

/** Most characters of those entries. */
const MOST_CHARACTERS = 8 * 2 ** 20;

/** Deepest that directories may lie one in another. */
const MOST_DEPTH = 10;

/** What a walk has cost so far, on all of its ways. */
interface Costs {
  readonly mostEntries: number;
  listings: number;
  entries: number;
  characters: number;
  /** Once it was too much it is so on all ways, of which there may be thousands: they share one error. */
  error?: OwError;
}

/**
 * Where a walk through directories has come to, on one of its ways. A server may list directories in
 * directories for ever: then the walk fails.
 */
export class Walk {
  readonly #costs: Costs;
  readonly #above: Walk | undefined;
  readonly #names: ReadonlySet<string>;
  readonly #depth: number;

  private constructor(costs: Costs, above?: Walk, names: ReadonlySet<string> = new Set()) {
    this.#costs = costs;
    this.#above = above;
    this.#names = names;
    this.#depth = above ? above.#depth + 1 : 0;
  }

  /** A walk that finds so many entries at most. */
  static begin(mostEntries = MOST_ENTRIES): Walk {
    return new Walk({ mostEntries, listings: 0, entries: 0, characters: 0 });
  }

  /** The walk on to a directory in this one, which listed these names. */
  into(names: Iterable<string> = []): Walk {
    return new Walk(this.#costs, this, new Set(names));
  }

  /** Was a name listed on the way? */
  passed(name: string): boolean {
    return this.#names.has(name) || (this.#above?.passed(name) ?? false);
  }

  /** A directory is about to be listed. @throws OwError EOW_VALUE when that would be too much. */
  lists(): void {
    this.#costs.listings += 1;
    if (this.#costs.listings > MOST_LISTINGS || this.#depth > MOST_DEPTH) throw this.#tooBig();
  }

  /** One entry more is about to be kept, or so many of its length. @throws OwError EOW_VALUE when that would be too much. */
  finds(entry: string, count = 1): void {
    this.#costs.entries += count;
    this.#costs.characters += count * entry.length;
    const { entries, mostEntries, characters } = this.#costs;
    if (entries > mostEntries || characters > MOST_CHARACTERS) throw this.#tooBig();
  }

  #tooBig(): OwError {
    const { mostEntries: entries } = this.#costs;
    const limits = { entries, listings: MOST_LISTINGS, depth: MOST_DEPTH };
    return (this.#costs.error ??= new OwError('walkTooBig', limits));
  }
}
