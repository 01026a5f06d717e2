import { OwError } from './errors.js';
import { PRIORITIES, type Answer, type Job, type Ticket } from './ticket.js';

/**
 * Requests that wait for a connection: lanes by priority, first in first out within one, bounded.
 * Requests of one serial key, the writes to one device, go out one after another in their order.
 */
export class RequestQueue {
  readonly #limit: number;
  readonly #lanes: readonly Set<Ticket>[] = PRIORITIES.map(() => new Set());
  readonly #joinable = new Map<string, Ticket>();
  /** Keys with a ticket in a lane or under way, and the tickets behind it. */
  readonly #serial = new Map<string, Set<Ticket>>();
  #waiting = 0;
  #ready = 0;

  /** Holds up to `limit` callers. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Tickets that could be sent now. */
  get length(): number {
    return this.#ready;
  }

  /** Claims the right to send a request past the queue: nothing waits, and nothing of its key is under way. */
  bypass({ serialKey }: Job): boolean {
    if (this.#waiting > 0) return false;
    if (serialKey === undefined) return true;
    if (this.#serial.has(serialKey)) return false;
    this.#serial.set(serialKey, new Set());
    return true;
  }

  /**
   * Adds a caller to the ticket that waits for the same answer, or to a new one.
   * @throws OwError EOW_QUEUE_FULL when as many callers as allowed wait already.
   */
  add(
    job: Job,
    newTicket: () => Ticket,
    join: (ticket: Ticket) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.#waiting >= this.#limit) {
      throw new OwError('queueFull', { limit: this.#limit }, { path: job.path });
    }
    const known = job.joinKey === undefined ? undefined : this.#joinable.get(job.joinKey);
    const ticket = known ?? newTicket();
    const answer = join(ticket);
    this.#waiting += 1;
    if (!known) this.#put(ticket);
    return answer;
  }

  /** Puts a ticket that was sent in vain before all others of its lane; nobody can join it. */
  putBack(ticket: Ticket): void {
    const lane = this.#lane(ticket);
    const others = [...lane];
    lane.clear();
    for (const each of [ticket, ...others]) lane.add(each);
    this.#ready += 1;
    this.#waiting += ticket.callers;
  }

  /** Takes the next ticket to send. */
  shift(): Ticket | undefined {
    for (const lane of this.#lanes) {
      for (const ticket of lane) {
        this.#take(ticket);
        return ticket;
      }
    }
    return undefined;
  }

  /** One caller of a ticket has gone; true when the ticket was waiting here. */
  leave(ticket: Ticket): boolean {
    const { serialKey } = ticket.job;
    const behind = serialKey === undefined ? undefined : this.#serial.get(serialKey);
    const inLane = this.#lane(ticket).has(ticket);
    if (!inLane && !behind?.has(ticket)) return false;
    this.#waiting -= 1;
    if (ticket.callers > 0) return true;
    behind?.delete(ticket);
    if (inLane) {
      this.#take(ticket);
      this.ended(ticket.job);
    }
    return true;
  }

  /** A request has its outcome: the next one of its key may be sent. */
  ended({ serialKey }: Job): void {
    if (serialKey === undefined) return;
    const behind = this.#serial.get(serialKey);
    for (const next of behind ?? []) {
      behind?.delete(next);
      this.#enter(next);
      return;
    }
    this.#serial.delete(serialKey);
  }

  /** Empties the queue. */
  takeAll(): Ticket[] {
    const all: Ticket[] = [];
    for (let ticket = this.shift(); ticket; ticket = this.shift()) {
      all.push(ticket);
      this.ended(ticket.job);
    }
    return all;
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
    if (serialKey !== undefined) this.#serial.set(serialKey, new Set());
  }

  #enter(ticket: Ticket): void {
    this.#lane(ticket).add(ticket);
    this.#ready += 1;
  }

  #take(ticket: Ticket): void {
    this.#lane(ticket).delete(ticket);
    this.#ready -= 1;
    this.#waiting -= ticket.callers;
    const { joinKey } = ticket.job;
    if (joinKey !== undefined && this.#joinable.get(joinKey) === ticket)
      this.#joinable.delete(joinKey);
  }

  #lane({ job: { priority } }: Ticket): Set<Ticket> {
    const lane = this.#lanes[PRIORITIES.indexOf(priority)];
    if (!lane) throw new RangeError(`no lane ${priority}`);
    return lane;
  }
}
