import assert from 'node:assert/strict';
import { MESSAGE_LIMIT } from '../../../client/protocol/index.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { OwError, toOwError } from '../../../client/errors/ow-error.js';
import { RequestQueue, type WayOut } from '../../../client/transport/request-queue.js';
import { Ticket, type Job } from '../../../client/transport/ticket.js';

const URGENT = 'urgent 0';

function job(path: string, more: Partial<Job>): Job {
  return {
    verb: 'read',
    priority: 'bus',
    path,
    frame: Buffer.alloc(0),
    joinKey: undefined,
    serialKey: undefined,
    yieldsTo: undefined,
    streams: false,
    limit: MESSAGE_LIMIT,
    check: () => undefined,
    ...more,
  };
}

const read = (path: string, bus = 0): Job =>
  job(path, { serialKey: `bus ${bus}`, yieldsTo: `urgent ${bus}` });
const write = (path: string): Job =>
  job(path, { verb: 'write', priority: 'write', serialKey: URGENT });

function pathOf(ticket: Ticket | undefined): string | undefined {
  return ticket?.job.path;
}

/** The tickets of a test: one that is left would hold the process until its time is up. */
const made: Ticket[] = [];

/** A queue, and what becomes of those who wait in it. */
function queue(wayOut?: WayOut) {
  const it = new RequestQueue({ waiting: 100, slow: 3 }, wayOut);
  const outcomes: Promise<string>[] = [];
  const add = (asked: Job, ms = 60_000): void => {
    const ticket = (): Ticket => {
      const one = new Ticket(asked, (each) => it.leave(each));
      made.push(one);
      return one;
    };
    const answer = it.add(asked, ticket, (each) => each.join(new Deadline(ms)));
    outcomes.push(answer.then(() => asked.path).catch((error: unknown) => toOwError(error).code));
  };
  /** Takes the next one, as a connection does. */
  const send = (): Ticket | undefined => it.shift();
  const end = (ticket: Ticket | undefined): void => {
    assert.ok(ticket);
    it.ended(ticket.job);
    ticket.resolve([]);
  };
  return { it, add, send, end, outcomes };
}

describe('reads of a bus that has writes to do', () => {
  afterEach(() => made.splice(0).forEach((ticket) => ticket.reject(new OwError('clientClosed'))));

  it('wait until the writes are done', async () => {
    const { it: lanes, add, send, end, outcomes } = queue();
    add(write('first write'));
    const first = send();
    add(read('read'));
    add(write('second write'));
    assert.equal(lanes.length, 0);
    end(first);
    const second = send();
    assert.equal(pathOf(second), 'second write');
    assert.equal(send(), undefined);
    end(second);
    const last = send();
    assert.equal(pathOf(last), 'read');
    end(last);
    assert.deepEqual(await Promise.all(outcomes), ['first write', 'read', 'second write']);
  });

  it('do not wait for those of another bus', () => {
    const { add, send, it: lanes } = queue();
    add(write('write'));
    send();
    add(read('read of another', 1));
    assert.equal(pathOf(send()), 'read of another');
    lanes.takeAll();
  });

  it('do not pass the queue while a write is under way', () => {
    const sent: Ticket[] = [];
    const { add, end, it: lanes } = queue(() => (ticket) => sent.push(ticket));
    add(write('write'));
    add(read('read'));
    assert.deepEqual(sent.map(pathOf), ['write']);
    end(sent[0]);
    end(lanes.shift());
    add(read('read again'));
    assert.deepEqual(sent.map(pathOf), ['write', 'read again']);
    end(sent[1]);
  });

  it('do not wait for ever: after sixteen writes it is their turn', () => {
    const { add, send, end, it: lanes } = queue();
    add(write('write 0'));
    let under = send();
    add(read('read'));
    let writes = 1;
    for (; writes < 100; writes += 1) {
      add(write(`write ${writes}`));
      end(under);
      under = send();
      const next = send();
      if (pathOf(next) === 'read') break;
      assert.equal(next, undefined);
    }
    assert.equal(writes, 16);
    for (const ticket of lanes.takeAll()) ticket.reject(new OwError('clientClosed'));
  });

  it('give way to the next one of their bus when nobody waits for them any more', async () => {
    const { add, send, end, outcomes } = queue();
    add(write('write'));
    const written = send();
    add(read('left'), 5);
    add(read('next'));
    assert.equal(await outcomes[1], 'EOW_TIMEOUT');
    end(written);
    const next = send();
    assert.equal(pathOf(next), 'next');
    end(next);
  });

  it('are emptied out with the others', () => {
    const { add, send, it: lanes } = queue();
    add(write('write'));
    const written = send();
    add(read('read'));
    const paths = lanes.takeAll().map(({ job: { path } }) => path);
    assert.deepEqual(paths, ['read']);
    assert.ok(written);
  });
});
