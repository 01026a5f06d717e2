import { Kept } from '../transport/kept.js';
import { OneByOne } from '../transport/one-by-one.js';
import type { ChipAccess } from './chip-access.js';
import { ChipEdges, readChip, type ChipReading } from './chip-edges.js';

/** Most chips whose edges are followed. */
const MOST = 5_000;

/** What one of the watches has not told yet of a chip. */
export interface News {
  /** Bit n: channel n has had an edge. */
  edges: number;
  /** Is a level another than was told? */
  stale: boolean;
}

/**
 * The chips of a client whose latches are cleared. Several watches may look at one chip: each edge is found
 * by one of them, and told by each; the latch is cleared once.
 */
export class SharedChips {
  readonly #chips = new Kept<string, SharedChip>({ limit: MOST });
  /** The watches that clear latches. */
  readonly #watches = new Set<object>();

  /** A watch that clears latches: from now on it gets to know all edges, until the function that it returns is called. */
  join(watch: object): () => void {
    this.#watches.add(watch);
    return () => void this.#watches.delete(watch);
  }

  /** The chip of an id. */
  chip(id: string): SharedChip {
    const known = this.#chips.last(id) ?? new SharedChip(this.#watches);
    this.#chips.set(id, known);
    return known;
  }
}

/** One chip, whose latches are read and cleared by one watch at a time. */
export class SharedChip {
  readonly #edges = new ChipEdges();
  readonly #watches: ReadonlySet<object>;
  readonly #news = new WeakMap<object, News>();
  readonly #turns = new OneByOne();

  constructor(watches: ReadonlySet<object>) {
    this.#watches = watches;
  }

  /** Levels when they were last read. */
  get levels(): number {
    return this.#edges.levels;
  }

  /** Is there something for this watch that no alarm search would find? */
  unfinished(watch: object): boolean {
    const { edges = 0, stale = false } = this.#news.get(watch) ?? {};
    return edges !== 0 || stale || this.#edges.unfinished;
  }

  /** Reads the chip, and takes what this watch has not told; that counts as told from now on. @throws OwError */
  read(watch: object, access: ChipAccess): Promise<News & ChipReading> {
    return this.#turns.run(async () => {
      const reading = await readChip(access);
      return { ...reading, ...this.#take(watch, this.#edges.take(reading)) };
    });
  }

  /** The same of a chip that no search found: it is read only where its levels are not known. @throws OwError */
  readOwed(watch: object, access: ChipAccess): Promise<News> {
    return this.#turns.run(async () => this.#take(watch, await this.#edges.takeOwed(access)));
  }

  /** Clears the latches that were told, and looks for edges that went with them. @throws OwError */
  clear(access: ChipAccess): Promise<void> {
    return this.#turns.run(() => this.#edges.clear(access));
  }

  /** What is new is new for each of the watches. */
  #take(watch: object, edges: number): News {
    const stale = this.#edges.takeStale();
    for (const each of new Set([...this.#watches, watch])) {
      const news = this.#news.get(each) ?? { edges: 0, stale: false };
      this.#news.set(each, { edges: news.edges | edges, stale: news.stale || stale });
    }
    const own = this.#news.get(watch) ?? { edges, stale };
    this.#news.delete(watch);
    return own;
  }
}
