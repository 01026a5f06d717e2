import assert from 'node:assert/strict';
import type { OwserverClient } from '../../../client/index.js';
import { mayRetry } from '../../../client/transport/retry.js';
import { OwError } from '../../../client/errors/ow-error.js';
import { answer, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, wholeSentence, world } from '../support.js';

const DEATHS: [string, (request: FakeRequest) => void][] = [
  ['closed', ({ connection }) => connection.end()],
  ['closed after a keep-alive', ({ connection }) => connection.end(wire.keepAlive())],
  ['closed after half a frame', ({ connection }) => connection.end(wire.half(wire.reply('21.5')))],
  [
    'closed after half a header',
    ({ connection }) => connection.end(wire.reply('').subarray(0, 12)),
  ],
  ['reset', ({ connection }) => connection.reset()],
];

const REPEATABLE: [string, (client: OwserverClient) => Promise<unknown>][] = [
  ['a read', (client) => client.read(PLAIN)],
  ['a listing', (client) => client.dir('/')],
  ['an alarm listing', (client) => client.alarm()],
  ['a presence check', (client) => client.present(PLAIN)],
  ['a ping', (client) => client.ping()],
];

describe('a request whose connection dies', () => {
  const { server, client } = world();

  for (const [how, die] of DEATHS) {
    it(`(${how}) is sent once more on a fresh connection when it is a read`, async () => {
      const owserver = await server((request) =>
        owserver.requests.length === 1 ? die(request) : answer(request),
      );
      const { value, attempts } = await client(owserver).read(PLAIN);
      assert.deepEqual({ value, attempts }, { value: PLAIN, attempts: 2 });
      assert.equal(owserver.connections.length, 2);
      assert.equal(owserver.requests.length, 2);
    });

    it(`(${how}) is never sent again when it is a write, and said to be uncertain`, async () => {
      const owserver = await server((request) =>
        owserver.requests.length === 1 ? die(request) : answer(request),
      );
      const busy = client(owserver);
      const error = await fails(busy.write(PLAIN, '1'), 'EOW_UNCERTAIN', 'uncertain');
      assert.equal(error.path, PLAIN);
      assert.ok(error.cause instanceof OwError && error.cause.code === 'EOW_CLOSED');
      assert.equal((await busy.write(PLAIN, '0')).attempts, 1);
      assert.deepEqual(
        owserver.requests.map(({ data }) => data.toString()),
        ['1', '0'],
      );
    });
  }

  for (const [what, ask] of REPEATABLE) {
    it(`is sent once more when it is ${what}`, async () => {
      const owserver = await server((request) =>
        owserver.requests.length === 1 ? request.connection.end() : answer(request),
      );
      await ask(client(owserver));
      assert.equal(owserver.requests.length, 2);
    });

    it(`fails with EOW_CLOSED when it dies twice and is ${what}`, async () => {
      const owserver = await server(({ connection }) => connection.end());
      await fails(ask(client(owserver)), 'EOW_CLOSED', 'closedByServer');
      assert.equal(owserver.requests.length, 2);
    });
  }

  it('fails with EOW_CONNECT when nothing listens any more', async () => {
    const owserver = await server(({ connection }) => {
      void owserver.close();
      connection.reset();
    });
    const error = await fails(client(owserver).read(PLAIN), 'EOW_CONNECT', 'refused');
    assert.equal(error.path, PLAIN);
  });

  it('starts a listing anew, so that no entry comes twice', async () => {
    const owserver = await server(({ connection, reply }) => {
      if (owserver.requests.length === 1)
        connection.end(wire.dirEntry('/28.AA'), wire.dirEntry('/28.BB'));
      else reply(wire.dirEntry('/28.AA'), wire.dirEnd());
    });
    const frames = await client(owserver).message({ type: 'dir', path: '/' });
    assert.deepEqual(
      frames.map(({ size }) => size),
      [6, 0],
    );
  });

  it('is not tried on other idle connections: they are as old', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 2 });
    const warm = busy.readAll(['/system/a', '/system/b']);
    answer(await owserver.request(0));
    answer(await owserver.request(1));
    await warm;
    const read = busy.read(PLAIN);
    const first = await owserver.request(owserver.requests.length);
    const fresh = owserver.connections.length;
    first.connection.end();
    const again = await owserver.request(owserver.requests.length);
    answer(again);
    assert.equal((await read).attempts, 2);
    assert.equal(owserver.connections.indexOf(again.connection), fresh);
  });

  it('leaves others in peace: they have connections of their own', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 2 });
    const [a, b] = [busy.read('/system/a'), busy.write('/system/b', 1)];
    await owserver.request(1);
    const write = owserver.requests.find(({ type }) => type === 3)!;
    const read = owserver.requests.find(({ type }) => type === 2)!;
    read.connection.reset();
    answer(await owserver.request(2));
    answer(write);
    assert.equal((await a).attempts, 2);
    assert.equal((await b).attempts, 1);
  });

  it('says whole sentences', async () => {
    const owserver = await server(({ connection }) => connection.end());
    wholeSentence(await fails(client(owserver).read(PLAIN), 'EOW_CLOSED'));
    wholeSentence(await fails(client(owserver).write(PLAIN, 1), 'EOW_UNCERTAIN'));
  });
});

describe('an idle connection that owserver closed', () => {
  const { server, client } = world();

  it('is not used: even a write goes out on a fresh one', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await busy.read(PLAIN);
    owserver.connections[0]!.end();
    await owserver.until(() => owserver.open === 0);
    assert.equal((await busy.write(PLAIN, 1)).attempts, 1);
    assert.equal(owserver.connections.length, 2);
  });

  it('is no longer counted', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await busy.read(PLAIN);
    assert.equal(busy.connections, 1);
    owserver.connections[0]!.end();
    await owserver.until(() => owserver.open === 0);
    assert.equal(busy.connections, 0);
  });
});

describe('mayRetry', () => {
  const closed = new OwError('closedByServer');

  it('allows one more try of all but writes, after a lost connection only', () => {
    for (const verb of ['read', 'list', 'present', 'ping'] as const) {
      assert.ok(mayRetry(verb, closed, 1));
      assert.ok(!mayRetry(verb, closed, 2));
      assert.ok(!mayRetry(verb, new OwError('silent'), 1));
      assert.ok(!mayRetry(verb, new OwError('badSize'), 1));
    }
    assert.ok(!mayRetry('write', closed, 0));
    assert.ok(!mayRetry('write', closed, 1));
  });
});
