import { OwError } from '../errors/ow-error.js';
import { PRIORITIES, SLOW, type Answer, type Job, type Ticket } from './ticket.js';

/** Requests of more urgent lanes that may pass one that waits: then it is its turn, so that none waits for ever. */
const PASSES = 16;

/** How much may wait, and be under way. */
interface QueueLimits {
  /** Callers that may wait. */
  readonly waiting: number;
  /** Requests of the slow lanes that may be under way, so that they leave a connection to the others. */
  readonly slow: number;
}

/** The way past the queue: sends a ticket on a free connection; nothing while there is none. */
export type WayOut = () => ((ticket: Ticket) => void) | undefined;

/** Tickets that yield to a key, and how many of its requests went before them. */
interface Yielding {
  readonly tickets: Set<Ticket>;
  passes: number;
}

interface Lane {
  readonly tickets: Set<Ticket>;
  readonly slow: boolean;
  /** Requests that were sent before its first one. */
  passes: number;
}

/**
 * Requests that wait for a connection: lanes by priority, first in first out within one, bounded.
 * Requests of one serial key, the writes to one device or the reads of one bus, go out one after another.
 */
export class RequestQueue {
  readonly #limits: QueueLimits;
  readonly #wayOut: WayOut | undefined;
  readonly #lanes: readonly Lane[] = PRIORITIES.map((name) => ({
    tickets: new Set(),
    slow: SLOW.includes(name),
    passes: 0,
  }));
  readonly #joinable = new Map<string, Ticket>();
  /** Keys with a ticket in a lane or under way, and the tickets behind it. */
  readonly #serial = new Map<string, Set<Ticket>>();
  readonly #yielding = new Map<string, Yielding>();
  #waiting = 0;
  #slowUnderWay = 0;

  /** Without a way out everything waits until it is taken. */
  constructor(limits: QueueLimits, wayOut?: WayOut) {
    this.#limits = limits;
    this.#wayOut = wayOut;
  }

  /** Tickets that could be sent now, were there connections enough. */
  get length(): number {
    if (this.#waiting === 0) return 0;
    let quick = 0;
    let slow = 0;
    for (const lane of this.#lanes) {
      if (lane.slow) slow += lane.tickets.size;
      else quick += lane.tickets.size;
    }
    return quick + Math.min(slow, this.#limits.slow - this.#slowUnderWay);
  }

  /**
   * Adds a caller: to a new ticket that goes at once, where a connection is free and nothing is before it;
   * else to the ticket that waits for the same answer, or to a new one that waits.
   * @throws OwError EOW_QUEUE_FULL for one that has to wait when as many callers as allowed do so
   * already, unless it is in turn.
   */
  add(
    job: Job,
    newTicket: () => Ticket,
    join: (ticket: Ticket) => Promise<Answer>,
    inTurn = false,
  ): Promise<Answer> {
    const send = this.#wayOut && this.#mayGo(job) ? this.#wayOut() : undefined;
    if (send) {
      const ticket = newTicket();
      const answer = join(ticket);
      if (job.serialKey !== undefined) this.#begin(job.serialKey);
      this.#enterConnection(job);
      send(ticket);
      return answer;
    }
    const limit = this.#limits.waiting;
    if (this.#waiting >= limit && !inTurn)
      throw new OwError('queueFull', { limit }, { path: job.path });
    const known = job.joinKey === undefined ? undefined : this.#joinable.get(job.joinKey);
    const ticket = known ?? newTicket();
    const answer = join(ticket);
    this.#waiting += 1;
    if (!known) this.#put(ticket);
    return answer;
  }

  /** Puts a ticket that was sent in vain before all others of its lane; nobody can join it. */
  putBack(ticket: Ticket): void {
    const { tickets } = this.#lane(ticket);
    const others = [...tickets];
    tickets.clear();
    this.#enter(ticket);
    for (const each of others) tickets.add(each);
    this.#waiting += ticket.callers;
    this.#leaveConnection(ticket.job);
  }

  /** Takes the next ticket to send. */
  shift(): Ticket | undefined {
    const lane = this.#nextLane();
    for (const ticket of lane?.tickets ?? []) {
      this.#take(ticket);
      this.#enterConnection(ticket.job);
      return ticket;
    }
    return undefined;
  }

  /** One caller of a ticket has gone; true when the ticket was waiting here. */
  leave(ticket: Ticket): boolean {
    const { serialKey } = ticket.job;
    const behind = serialKey === undefined ? undefined : this.#serial.get(serialKey);
    const isNext = this.#lane(ticket).tickets.has(ticket) || this.#yields(ticket);
    if (!isNext && !behind?.has(ticket)) return false;
    this.#waiting -= 1;
    if (ticket.callers > 0) return true;
    if (isNext) {
      this.#take(ticket);
      this.#follow(ticket.job);
    } else {
      behind?.delete(ticket);
      this.#unjoin(ticket);
    }
    return true;
  }

  /** A request that was sent has its outcome: the next one of its key may be sent. */
  ended(job: Job): void {
    this.#leaveConnection(job);
    this.#follow(job);
  }

  /** Empties the queue. */
  takeAll(): Ticket[] {
    const all: Ticket[] = [];
    for (const { tickets } of [...this.#lanes, ...this.#yielding.values()]) {
      for (const ticket of tickets) {
        this.#take(ticket);
        all.push(ticket);
      }
    }
    if (all.length === 0) return all;
    for (const { job } of all) this.#follow(job);
    return [...all, ...this.takeAll()];
  }

  /** May another request of the slow lanes be under way? */
  get #hasSlowRoom(): boolean {
    return this.#slowUnderWay < this.#limits.slow;
  }

  /** Could a request be sent that comes now? Nothing that waits could be, nor is any of its key before it. */
  #mayGo(job: Job): boolean {
    if (this.length > 0 || this.#mustYield(job)) return false;
    if (isSlow(job) && !this.#hasSlowRoom) return false;
    return job.serialKey === undefined || !this.#serial.has(job.serialKey);
  }

  #mustYield({ yieldsTo }: Job): boolean {
    return yieldsTo !== undefined && this.#serial.has(yieldsTo);
  }

  #nextLane(): Lane | undefined {
    let chosen: Lane | undefined;
    for (const lane of this.#lanes) {
      if (lane.tickets.size === 0) continue;
      if (lane.slow && !this.#hasSlowRoom) continue;
      if (!chosen || lane.passes >= PASSES) chosen = lane;
    }
    for (const lane of this.#lanes) {
      if (lane === chosen) lane.passes = 0;
      else if (lane.tickets.size > 0) lane.passes += 1;
    }
    return chosen;
  }

  #put(ticket: Ticket): void {
    const { joinKey, serialKey } = ticket.job;
    if (joinKey !== undefined) this.#joinable.set(joinKey, ticket);
    const behind = serialKey === undefined ? undefined : this.#serial.get(serialKey);
    if (behind) {
      behind.add(ticket);
      return;
    }
    this.#enter(ticket);
    if (serialKey !== undefined) this.#begin(serialKey);
  }

  /** What is to yield to this key does so from now on, also when it has only to be sent. */
  #begin(key: string): void {
    this.#serial.set(key, new Set());
    for (const { tickets } of this.#lanes) {
      for (const ticket of tickets) {
        if (ticket.job.yieldsTo !== key) continue;
        tickets.delete(ticket);
        this.#enter(ticket);
      }
    }
  }

  /** Into its lane, unless it has to yield. */
  #enter(ticket: Ticket): void {
    const { yieldsTo } = ticket.job;
    if (yieldsTo === undefined || !this.#mustYield(ticket.job)) {
      this.#lane(ticket).tickets.add(ticket);
      return;
    }
    const yielding = this.#yielding.get(yieldsTo) ?? { tickets: new Set(), passes: 0 };
    this.#yielding.set(yieldsTo, yielding);
    yielding.tickets.add(ticket);
  }

  #yields(ticket: Ticket): boolean {
    return this.#yielding.get(ticket.job.yieldsTo ?? '')?.tickets.has(ticket) ?? false;
  }

  /** Lets those go on that yielded to a key: nothing more of it waits, or enough of it went before. */
  #release(key: string, isOver: boolean): void {
    const yielding = this.#yielding.get(key);
    if (!yielding) return;
    yielding.passes += 1;
    if (!isOver && yielding.passes < PASSES) return;
    this.#yielding.delete(key);
    for (const ticket of yielding.tickets) this.#lane(ticket).tickets.add(ticket);
  }

  /** Lets the most urgent one behind a request of this key into its lane. */
  #follow({ serialKey }: Job): void {
    if (serialKey === undefined) return;
    const behind = this.#serial.get(serialKey);
    let next: Ticket | undefined;
    for (const each of behind ?? []) {
      if (!next || rank(each) < rank(next)) next = each;
    }
    if (next) {
      behind?.delete(next);
      this.#enter(next);
    } else this.#serial.delete(serialKey);
    this.#release(serialKey, !next);
  }

  #enterConnection(job: Job): void {
    if (isSlow(job)) this.#slowUnderWay += 1;
  }

  #leaveConnection(job: Job): void {
    if (isSlow(job)) this.#slowUnderWay -= 1;
  }

  #take(ticket: Ticket): void {
    this.#lane(ticket).tickets.delete(ticket);
    this.#yielding.get(ticket.job.yieldsTo ?? '')?.tickets.delete(ticket);
    this.#waiting -= ticket.callers;
    this.#unjoin(ticket);
  }

  #unjoin(ticket: Ticket): void {
    const { joinKey } = ticket.job;
    if (joinKey !== undefined && this.#joinable.get(joinKey) === ticket)
      this.#joinable.delete(joinKey);
  }

  #lane({ job: { priority } }: Ticket): Lane {
    const lane = this.#lanes[PRIORITIES.indexOf(priority)];
    if (!lane) throw new RangeError(`no lane ${priority}`);
    return lane;
  }
}

function isSlow({ priority }: Job): boolean {
  return SLOW.includes(priority);
}

function rank({ job: { priority } }: Ticket): number {
  return PRIORITIES.indexOf(priority);
}
