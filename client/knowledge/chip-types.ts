import { decodeShort } from '../protocol/index.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { Kept } from '../transport/kept.js';
import { SingleFlight } from '../transport/single-flight.js';
import { within } from '../transport/within.js';

/** Longest wait for what only adorns an answer: with a dead bus owserver may look for a device for seconds. */
export const ORNAMENT_MS = 1_000;

/** Most names that are kept: a family is two hex digits. */
const MOST_FAMILIES = 256;

/** How long it is believed that a device does not tell its name. */
const DOUBTFUL_MS = 15_000;

/** The names of chips, by family. */
export class ChipTypes {
  readonly #messenger: Messenger;
  /** An empty one when there is none to be had. */
  readonly #types = new Kept<string, string>({ limit: MOST_FAMILIES });
  readonly #askedTypes = new SingleFlight<string, string | undefined>();

  constructor(messenger: Messenger) {
    this.#messenger = messenger;
  }

  /**
   * The name of a family's chips, such as DS18B20, read from one of its devices and kept. It is only
   * an ornament: that it cannot be had is no reason for the operation to fail.
   */
  async of(family: string, directory: string, patience: Patience): Promise<string | undefined> {
    const known = this.#types.get(family);
    if (known !== undefined) return known === '' ? undefined : known;
    const asked = this.#askedTypes.ask(family, () => this.#askType(family, directory, patience));
    // Who waits no longer has the answer itself: it goes without the ornament.
    const type = await patience.deadline.wait(asked).catch(() => undefined);
    return type === '' ? undefined : type;
  }

  /** Resolves in time, with nothing if need be; what comes later is kept all the same. */
  async #askType(
    family: string,
    directory: string,
    patience: Patience,
  ): Promise<string | undefined> {
    const path = `${directory}/type`;
    const deadline = patience.deadline.afresh();
    // It may go on when the operation has ended: nobody is told then that it waits.
    const own = { ...patience, deadline, onWait: undefined };
    const answered = this.#messenger.exchange({ type: 'read', path }, own);
    const kept = answered.then(
      ({ data }) => {
        const type = decodeShort(data);
        this.#types.set(family, type, type === '' ? DOUBTFUL_MS : Infinity);
        return type;
      },
      () => {
        this.#types.delete(family);
        return '';
      },
    );
    // Nobody else waits for this answer again: there is none until it comes.
    return within(ORNAMENT_MS, kept, () => this.#types.set(family, '', deadline.leftMs));
  }
}
