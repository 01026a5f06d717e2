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

  ended(): void {
    this.#underWay -= 1;
    for (const list of [...this.#waiting]) list.next();
  }
}

/**
 * Gives the paths of one list their turns, in their order: so many at a time that neither they nor
 * anybody else is refused for want of room in the queue.
 */
export class Turns {
  readonly #crowd: Crowd;
  readonly #begin: (() => void)[] = [];
  #underWay = 0;

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
  }

  /** Is there a path that has not had its turn? */
  get waits(): boolean {
    return this.#begin.length > 0;
  }

  /** Does something when it is its turn. */
  run<T>(act: () => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      this.#begin.push(() => resolve(this.#act(act)));
      this.#crowd.waits(this);
      this.next();
    });
  }

  /** Begins with what there is room for. */
  next(): void {
    while (this.waits && this.#crowd.hasRoom(this.#underWay)) {
      const begin = this.#begin.shift();
      this.#underWay += 1;
      this.#crowd.began(this);
      begin?.();
    }
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
