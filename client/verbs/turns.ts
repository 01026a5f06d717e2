import type { OwError } from '../errors/ow-error.js';
import type { Patience } from '../requests/messenger.js';
import type { Deadline } from '../transport/deadline.js';

/** Of the queue, what all lists together may fill: the rest is for everybody else. */
const ALL_LISTS = 3 / 4;

/** Of what the other lists leave of that, what one list may fill: the rest is for another list. */
const ONE_LIST = 2 / 3;

/** What all lists of a client have under way. */
export class Crowd {
  readonly #room: number;
  #underWay = 0;
  /** Lists with paths that wait for their turn; who had one last is the last. */
  readonly #waiting = new Set<Turns>();

  constructor(maxQueue: number) {
    this.#room = Math.ceil(maxQueue * ALL_LISTS);
  }

  /** May a list that has so many under way begin with another path? */
  hasRoom(its: number): boolean {
    const left = this.#room - (this.#underWay - its);
    return its < Math.ceil(left * ONE_LIST);
  }

  began(list: Turns): void {
    this.#underWay += 1;
    this.#waiting.delete(list);
    if (list.waits) this.#waiting.add(list);
  }

  waits(list: Turns): void {
    this.#waiting.add(list);
  }

  /** A list gives up what waits. */
  leaves(list: Turns): void {
    this.#waiting.delete(list);
  }

  ended(): void {
    this.#underWay -= 1;
    for (const list of [...this.#waiting]) list.next();
  }
}

/** A path that waits for its turn. */
interface Waiting {
  readonly begin: () => void;
  readonly giveUp: (error: OwError) => void;
}

/**
 * Gives the paths of one list their turns, in their order: so many at a time that neither they nor
 * anybody else is refused for want of room in the queue. None waits longer than the list's call does.
 */
export class Turns {
  readonly #crowd: Crowd;
  readonly #deadline: Deadline;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;
  /** Ends the watch for the end of the call, while something waits. */
  #unwatch: (() => void) | undefined;

  constructor(crowd: Crowd, { deadline }: Patience) {
    this.#crowd = crowd;
    this.#deadline = deadline;
  }

  /** Is there a path that has not had its turn? */
  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  /** Does something when it is its turn. @throws OwError EOW_TIMEOUT, EOW_ABORTED when there is none in time. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    const { over } = this.#deadline;
    if (over) throw over;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ begin: () => resolve(this.#act(act)), giveUp: reject });
      this.#crowd.waits(this);
      this.next();
      if (this.waits) this.#unwatch ??= this.#deadline.onEnd((error) => this.#giveUp(error));
    });
  }

  /** Begins with what there is room for. */
  next(): void {
    while (this.waits && this.#crowd.hasRoom(this.#underWay)) {
      const next = this.#waiting.shift();
      this.#underWay += 1;
      this.#crowd.began(this);
      next?.begin();
    }
    if (this.waits) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #giveUp(error: OwError): void {
    this.#unwatch = undefined;
    this.#crowd.leaves(this);
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(error);
  }

  async #act<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } finally {
      this.#underWay -= 1;
      this.#crowd.ended();
    }
  }
}
