import assert from 'node:assert/strict';
import { decodeFlags, OwserverClient, type TraceEvent } from '../../client/index.js';
import { answer } from '../support/fake-owserver.js';
import * as wire from '../support/wire.js';
import { fails, PLAIN, world } from './support.js';

describe('the trace', () => {
  const { server, client } = world();

  /** What does not vary from run to run. */
  const fixed = (events: readonly TraceEvent[]): object[] =>
    events.map((event) => {
      if (event.event === 'sent') return event;
      assert.ok(event.ms >= 0 && event.ms < 10_000, `${event.ms} ms`);
      const { ms: _, ...rest } = event;
      return rest;
    });

  it('tells of each message and of its answer', async () => {
    const events: TraceEvent[] = [];
    const owserver = await server(answer);
    const traced = client(owserver, { trace: (event) => void events.push(event) });
    await traced.read(PLAIN);
    await traced.write(PLAIN, 'on');
    const flags = 0x104;
    assert.deepEqual(fixed(events), [
      {
        event: 'sent',
        id: 1,
        type: 'read',
        path: PLAIN,
        flags,
        size: 65_536,
        offset: 0,
        bytes: 24 + PLAIN.length + 1,
        attempt: 1,
      },
      {
        event: 'answered',
        id: 1,
        type: 'read',
        path: PLAIN,
        code: PLAIN.length,
        flags,
        size: PLAIN.length,
        frames: 1,
        bytes: PLAIN.length,
      },
      {
        event: 'sent',
        id: 2,
        type: 'write',
        path: PLAIN,
        flags,
        size: 2,
        offset: 0,
        bytes: 24 + PLAIN.length + 1 + 2,
        attempt: 1,
      },
      {
        event: 'answered',
        id: 2,
        type: 'write',
        path: PLAIN,
        code: 0,
        flags,
        size: 2,
        frames: 1,
        bytes: 0,
      },
    ]);
    assert.equal(decodeFlags(flags).persistent, true);
  });

  it('tells of each frame of a DIR, and of a negative return value', async () => {
    const events: TraceEvent[] = [];
    const owserver = await server(({ type, reply }) => {
      if (type === 4) reply(wire.dirEntry('/a'), wire.dirEntry('/bc'), wire.dirEnd());
      else reply(wire.errorReply(-5));
    });
    const traced = client(owserver, { trace: (event) => void events.push(event) });
    await traced.message({ type: 'dir', path: '/' });
    await traced.message({ type: 'presence', path: '/x' });
    const answers = events.filter((event) => event.event === 'answered');
    assert.deepEqual(
      answers.map(({ type, frames, bytes, code }) => ({ type, frames, bytes, code })),
      [
        { type: 'dir', frames: 3, bytes: 7, code: 0 },
        { type: 'presence', frames: 1, bytes: 0, code: -5 },
      ],
    );
  });

  it('tells of a failure, and of the second try', async () => {
    const events: TraceEvent[] = [];
    const owserver = await server((request) => {
      if (owserver.requests.length === 1) request.connection.end();
      else answer(request);
    });
    const traced = client(owserver, { trace: (event) => void events.push(event) });
    await traced.read(PLAIN);
    assert.deepEqual(
      events.map((event) => [
        event.event,
        event.id,
        event.event === 'failed' ? event.error.code : event.event === 'sent' ? event.attempt : '',
      ]),
      [
        ['sent', 1, 1],
        ['failed', 1, 'EOW_CLOSED'],
        ['sent', 2, 2],
        ['answered', 2, ''],
      ],
    );
  });

  for (const event of ['sent', 'answered', 'failed']) {
    it(`may be answered with close() by whoever hears that a message was ${event}`, async () => {
      const owserver = await server((request) => {
        if (event === 'failed') request.connection.end();
        else answer(request);
      });
      const traced: OwserverClient = client(owserver, {
        trace: (told) => {
          if (told.event === event) traced.close();
        },
      });
      const called = traced.ping();
      if (event === 'answered') await called;
      else await fails(called, 'EOW_CLOSED');
      assert.equal(traced.status.type, 'closed');
      await owserver.until(() => owserver.open === 0);
    });
  }

  it('tells that a message was called off', async () => {
    const events: TraceEvent[] = [];
    const owserver = await server();
    const traced = client(owserver, { trace: (event) => void events.push(event) });
    const stop = new AbortController();
    const called = traced.ping({ signal: stop.signal });
    await owserver.request(0);
    stop.abort();
    await fails(called, 'EOW_ABORTED');
    const last = events.at(-1);
    assert.equal(last?.event === 'failed' && last.error.code, 'EOW_ABORTED');
  });
});

describe('a client at the end of its block', () => {
  const { server } = world();

  it('is closed', async () => {
    const owserver = await server(answer);
    const at = { host: '127.0.0.1', port: owserver.port };
    const seen: OwserverClient[] = [];
    {
      using busy = new OwserverClient(at);
      await busy.read(PLAIN);
      seen.push(busy);
    }
    {
      await using busy = new OwserverClient(at);
      await busy.read(PLAIN);
      seen.push(busy);
    }
    assert.deepEqual(
      seen.map(({ status }) => status.type),
      ['closed', 'closed'],
    );
    await owserver.until(() => owserver.open === 0);
  });
});
