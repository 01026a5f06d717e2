/** A message that reached a `test-probe` node. */
export interface ProbeMessage {
  /** Id of the probe node. */
  probe: string;
  /** The message; Buffers are Buffers again, anything else is what JSON keeps. */
  msg: Record<string, unknown> & { payload?: unknown; topic?: unknown };
}

/** Says which message is meant. */
export type Wanted = (message: ProbeMessage) => boolean;

interface Waiter {
  wanted: Wanted;
  resolve: (message: ProbeMessage) => void;
}

const SHOWN = 20;
const SHOWN_CHARACTERS = 400;

/** Messages from the probes, in order; each can be waited for once, before or after it arrives. */
export class Inbox {
  readonly #all: ProbeMessage[] = [];
  #untaken: ProbeMessage[] = [];
  readonly #waiters = new Set<Waiter>();

  /** Every message so far, taken or not. */
  get messages(): readonly ProbeMessage[] {
    return this.#all;
  }

  /** Hands the message to the first who waits for it, or keeps it. */
  push(message: ProbeMessage): void {
    this.#all.push(message);
    for (const waiter of this.#waiters) {
      if (!waiter.wanted(message)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(message);
      return;
    }
    this.#untaken.push(message);
  }

  /** Takes the first message that fits, so that a second call waits for the next one. */
  async take(
    wanted: Wanted,
    what: string,
    waitMs: number,
    context: () => string,
  ): Promise<ProbeMessage> {
    const here = this.#untaken.find(wanted);
    if (here) {
      this.#untaken = this.#untaken.filter((message) => message !== here);
      return here;
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        wanted,
        resolve: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new Error(`No ${what} within ${waitMs} ms. ${this.#describe()}${context()}`));
      }, waitMs);
      this.#waiters.add(waiter);
    });
  }

  #describe(): string {
    if (this.#all.length === 0) return 'No message arrived at all.';
    const lines = this.#all.slice(-SHOWN).map(({ probe, msg }) => {
      const taken = this.#untaken.some((message) => message.msg === msg) ? '' : ' (taken)';
      return `  ${probe}${taken}: ${JSON.stringify(msg).slice(0, SHOWN_CHARACTERS)}`;
    });
    return `${this.#all.length} messages arrived, the last ones:\n${lines.join('\n')}`;
  }
}
