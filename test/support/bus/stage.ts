import type { Moment } from './steps.js';

/** Makes changes at their moments by the clock of the wire, however late anybody looks. */
export class Stage {
  readonly #make: (moment: Moment) => void;
  #coming: readonly Moment[] = [];
  #next = 0;

  constructor(make: (moment: Moment) => void) {
    this.#make = make;
  }

  /** Adds changes; their times are those of the wire. */
  play(moments: readonly Moment[]): void {
    const left = [...this.#coming.slice(this.#next), ...moments];
    this.#coming = left.sort((a, b) => a.at - b.at);
    this.#next = 0;
  }

  /** Makes all that is due by now, in its order. */
  goOn(now: number): void {
    for (let due = this.#coming[this.#next]; due && due.at <= now; due = this.#coming[this.#next]) {
      this.#next += 1;
      this.#make(due);
    }
  }
}
