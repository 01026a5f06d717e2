import assert from 'node:assert/strict';
import { MESSAGE_LIMIT } from '../../../client/protocol/index.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { resolveOptions } from '../../../client/options.js';
import { Pool } from '../../../client/transport/pool.js';
import type { Job } from '../../../client/transport/ticket.js';
import { answer, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, turn, world } from '../support.js';

const of = (path: string) => (request: FakeRequest) => request.path === path;

describe('equal reads', () => {
  const { server, client } = world();

  it('that wait share one request and its answer', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1 });
    const first = busy.read('/system/first');
    const request = await owserver.request(0);
    const all = Promise.all([busy.read(PLAIN), busy.read(PLAIN), busy.read(PLAIN)]);
    await turn();
    answer(request);
    answer(await owserver.request(1));
    assert.deepEqual(
      (await all).map(({ value }) => value),
      [PLAIN, PLAIN, PLAIN],
    );
    await first;
    assert.equal(owserver.requests.length, 2);
  });

  it('never share with one that was sent already: its value may be older than the question', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1 });
    const old = busy.read(PLAIN);
    const request = await owserver.request(0);
    const fresh = busy.read(PLAIN);
    await turn();
    request.reply(wire.reply('old'));
    (await owserver.request(1)).reply(wire.reply('new'));
    assert.deepEqual([(await old).value, (await fresh).value], ['old', 'new']);
  });

  it('are not equal when source, offset or size differ', async () => {
    const owserver = await server((request) => {
      if (request.path === PLAIN) answer(request);
    });
    const busy = client(owserver, { connections: 1 });
    const first = busy.read('/system/first');
    const request = await owserver.request(0);
    const ways = [
      {},
      { source: 'uncached' },
      { offset: 1 },
      { size: 5 },
      { offset: 1, size: 5 },
    ] as const;
    const all = Promise.all(ways.map((way) => busy.read(PLAIN, way)));
    await turn();
    answer(request);
    await all;
    await first;
    const sent = owserver.requests
      .filter(of(PLAIN))
      .map(({ flags, offset, size }) => [flags & 0x20, offset, size]);
    assert.deepEqual(sent, [
      [0, 0, 65_536],
      [0x20, 0, 65_536],
      [0, 1, 65_536],
      [0, 0, 5],
      [0, 1, 5],
    ]);
  });

  it('fail together, each with its own path', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1 });
    busy.read('/system/first').catch(() => undefined);
    const request = await owserver.request(0);
    const all = [fails(busy.read(PLAIN), 'EOW_ABSENT'), fails(busy.read(PLAIN), 'EOW_ABSENT')];
    await turn();
    answer(request);
    (await owserver.request(1)).reply(wire.errorReply(-1));
    for (const error of await Promise.all(all)) assert.equal(error.path, PLAIN);
  });

  it('that are writes are both sent', async () => {
    const owserver = await server();
    const busy = client(owserver);
    const all = Promise.all([busy.write(PLAIN, 1), busy.write(PLAIN, 1)]);
    answer(await owserver.request(0));
    answer(await owserver.request(1));
    await all;
  });

  it('wait each until its own deadline', async () => {
    const owserver = await server();
    const options = resolveOptions({ host: '127.0.0.1', port: owserver.port, connections: 1 });
    const pool = new Pool(options, {
      onDial: () => undefined,
      onUp: () => undefined,
      onDown: () => undefined,
      onGivenUp: () => undefined,
    });
    const job: Job = {
      verb: 'read',
      priority: 'read',
      path: PLAIN,
      frame: Buffer.concat([wire.header(0, 3, 2, wire.GRANTED, 10, 0), Buffer.from('/a\0')]),
      joinKey: 'a',
      serialKey: undefined,
      yieldsTo: undefined,
      streams: false,
      limit: MESSAGE_LIMIT,
      check: () => undefined,
    };
    const patient = pool.run(job, new Deadline(10_000));
    const hasty = pool.run(job, new Deadline(20));
    const request = await owserver.request(0);
    await fails(hasty, 'EOW_TIMEOUT', 'deadline');
    answer(request);
    assert.equal((await patient).frames.length, 1);
    assert.equal(owserver.requests.length, 1);
    pool.close();
  });
});
