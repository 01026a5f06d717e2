/** One conversion of all thermometers on a bus, from its start until the slowest of them is done. */
export class Conversion<Sensor, Outcome> {
  /** Whoever takes part; it may grow until the end. */
  readonly sensors = new Set<Sensor>();
  /** Resolves at the end, at once with the outcome of a start that came to something else; or rejects with it. */
  readonly over: Promise<Outcome | undefined>;
  readonly #needs = new Map<Sensor, number>();
  #leastMs = 0;
  #startedAt: number | undefined;
  #ended = false;
  #end = (): void => undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `start` resolves when owserver has sent the command to the bus: with nothing, then it goes on. */
  constructor(start: Promise<Outcome | undefined>) {
    this.over = this.#run(start);
  }

  /** May nobody take part any more? */
  get ended(): boolean {
    return this.#ended;
  }

  /** It goes on for so many milliseconds from the start, whoever takes part. */
  lastAtLeast(ms: number): void {
    this.#leastMs = Math.max(this.#leastMs, ms);
    this.#schedule();
  }

  /** How long a sensor takes, in milliseconds from the start; what is known later may be less. */
  need(sensor: Sensor, ms: number): void {
    this.sensors.add(sensor);
    this.#needs.set(sensor, ms);
    this.#schedule();
  }

  async #run(start: Promise<Outcome | undefined>): Promise<Outcome | undefined> {
    try {
      const outcome = await start;
      if (outcome !== undefined) return outcome;
      this.#startedAt = performance.now();
      await new Promise<void>((resolve) => {
        this.#end = resolve;
        this.#schedule();
      });
      return undefined;
    } finally {
      this.#ended = true;
    }
  }

  #schedule(): void {
    if (this.#startedAt === undefined || this.#ended) return;
    clearTimeout(this.#timer);
    const leftMs =
      this.#startedAt + Math.max(this.#leastMs, ...this.#needs.values()) - performance.now();
    this.#timer = setTimeout(() => this.#finish(), Math.max(0, Math.ceil(leftMs)));
  }

  /** Ended at once: whoever asks from now on gets a newer one. */
  #finish(): void {
    this.#ended = true;
    this.#end();
  }
}
