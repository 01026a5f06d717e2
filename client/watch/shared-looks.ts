import type { Entry, Listings } from '../requests/listings.js';
import type { Patience } from '../requests/messenger.js';
import { SingleFlight } from '../transport/single-flight.js';
import type { Presence } from '../verbs/presence.js';
import type { Walker } from '../verbs/walker.js';

/** Of a listing. */
type Flags = Parameters<Listings['list']>[1];

/** What looks are made with. */
interface LookParts {
  readonly listings: Listings;
  readonly presence: Presence;
  readonly walker: Walker;
}

/**
 * What watches look at, once for all who look at the same at the same moment: two nodes of one interval cost the
 * bus one search.
 */
export class SharedLooks {
  readonly #parts: LookParts;
  readonly #lists = new SingleFlight<string, Entry[]>();
  readonly #walks = new SingleFlight<string, string[]>();
  readonly #presence = new SingleFlight<string, boolean>();

  constructor(parts: LookParts) {
    this.#parts = parts;
  }

  /** A listing, as those of the client. */
  list(path: string, flags: Flags, patience: Patience): Promise<Entry[]> {
    return this.#lists.askUntil(patience.deadline, keyOf(path, flags), () =>
      this.#parts.listings.list(path, flags, patience),
    );
  }

  /** The paths in a directory, down to a depth. */
  walk(path: string, depth: number, flags: Flags, patience: Patience): Promise<string[]> {
    return this.#walks.askUntil(patience.deadline, `${depth} ${keyOf(path, flags)}`, () =>
      this.#parts.walker.walk(path, depth, flags, patience),
    );
  }

  /** Is something there? */
  check(path: string, patience: Patience): Promise<boolean> {
    return this.#presence.askUntil(patience.deadline, path, () =>
      this.#parts.presence.check(path, patience),
    );
  }
}

function keyOf(path: string, { uncached = false }: Flags): string {
  return `${uncached ? 'uncached' : 'cached'} ${path}`;
}
