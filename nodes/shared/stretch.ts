import { setImmediate as turn } from 'node:timers/promises';

/** Longest time that work in many pieces holds up everything else, in milliseconds. */
const LONGEST_MS = 20;

/** Keeps work in many pieces from holding up everything else in Node-RED. */
export class Stretch {
  #since = performance.now();

  /** To be awaited between two pieces: after a while it lets everybody else have a turn. */
  async rest(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_MS) return;
    await turn();
    this.#since = performance.now();
  }
}
