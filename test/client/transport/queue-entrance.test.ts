import assert from 'node:assert/strict';
import { MESSAGE_LIMIT } from '../../../client/protocol/index.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { RequestQueue } from '../../../client/transport/request-queue.js';
import { Ticket, type Job, type Priority } from '../../../client/transport/ticket.js';

const NOTHING = Buffer.alloc(0);

/** A queue that may hold one caller and send one slow request at a time, and what it sent at once. */
class Entrance {
  readonly sent: Ticket[] = [];
  readonly queue: RequestQueue;
  readonly #tickets: Ticket[] = [];
  /** Connections that are free. */
  free = Infinity;

  constructor() {
    this.queue = new RequestQueue({ waiting: 1, slow: 1 }, () => {
      if (this.free === 0) return undefined;
      return (ticket) => {
        this.free -= 1;
        this.sent.push(ticket);
      };
    });
  }

  add(path: string, priority: Priority, more: Partial<Job> = {}): void {
    const job: Job = {
      verb: 'read',
      priority,
      path,
      frame: NOTHING,
      joinKey: undefined,
      serialKey: undefined,
      yieldsTo: undefined,
      streams: false,
      limit: MESSAGE_LIMIT,
      check: () => undefined,
      ...more,
    };
    const ticket = (): Ticket => {
      const made = new Ticket(job, () => undefined);
      this.#tickets.push(made);
      return made;
    };
    this.queue.add(job, ticket, (each) => each.join(new Deadline(60_000))).catch(() => undefined);
  }

  get paths(): string[] {
    return this.sent.map(({ job }) => job.path);
  }

  /** Those that a test took from the queue would hold the process to their deadline. */
  close(): void {
    for (const ticket of this.#tickets) ticket.resolve([]);
  }
}

describe('the one entrance of the queue', () => {
  let entrance: Entrance;
  beforeEach(() => {
    entrance = new Entrance();
  });
  afterEach(() => entrance.close());

  it('lets through at once what nothing is before', () => {
    entrance.add('one', 'read');
    entrance.add('two', 'write', { serialKey: 'two' });
    assert.deepEqual(entrance.paths, ['one', 'two']);
    assert.equal(entrance.queue.length, 0);
  });

  it('lets through a full queue what can go at once', () => {
    entrance.add('slow', 'list');
    entrance.add('waits', 'list');
    assert.throws(() => entrance.add('too much', 'list'), { code: 'EOW_QUEUE_FULL' });
    entrance.add('quick', 'read');
    assert.deepEqual(entrance.paths, ['slow', 'quick']);
  });

  it('keeps what goes at once out of the count of those who wait', () => {
    for (let each = 0; each < 5; each += 1) entrance.add(`read ${each}`, 'read');
    entrance.free = 0;
    entrance.add('waits', 'read');
    assert.throws(() => entrance.add('too much', 'read'), { code: 'EOW_QUEUE_FULL' });
    assert.equal(entrance.paths.length, 5);
  });

  it('lets nothing pass what could be sent and waits for a connection', () => {
    entrance.free = 0;
    entrance.add('first', 'list');
    entrance.free = 1;
    assert.throws(() => entrance.add('second', 'write'), { code: 'EOW_QUEUE_FULL' });
    assert.deepEqual(entrance.paths, []);
    assert.equal(entrance.queue.shift()?.job.path, 'first');
  });

  it('holds back what another of its key is before, until that has ended', () => {
    entrance.add('first', 'write', { serialKey: 'key' });
    entrance.add('second', 'write', { serialKey: 'key' });
    assert.deepEqual(entrance.paths, ['first']);
    const [first] = entrance.sent;
    assert.ok(first);
    entrance.queue.ended(first.job);
    assert.equal(entrance.queue.shift()?.job.path, 'second');
  });

  it('counts a slow one that went at once as under way, until it has ended', () => {
    entrance.add('slow', 'bus');
    entrance.add('waits', 'bus');
    assert.equal(entrance.queue.length, 0);
    const [slow] = entrance.sent;
    assert.ok(slow);
    entrance.queue.ended(slow.job);
    assert.equal(entrance.queue.length, 1);
  });
});
