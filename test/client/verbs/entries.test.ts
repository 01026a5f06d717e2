import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { OwserverClient } from '../../../client/index.js';
import { answer, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, turn, watch, world } from '../support.js';

const LONG = Array.from({ length: 200 }, (_, at) => `/28.${String(at).padStart(12, '0')}`);

/** All entries, as they come. */
async function all(entries: AsyncIterable<string>): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of entries) paths.push(path);
  return paths;
}

const dirOf = (paths: readonly string[]) => (request: FakeRequest) => {
  if (request.type === 4) request.reply(...paths.map((path) => wire.dirEntry(path)), wire.dirEnd());
  else answer(request);
};

describe('the entries of a directory', () => {
  const { server, client } = world();

  /** The client, and the one request once it is there. */
  async function listing(): Promise<{
    busy: OwserverClient;
    entries: AsyncGenerator<string>;
    first: Promise<IteratorResult<string>>;
    request: FakeRequest;
    closed: () => Promise<void>;
  }> {
    const owserver = await server((request) => {
      if (request.type !== 4) answer(request);
    });
    const busy = client(owserver);
    const entries = busy.entries('/');
    const first = entries.next();
    const request = await owserver.request(0);
    return {
      busy,
      entries,
      first,
      request,
      closed: () => owserver.until(() => owserver.open === 0),
    };
  }

  it('come all, in their order, with what the listing is to be', async () => {
    const owserver = await server(dirOf(LONG));
    const entries = client(owserver).entries('/bus.0', { source: 'uncached', busReturn: true });
    assert.deepEqual(await all(entries), LONG);
    const [request, ...more] = owserver.requests;
    assert.deepEqual([request?.type, request?.path, more.length], [4, '/bus.0', 0]);
    assert.equal((request?.flags ?? 0) & 0x22, 0x22);
  });

  it('come each as soon as owserver tells it', async () => {
    const { entries, first, request } = await listing();
    request.reply(wire.dirEntry('/a'));
    assert.deepEqual(await first, { done: false, value: '/a' });
    const second = entries.next();
    request.reply(wire.dirEntry('/b'));
    assert.deepEqual(await second, { done: false, value: '/b' });
    const end = entries.next();
    request.reply(wire.dirEnd());
    assert.deepEqual(await end, { done: true, value: undefined });
  });

  it('leave out what is too long to be asked for', async () => {
    const owserver = await server(dirOf(['/a', `/${'x'.repeat(100_000)}`, '/b']));
    assert.deepEqual(await all(client(owserver).entries()), ['/a', '/b']);
  });

  it('are 20,000 at most, as those of any listing', async () => {
    const owserver = await server(dirOf(Array.from({ length: 20_002 }, (_, at) => `/${at}`)));
    await fails(all(client(owserver).entries()), 'EOW_VALUE', 'listingTooBig');
  });

  it('wait for who takes his time', async () => {
    const owserver = await server(dirOf(LONG));
    const paths: string[] = [];
    for await (const path of client(owserver).entries('/', { timeoutMs: 800 })) {
      if (paths.length === 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
      paths.push(path);
    }
    assert.deepEqual(paths, LONG);
  });

  it('are not asked for before the first one is', async () => {
    const owserver = await server(dirOf(LONG));
    client(owserver).entries('/');
    await turn();
    assert.equal(owserver.connections.length, 0);
  });

  it('end the request when the loop is left, and the client stays as it was', async () => {
    const { busy, entries, first, request, closed } = await listing();
    const { statuses } = watch(busy);
    request.reply(wire.dirEntry('/a'));
    await first;
    await entries.return(undefined);
    await closed();
    assert.equal((await busy.read(PLAIN)).value, PLAIN);
    assert.ok(statuses.every(({ type }) => type !== 'disconnected'));
  });

  it('keep the connection when the loop is left after all had come', async () => {
    const owserver = await server(dirOf(LONG));
    const busy = client(owserver);
    await busy.ping();
    for await (const path of busy.entries('/')) {
      assert.equal(path, LONG[0]);
      await busy.ping();
      break;
    }
    await busy.ping();
    assert.equal(owserver.requests.filter(({ type }) => type === 4).length, 1);
  });

  it('fail when they are called off, at once', async () => {
    const owserver = await server(({ reply }) => reply(wire.dirEntry('/a'), wire.dirEntry('/b')));
    const stop = new AbortController();
    const entries = client(owserver).entries('/', { signal: stop.signal });
    assert.equal((await entries.next()).value, '/a');
    stop.abort();
    await fails(entries.next(), 'EOW_ABORTED', 'aborted');
    assert.equal((await entries.next()).done, true);
    assert.equal(getEventListeners(stop.signal, 'abort').length, 0);
    await fails(client(owserver).entries('/', { signal: stop.signal }).next(), 'EOW_ABORTED');
  });

  it('are not begun anew when the connection is lost in the middle', async () => {
    const owserver = await server(({ connection }) => connection.end(wire.dirEntry('/a')));
    const entries = client(owserver).entries('/');
    assert.equal((await entries.next()).value, '/a');
    await fails(entries.next(), 'EOW_CLOSED', 'closedByServer');
    assert.equal(owserver.requests.length, 1);
  });

  it('are asked for once more when it is lost before the first of them', async () => {
    const owserver = await server((request) => {
      if (owserver.requests.length === 1) request.connection.end();
      else dirOf(['/a'])(request);
    });
    assert.deepEqual(await all(client(owserver).entries('/')), ['/a']);
  });

  it('fail with what owserver says at their end', async () => {
    const owserver = await server((request) => {
      if (request.type === 4) request.reply(wire.dirEntry('/a'), wire.dirEnd(-20));
      else answer(request);
    });
    const entries = client(owserver).entries('/x');
    assert.equal((await entries.next()).value, '/a');
    assert.equal((await fails(entries.next(), 'EOW_RETURN')).ret, -20);
  });

  it('are refused for what is no directory, or no option', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await fails(busy.entries('28.*').next(), 'EOW_VALUE', 'patternList');
    await fails(busy.entries(5 as never).next(), 'EOW_VALUE');
    for (const options of [null, { depth: 2 }, { timeoutMs: 0 }])
      await fails(busy.entries('/', options as never).next(), 'EOW_VALUE');
    assert.equal(owserver.requests.length, 0);
  });
});
