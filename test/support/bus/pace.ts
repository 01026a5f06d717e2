/** More lateness than this, from a busy machine, is not made up for. */
const CATCH_UP_MS = 5;

const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Lets the real time pass that the wire takes. What a sleep is too long comes off the next one, so
 * that the bus is as fast as its wire over many commands.
 */
export class Pace {
  #late = 0;

  /** The time of the wire at which a command begins that has come in now. */
  begin(wireNow: number): number {
    return Math.max(wireNow, performance.now() - this.#late);
  }

  /**
   * Sleeps until the wire is done. The process sleeps with it, which is cheaper than a timer and
   * more exact; orders wait for the end of the command.
   */
  waitFor(wireNow: number): void {
    const left = wireNow - performance.now();
    if (left > 0) Atomics.wait(cell, 0, 0, left);
    this.#late = Math.min(performance.now() - wireNow, CATCH_UP_MS);
  }
}
