import { Connection, type ReplyFrames } from './connection.js';
import type { Deadline } from './deadline.js';
import { shownPlace } from '../dial.js';
import { endedHere, isGivenUp } from '../errors/given-up.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import type { ResolvedOptions } from '../options.js';
import { RequestQueue } from './request-queue.js';
import { mayRetry } from './retry.js';
import { Ticket, type Answer, type Hearing, type Job, type LeaveListener } from './ticket.js';
import { Tracer } from './tracer.js';

/** Hears what the pool learns of owserver. */
interface PoolListener {
  /** A connection is being opened. */
  onDial: () => void;
  /** owserver answered; `persistent` when it keeps the connection open. Called when that is news. */
  onUp: (persistent: boolean) => void;
  /** The last connection was lost, or none could be opened. */
  onDown: (error: OwError) => void;
  /** The last connection was given up here: a request took too long or too much, or nobody waits any more. */
  onGivenUp: (error: OwError) => void;
}

/**
 * The connections to one owserver. One is kept; while requests wait more open, up to the limit, and
 * those that were idle for a while close again. Every request goes out on a connection of its own.
 */
export class Pool {
  readonly #options: ResolvedOptions;
  readonly #listener: PoolListener;
  readonly #queue: RequestQueue;
  readonly #tracer: Tracer | undefined;
  readonly #idle: Connection[] = [];
  readonly #busy = new Map<Ticket, Connection>();
  /**
   * Connections that owserver has kept open after an answer. When all of them are lost it is another
   * owserver that answers next, or the same one started again, whether or not its port ever refused.
   */
  readonly #kept = new Set<Connection>();
  #dials = new AbortController();
  readonly #leave: LeaveListener = (ticket, error) => this.#onLeave(ticket, error);
  #dialing = 0;
  /** Did the last dial succeed? Until one does, only one is tried at a time. */
  #reachable = false;
  #up: boolean | undefined;
  /** Why nothing is sent; nothing while it is. */
  #ended: 'clientClosed' | 'disconnected' | undefined;
  /** Fewest connections that were idle since the shrink timer was set. */
  #idleLow = 0;
  #shrinkTimer: NodeJS.Timeout | undefined;
  /** When owserver last answered, in milliseconds of `performance.now()`. */
  lastAnswerAt = 0;

