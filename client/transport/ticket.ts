import { OwError } from '../errors/ow-error.js';
import type { Deadline } from './deadline.js';
import type { AnswerLimit, Frame } from '../protocol/index.js';
import type { Verb } from './retry.js';
import { tell } from './tell.js';

/** What a ticket asks for. */
export interface Job {
  readonly verb: Verb;
  /** Which lane of the queue: 0 is served first. */
  readonly priority: Priority;
  /** For messages to people. */
  readonly path: string;
  /** The whole request as it goes over the wire. */
  readonly frame: Buffer;
  /** Requests with the same key may share one answer while they wait; writes have none. */
  readonly joinKey: string | undefined;
  /**
   * Requests with the same key are sent one after another: the most urgent first, then in their order.
   * So writes to one device keep their order, and reads of one bus leave gaps for what is urgent.
   */
  readonly serialKey: string | undefined;
  /** Not sent while requests with this serial key are under way or could be: they would wait for it on the bus. */
  readonly yieldsTo: string | undefined;
  /** A DIR answers with one frame for each entry and an empty one at the end. */
  readonly streams: boolean;
  /** How much the answer may hold. */
  readonly limit: AnswerLimit;
  /** Throws EOW_PROTOCOL for a frame that cannot answer this request. */
  readonly check: (frame: Frame) => void;
}

/** Lanes of the queue, first served first; `bus` is for reads that owserver has to ask a bus for. */
export const PRIORITIES = ['write', 'alarm', 'read', 'bus', 'list'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Lanes whose requests may take seconds each. */
export const SLOW: readonly Priority[] = ['bus', 'list'];

/** What came back. */
export interface Answer {
  readonly frames: readonly Frame[];
  /** Times the request was sent. */
  readonly attempts: number;
}

/** What a caller hears before the answer. */
export interface Hearing {
  /** That owserver is still at work, with the milliseconds since the request was sent. */
  readonly onWait?: ((waitedMs: number) => void) | undefined;
  /** Each piece of an answer that comes in several. */
  readonly onPiece?: ((piece: Frame) => void) | undefined;
}

/** Hears of a caller who waits no longer. */
export type LeaveListener = (ticket: Ticket, error: OwError) => void;

interface Caller extends Hearing {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: OwError) => void;
  /** Ends the watch for the caller's end. */
  readonly unwatch: () => void;
}

/** One request on its way, and everybody who waits for its answer. */
export class Ticket {
  readonly job: Job;
  /** Times it was handed to a connection. */
  attempts = 0;
  /** Did a caller hear a piece of the answer? Then it cannot be begun anew. */
  toldPieces = false;
  #callers: Caller[] = [];
  readonly #onLeave: LeaveListener;

  /** `onLeave` hears of each caller who waits no longer. */
  constructor(job: Job, onLeave: LeaveListener) {
    this.job = job;
    this.#onLeave = onLeave;
  }

  get callers(): number {
    return this.#callers.length;
  }

  /** Adds a caller, who waits no longer than to the deadline. */
  join(deadline: Deadline, { onWait, onPiece }: Hearing = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const unwatch = deadline.onEnd((error) => this.#giveUp(caller, error));
      const caller: Caller = { resolve, reject, unwatch, onWait, onPiece };
      this.#callers.push(caller);
    });
  }

  resolve(frames: readonly Frame[]): void {
    const answer = { frames, attempts: this.attempts };
    for (const caller of this.#takeCallers()) caller.resolve(answer);
  }

  reject(error: OwError): void {
    const told = this.#told(error);
    for (const caller of this.#takeCallers()) caller.reject(told);
  }

  /** Tells the callers that owserver is still at work. */
  waiting(waitedMs: number): void {
    for (const caller of [...this.#callers]) tell(caller.onWait, waitedMs);
  }

  /** Tells the callers a piece of the answer. */
  piece(frame: Frame): void {
    for (const { onPiece } of this.#callers) {
      this.toldPieces ||= onPiece !== undefined;
      onPiece?.(frame);
    }
  }

  #giveUp(caller: Caller, error: OwError): void {
    this.#callers.splice(this.#callers.indexOf(caller), 1);
    caller.reject(this.#told(error));
    this.#onLeave(this, error.withPath(this.job.path));
  }

  /** A write that was sent and not answered may have been carried out: that is what its caller must know. */
  #told(error: OwError): OwError {
    const { path, verb } = this.job;
    const cause = error.withPath(path);
    if (verb !== 'write' || this.attempts === 0) return cause;
    // Only what happened: its advice to try again would be wrong here.
    const reason = { error: cause.id, params: cause.params };
    return new OwError('uncertain', { reason }, { path, cause });
  }

  #takeCallers(): Caller[] {
    const callers = this.#callers;
    this.#callers = [];
    for (const caller of callers) caller.unwatch();
    return callers;
  }
}
