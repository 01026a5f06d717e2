import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MESSAGE_LIMIT } from '../../../client/protocol/index.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { RequestQueue } from '../../../client/transport/request-queue.js';
import { PRIORITIES, SLOW, Ticket, type Job } from '../../../client/transport/ticket.js';

const LIMITS = { waiting: 12, slow: 2 };
const FRAME = Buffer.alloc(0);

/** What may happen to a queue; numbers choose among what is there. */
type Step =
  | { act: 'add'; lane: number; key: number; join: boolean }
  | { act: 'shift' }
  | { act: 'end' | 'putBack' | 'giveUp'; which: number };

const which = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('add' as const),
    lane: fc.nat(PRIORITIES.length - 1),
    key: fc.nat(4),
    join: fc.boolean(),
  }),
  fc.record({ act: fc.constant('shift' as const) }),
  fc.record({ act: fc.constantFrom('end' as const, 'putBack' as const, 'giveUp' as const), which }),
);

/** A queue beside a plain list of what waits in it and what was taken from it. */
class Model {
  readonly queue = new RequestQueue(LIMITS);
  readonly waiting: Ticket[] = [];
  readonly underWay: Ticket[] = [];
  /** What was sent although something that it yields to was under way. */
  readonly hasty: Ticket[] = [];
  readonly #ended = new Map<string, number>();
  #count = 0;

  take(step: Step): void {
    if (step.act === 'add') this.#add(step.lane, step.key, step.join);
    else if (step.act === 'shift') this.shift();
    else if (step.act === 'giveUp') this.#giveUp(this.waiting[step.which % this.waiting.length]);
    else this.#leave(this.underWay[step.which % this.underWay.length], step.act);
    this.#check();
  }

  shift(): boolean {
    const ticket = this.queue.shift();
    if (!ticket) return false;
    const at = this.waiting.indexOf(ticket);
    assert.notEqual(at, -1, 'what nobody waits for is never sent, nor anything twice');
    assert.ok(this.#isNext(ticket), 'what came first goes first');
    if (this.#isHasty(ticket)) this.hasty.push(ticket);
    this.waiting.splice(at, 1);
    this.underWay.push(ticket);
    return true;
  }

  /** Lets all callers go, whose time would be up much later. */
  close(): void {
    for (const ticket of [...this.waiting, ...this.underWay]) ticket.resolve([]);
  }

  end(ticket: Ticket): void {
    const { serialKey = '' } = ticket.job;
    this.#ended.set(serialKey, (this.#ended.get(serialKey) ?? 0) + 1);
    this.underWay.splice(this.underWay.indexOf(ticket), 1);
    this.queue.ended(ticket.job);
    ticket.resolve([]);
  }

  /** After 16 of those it may. */
  #isHasty({ job: { yieldsTo = 'nothing' } }: Ticket): boolean {
    const before = this.underWay.some(({ job }) => job.serialKey === yieldsTo);
    return before && (this.#ended.get(yieldsTo) ?? 0) < 16;
  }

  /** Of its lane and key nothing waits that came before. */
  #isNext(ticket: Ticket): boolean {
    const { priority, serialKey } = ticket.job;
    const [first] = this.waiting.filter(
      ({ job }) => job.priority === priority && job.serialKey === serialKey,
    );
    return first === ticket;
  }

  #add(lane: number, key: number, join: boolean): void {
    const priority = PRIORITIES[lane] ?? 'read';
    const job: Job = {
      verb: 'read',
      priority,
      path: String((this.#count += 1)),
      frame: FRAME,
      joinKey: join ? `${priority} ${key}` : undefined,
      serialKey: key === 0 ? undefined : `key ${key}`,
      // As the reads of a bus yield to its writes.
      yieldsTo: key > 2 ? `key ${key - 2}` : undefined,
      streams: false,
      limit: MESSAGE_LIMIT,
      check: () => undefined,
    };
    const full = this.#callers() >= LIMITS.waiting;
    const added = (): void => {
      const make = (): Ticket => {
        const ticket = new Ticket(job, () => undefined);
        this.waiting.push(ticket);
        return ticket;
      };
      this.queue
        .add(job, make, (ticket) => {
          assert.ok(this.waiting.includes(ticket), 'only what waits is joined');
          return ticket.join(new Deadline(600_000));
        })
        .catch(() => undefined);
    };
    if (full) assert.throws(added, { code: 'EOW_QUEUE_FULL' });
    else added();
  }

  #leave(ticket: Ticket | undefined, how: 'end' | 'putBack'): void {
    if (!ticket) return;
    if (how === 'end') {
      this.end(ticket);
      return;
    }
    this.underWay.splice(this.underWay.indexOf(ticket), 1);
    this.queue.putBack(ticket);
    this.waiting.unshift(ticket);
  }

  /** The only caller of a ticket goes. */
  #giveUp(ticket: Ticket | undefined): void {
    if (ticket?.callers !== 1) return;
    this.waiting.splice(this.waiting.indexOf(ticket), 1);
    ticket.resolve([]);
    assert.ok(this.queue.leave(ticket));
    assert.ok(!this.queue.leave(ticket), 'it left once');
  }

  #callers(): number {
    return this.waiting.reduce((sum, { callers }) => sum + callers, 0);
  }

  #check(): void {
    const keys = this.underWay.flatMap(({ job }) => job.serialKey ?? []);
    assert.equal(new Set(keys).size, keys.length, 'one of each key at a time');
    const slow = this.underWay.filter(({ job }) => SLOW.includes(job.priority));
    assert.ok(slow.length <= LIMITS.slow, 'slow ones leave room');
  }
}

const steps = fc.array(step, { maxLength: 60 });

/** Checks what must hold after anything that may happen. */
function always(holds: (model: Model) => void): void {
  const afterwards = fc.property(steps, (all) => {
    const model = new Model();
    try {
      for (const each of all) model.take(each);
      holds(model);
    } finally {
      model.close();
    }
  });
  fc.assert(afterwards, { numRuns: 1_000 });
}

describe('the queue, whatever happens to it,', () => {
  it('sends one request of a key at a time, in order, all of them, and never too many slow ones', () =>
    always((model) => {
      while (model.shift() || model.underWay.length > 0) {
        const [first] = model.underWay;
        if (first) model.end(first);
      }
      assert.equal(model.waiting.length, 0);
      assert.equal(model.queue.length, 0);
    }));

  it('says that something can be sent exactly when it has something to send', () =>
    always((model) => {
      const { length } = model.queue;
      let sent = 0;
      while (model.shift()) sent += 1;
      assert.equal(sent, length);
    }));

  it('gives back all that waits when it is emptied', () =>
    always((model) => {
      for (const ticket of [...model.underWay]) model.end(ticket);
      const left = model.queue.takeAll();
      assert.ok(model.waiting.every((ticket) => left.includes(ticket)));
      assert.equal(left.length, model.waiting.length);
      assert.equal(model.queue.length, 0);
    }));

  it('sends nothing while something is under way that it yields to', () =>
    always((model) => {
      while (model.shift());
      assert.equal(model.hasty.length, 0);
    }));
});