  constructor(options: ResolvedOptions, listener: PoolListener) {
    this.#options = options;
    this.#listener = listener;
    const { maxQueue: waiting, connections, trace } = options;
    this.#tracer = trace && new Tracer(trace);
    // With two or fewer there is none to spare: then all may be slow.
    const slow = connections > 2 ? connections - 1 : connections;
    this.#queue = new RequestQueue({ waiting, slow }, () => {
      const connection = this.#checkOut();
      return connection && ((ticket) => this.#send(connection, ticket));
    });
  }

  /** Connections that are open, busy or idle. */
  get size(): number {
    return this.#idle.length + this.#busy.size;
  }

  /**
   * Sends a request as soon as a connection is free; rejects with an OwError. One that is in turn is
   * not refused when too many wait: who sends it sees to that.
   */
  run(job: Job, deadline: Deadline, hearing: Hearing = {}, inTurn?: boolean): Promise<Answer> {
    if (this.#ended) throw new OwError(this.#ended, {}, { path: job.path });
    const { over } = deadline;
    if (over) throw over.withPath(job.path);
    const newTicket = (): Ticket => new Ticket(job, this.#leave);
    const join = (ticket: Ticket): Promise<Answer> => ticket.join(deadline, hearing);
    const answer = this.#queue.add(job, newTicket, join, inTurn);
    this.#pump();
    return answer;
  }

  /** Ends everything at once: requests that wait or run fail with EOW_CLOSED, sent writes with EOW_UNCERTAIN. */
  close(): void {
    this.#end('clientClosed');
  }

  /** The same until `resume` is called. */
  disconnect(): void {
    if (!this.#ended) this.#end('disconnected');
  }

  /** Requests are sent again after `disconnect`. */
  resume(): void {
    if (this.#ended === 'disconnected') this.#ended = undefined;
  }

  #end(why: 'clientClosed' | 'disconnected'): void {
    this.#ended = why;
    clearTimeout(this.#shrinkTimer);
    this.#shrinkTimer = undefined;
    this.#dials.abort();
    this.#dials = new AbortController();
    this.#dialing = 0;
    this.#reachable = false;
    this.#up = undefined;
    const error = new OwError(why);
    // Writes that wait behind one under way are in the queue only once that one has ended.
    for (const connection of [...this.#busy.values(), ...this.#idle]) connection.destroy(error);
    for (const ticket of this.#queue.takeAll()) ticket.reject(error);
  }

  /** Takes the connection that was used last: the others may then grow old and close. */
  #checkOut(): Connection | undefined {
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      this.#idleLow = Math.min(this.#idleLow, this.#idle.length);
      if (connection.usable) return connection;
      connection.destroy(new OwError('closedByServer'));
    }
    return undefined;
  }

  /** Puts a connection to its next request, or among the idle ones. */
  #checkIn(connection: Connection): void {
    const next = this.#queue.shift();
    if (next) {
      this.#send(connection, next);
      return;
    }
    this.#idle.push(connection);
    if (this.size > 1 && this.#shrinkTimer === undefined) this.#watchIdle();
  }

  #send(connection: Connection, ticket: Ticket): void {
    this.#busy.set(ticket, connection);
    connection.send(ticket);
    this.#tracer?.sent(ticket);
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const connection = this.#checkOut();
      const ticket = connection && this.#queue.shift();
      if (!ticket) break;
      this.#send(connection, ticket);
    }
    while (this.#mayDial()) this.#dial();
  }

  #mayDial(): boolean {
    if (this.#ended || this.#queue.length <= this.#dialing) return false;
    if (this.size + this.#dialing >= this.#options.connections) return false;
    return this.#reachable || this.#dialing === 0;
  }

  #dial(): void {
    const { signal } = this.#dials;
    this.#dialing += 1;
    this.#listener.onDial();
    this.#connect(signal).then(
      (connection) => {
        if (signal.aborted) return;
        this.#dialing -= 1;
        this.#reachable = true;
        const ticket = this.#queue.shift();
        // owserver would end a connection that says nothing for 10 s (owlib/src/c/globals.c, `timeout_server`).
        if (ticket) this.#send(connection, ticket);
        else this.#drop(connection);
        this.#pump();
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        this.#dialing -= 1;
        this.#onDialFailed(toOwError(thrown));
      },
    );
  }

  /** Async, so that a dial of somebody else's that throws, or gives no socket, is one that failed. */
  async #connect(signal: AbortSignal): Promise<Connection> {
    const socket = await this.#options.dial(signal);
    if (signal.aborted) socket.destroy();
    const { inactivityTimeoutMs } = this.#options;
    return new Connection(socket, {
      ...shownPlace(this.#options),
      inactivityTimeoutMs,
      onAnswer: (...answer) => this.#onAnswer(...answer),
      onClose: (...end) => this.#onClose(...end),
    });
  }

  /** Whoever it was opened for waits no longer. */
  #drop(connection: Connection): void {
    const error = new OwError('clientClosed');
    connection.destroy(error);
    if (this.size + this.#dialing === 0) this.#listener.onGivenUp(error);
  }

  /** Without any connection nobody will serve the queue: its requests fail now, not at their deadline. */
  #onDialFailed(error: OwError): void {
    this.#reachable = false;
    if (this.size + this.#dialing > 0) return;
    for (const ticket of this.#queue.takeAll()) ticket.reject(error);
    this.#goDown(error);
  }

  #onAnswer(connection: Connection, ticket: Ticket, reply: ReplyFrames): void {
    this.#busy.delete(ticket);
    this.#queue.ended(ticket.job);
    this.lastAnswerAt = performance.now();
    if (reply.reusable) {
      this.#kept.add(connection);
      this.#checkIn(connection);
    } else {
      this.#kept.delete(connection);
      connection.destroy(new OwError('closedByServer'));
    }
    ticket.resolve(reply.frames);
    // Now that all is in order: who hears it may close the client.
    this.#tracer?.answered(ticket, reply.frames);
    if (this.#up !== reply.granted) {
      this.#up = reply.granted;
      this.#listener.onUp(reply.granted);
    }
    this.#pump();
  }

  #onClose(connection: Connection, error: OwError, ticket: Ticket | undefined): void {
    const hadKept = this.#kept.delete(connection) || this.#kept.size > 0;
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    if (ticket) this.#onLost(ticket, error);
    if (this.#ended) return;
    const told = ticket ? error.withPath(ticket.job.path) : error;
    const allLost = hadKept && this.#kept.size === 0 && !endedHere(error);
    if (allLost) this.#goDown(told);
    if (index === -1 && !ticket) return;
    this.#pump();
    // While requests follow closely one of them is always under way: silence counts too, when nothing broke it.
    const silent =
      error.id === 'silent' &&
      performance.now() - this.lastAnswerAt >= this.#options.inactivityTimeoutMs;
    if (allLost || (!silent && this.size + this.#dialing > 0)) return;
    if (isGivenUp(error)) this.#listener.onGivenUp(told);
    else this.#goDown(told);
  }

  /**
   * A connection failed under a request. Unless that was only given up here, the idle ones are likely
   * dead too: none of them is tried.
   */
  #onLost(ticket: Ticket, error: OwError): void {
    this.#busy.delete(ticket);
    this.#tracer?.failed(ticket, error);
    if (!isGivenUp(error)) {
      for (const idle of this.#idle.splice(0)) {
        this.#kept.delete(idle);
        idle.destroy(error);
      }
    }
    const again =
      !this.#ended &&
      ticket.callers > 0 &&
      !ticket.toldPieces &&
      mayRetry(ticket.job.verb, error, ticket.attempts);
    if (again) {
      this.#queue.putBack(ticket);
      return;
    }
    this.#queue.ended(ticket.job);
    ticket.reject(error);
  }

  #goDown(error: OwError): void {
    this.#up = undefined;
    this.#listener.onDown(error);
  }

  /** A caller waits no longer; a request that nobody waits for takes its connection along. */
  #onLeave(ticket: Ticket, error: OwError): void {
    if (!this.#queue.leave(ticket) && ticket.callers === 0) this.#busy.get(ticket)?.destroy(error);
  }

  #watchIdle(): void {
    this.#idleLow = this.#idle.length;
    this.#shrinkTimer = setTimeout(() => this.#shrink(), this.#options.shrinkAfterMs).unref();
  }

  #shrink(): void {
    this.#shrinkTimer = undefined;
    const surplus = Math.min(this.#idleLow, this.size - 1);
    for (const connection of this.#idle.splice(0, surplus))
      connection.destroy(new OwError('clientClosed'));
    if (this.size > 1) this.#watchIdle();
  }
}
