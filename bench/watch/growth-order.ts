/** What a growth node is told to do: to look at the CPU for so many ticks, and then for as many at the event loop. */
export interface GrowthOrder {
  /** From one tick to the next, in milliseconds. */
  readonly everyMs: number;
  readonly ticks: number;
}

/** What went on meanwhile in its Node-RED. */
export interface Growth {
  readonly messages: number;
  readonly values: number;
  /** Messages with an error beside them, or with what is no number. */
  readonly wrong: number;
  /** CPU time in the first half, in microseconds. */
  readonly cpuUs: number;
  /** In each tick of the second half. */
  readonly held: readonly Held[];
}

/** The longest time that the event loop was held, in milliseconds. */
export interface Held {
  /** By work of this Node-RED: the CPU time that it had meanwhile. */
  readonly ownMs: number;
  /** By the clock, also when other programs had the CPU. */
  readonly clockMs: number;
}
