import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import {
  OwserverClient,
  type CallOptions,
  type OwError,
  type WritePair,
} from '../../client/index.js';
import { freePort } from '../support/child.js';
import { answer, type FakeOwserver, type FakeRequest } from '../support/fake-owserver.js';
import * as wire from '../support/wire.js';
import { fails, pings, PLAIN, turn, watch, wholeSentence, world } from './support.js';

const SENSOR = '/28.AABBCCDDEEFF/temperature';
const LAMPS = ['/29.AABBCCDDEEFF/PIO.A', '/29.112233445566/PIO.A'];

/** Much less than the minute that a call has otherwise, and enough for a machine that is busy. */
const SOON_MS = 10_000;

const switchedOn = (path: string): WritePair => [path, 1];

/** A call of each verb. */
const CALLS: Readonly<
  Record<string, (client: OwserverClient, options: CallOptions) => Promise<unknown>>
> = {
  connect: (client, options) => client.connect(options),
  read: (client, options) => client.read(PLAIN, options),
  'read of a sensor': (client, options) => client.read(SENSOR, options),
  'read of a conversion': (client, options) =>
    client.read(SENSOR, { ...options, source: 'convert' }),
  'readAll of a list': (client, options) => client.readAll([PLAIN, SENSOR], options),
  'readAll of a pattern': (client, options) => client.readAll('28.*/temperature', options),
  write: (client, options) => client.write(SENSOR, 1, options),
  'writeAll of pairs': (client, options) => client.writeAll(LAMPS.map(switchedOn), options),
  'writeAll to a pattern': (client, options) => client.writeAll('29.*/PIO.A', 1, options),
  dir: (client, options) => client.dir('/', { ...options, depth: 3 }),
  devices: (client, options) => client.devices('/', options),
  browse: (client, options) => client.browse('/', options),
  describe: (client, options) => client.describe(SENSOR, options),
  alarm: (client, options) => client.alarm('/', options),
  present: (client, options) => client.present(SENSOR, options),
  convert: (client, options) => client.convert('/', options),
  ping: (client, options) => client.ping(options),
  message: (client, options) => client.message({ type: 'read', path: PLAIN }, options),
};

/** Says once in a while that it is at work, and never more. */
const atWork = (request: FakeRequest): void => pings(request, 20, 100_000);

/** Two lamps, each of which is written when the test says so. */
function lamps(request: FakeRequest): void {
  const { path, type, reply } = request;
  if (type === 9) reply(wire.listing(LAMPS.map((lamp) => lamp.replace('PIO.A', '')).join(',')));
  else if (path.startsWith('/structure/')) reply(wire.reply('y,000000,000001,rw,000001,v,'));
  else if (type !== 3) answer(request);
}

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('a call with a signal', () => {
  const { server, client } = world();

  for (const [name, call] of Object.entries(CALLS)) {
    it(`rejects at once when it is aborted: ${name}`, async () => {
      const owserver = await server(atWork);
      const busy = client(owserver);
      const stop = new AbortController();
      const called = call(busy, { signal: stop.signal });
      await owserver.request(0);
      stop.abort(new Error('not needed'));
      const start = performance.now();
      const error = await fails(called, 'EOW_ABORTED', 'aborted');
      assert.ok(performance.now() - start < SOON_MS, 'at once');
      wholeSentence(error);
      assert.match(String(error.cause), /not needed/);
      assert.equal(listeners(stop.signal), 0);
    });

    it(`sends nothing when it was aborted before: ${name}`, async () => {
      const owserver = await server(answer);
      await fails(call(client(owserver), { signal: AbortSignal.abort() }), 'EOW_ABORTED');
      await turn();
      if (name === 'connect') return;
      assert.equal(owserver.connections.length, 0);
    });
  }

  it('ends the connection of a request that nobody else waits for, and keeps its state', async () => {
    const owserver = await server((request) => {
      if (request.path === PLAIN) atWork(request);
      else answer(request);
    });
    const kept = client(owserver, { reconnectMinMs: 1 });
    const { statuses } = watch(kept);
    await kept.connect();
    const stop = new AbortController();
    const called = kept.read(PLAIN, { signal: stop.signal });
    await owserver.until(() => owserver.requests.some(({ path }) => path === PLAIN));
    stop.abort();
    await fails(called, 'EOW_ABORTED');
    // It is had again without being asked for.
    await owserver.until(() => owserver.connections.length === 2 && owserver.requests.length === 3);
    await kept.ping();
    assert.deepEqual(
      statuses.map(({ type }) => type),
      ['connecting', 'connected'],
    );
  });

  it('leaves the answer to others who wait for the same', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1 });
    const first = busy.read('/system/first');
    const stop = new AbortController();
    const called = busy.read(PLAIN, { signal: stop.signal });
    const other = busy.read(PLAIN);
    stop.abort();
    await fails(called, 'EOW_ABORTED');
    for (const at of [0, 1]) answer(await owserver.request(at));
    assert.equal((await other).value, PLAIN);
    await first;
  });

  it('leaves a table to others who need the same', async () => {
    const owserver = await server();
    const busy = client(owserver);
    const stop = new AbortController();
    const called = busy.read(SENSOR, { signal: stop.signal });
    const other = busy.read(SENSOR);
    await owserver.request(0);
    stop.abort();
    await fails(called, 'EOW_ABORTED');
    await serve(owserver, 1);
    assert.equal((await other).path, SENSOR);
  });

  it('leaves the queue, and is never sent', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1 });
    const first = busy.read('/system/first');
    await owserver.request(0);
    const stop = new AbortController();
    const late = busy.write(PLAIN, 1, { signal: stop.signal });
    await turn();
    stop.abort();
    await fails(late, 'EOW_ABORTED');
    answer(await owserver.request(0));
    await first;
    const next = busy.read('/system/next');
    answer(await owserver.request(1));
    await next;
    assert.deepEqual(
      owserver.requests.map(({ path }) => path),
      ['/system/first', '/system/next'],
    );
  });

  it('is uncertain when it is a write that was sent', async () => {
    const owserver = await server();
    const stop = new AbortController();
    const called = client(owserver).write(PLAIN, 1, { signal: stop.signal });
    await owserver.request(0);
    stop.abort();
    const error = await fails(called, 'EOW_UNCERTAIN', 'uncertain');
    wholeSentence(error);
    assert.match(error.message, /signal of its call was aborted/);
  });

  it('is uncertain when one of its writes was sent, and sends no more of them', async () => {
    const owserver = await server(lamps);
    const stop = new AbortController();
    const called = client(owserver).writeAll('29.*/PIO.A', 1, { signal: stop.signal });
    const writes = (): number => owserver.requests.filter(({ type }) => type === 3).length;
    await owserver.until(() => writes() === 1);
    stop.abort();
    await fails(called, 'EOW_UNCERTAIN', 'uncertain');
    await turn();
    assert.equal(writes(), 1);
  });

  it('fails as a whole when it reads several', async () => {
    const owserver = await server((request) => {
      if (request.path !== '/system/slow') answer(request);
    });
    const stop = new AbortController();
    const called = client(owserver).readAll([PLAIN, '/system/slow'], { signal: stop.signal });
    await owserver.until(() => owserver.requests.length === 2);
    stop.abort();
    await fails(called, 'EOW_ABORTED');
  });

  it('gives up the paths that wait for their turn behind another list', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1, maxQueue: 1 });
    const paths = (list: string): string[] => ['a', 'b', 'c'].map((at) => `/system/${list}${at}`);
    const other = busy.readAll(paths('other'));
    await owserver.request(0);
    const stop = new AbortController();
    const called = busy.readAll(paths('aborted'), { signal: stop.signal });
    await turn();
    stop.abort();
    await fails(called, 'EOW_ABORTED', 'aborted');
    await fails(busy.dir('/', { timeoutMs: 20 }), 'EOW_TIMEOUT', 'deadline');
    for (const at of [0, 1, 2]) answer(await owserver.request(at));
    assert.deepEqual(
      (await other).map(({ path }) => path),
      paths('other'),
    );
    const next = busy.readAll(paths('next'));
    for (const at of [3, 4, 5]) answer(await owserver.request(at));
    await next;
    assert.deepEqual(
      owserver.requests.map(({ path }) => path),
      [...paths('other'), ...paths('next')],
    );
    assert.equal(listeners(stop.signal), 0);
  });

  it('writes no more of its pairs', async () => {
    const owserver = await server((request) => {
      if (request.type !== 3) answer(request);
    });
    const stop = new AbortController();
    const called = client(owserver).writeAll([PLAIN, '/system/next'].map(switchedOn), {
      signal: stop.signal,
    });
    await owserver.request(0);
    stop.abort();
    await fails(called, 'EOW_UNCERTAIN', 'uncertain');
    await turn();
    assert.equal(owserver.requests.length, 1);
  });

  it('goes on with the connection that it was to wait for', async () => {
    const port = await freePort();
    const kept = client({ port }, { reconnectMinMs: 1, reconnectMaxMs: 4 });
    const { next } = watch(kept);
    await fails(kept.connect({ signal: AbortSignal.abort() }), 'EOW_ABORTED');
    const connected = next('connected');
    await server(answer, port);
    await connected;
  });

  it('tells no state of a connection that was never needed', async () => {
    let open = (): void => undefined;
    const owserver = await server(answer);
    const dialled = new Promise<void>((resolve) => (open = resolve));
    const { dial } = client(owserver).options;
    const idle = client(owserver, { dial: (signal) => dialled.then(() => dial(signal)) });
    const { next } = watch(idle);
    const stop = new AbortController();
    const called = idle.read(PLAIN, { signal: stop.signal });
    await turn();
    stop.abort();
    await fails(called, 'EOW_ABORTED');
    const unused = next('idle');
    open();
    await unused;
  });

  it('leaves no listener behind, after ten thousand of them with one signal', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    const { signal } = new AbortController();
    let most = 0;
    for (let round = 0; round < 100; round += 1) {
      const reads = Array.from({ length: 100 }, (_, at) => busy.read(`${PLAIN}${at}`, { signal }));
      most = Math.max(most, listeners(signal));
      await Promise.all(reads);
    }
    assert.equal(most, 1);
    assert.equal(listeners(signal), 0);
  });
});

describe('a call with a time limit of its own', () => {
  const { server, client } = world();

  for (const [name, call] of Object.entries(CALLS)) {
    it(`fails when its time is up: ${name}`, async () => {
      const owserver = await server(atWork);
      const start = performance.now();
      const called = call(client(owserver), { timeoutMs: 60 });
      // A list tells of each of its paths.
      if (/^(read|write)All/.test(name)) await allLate(called);
      else {
        const error = await fails(called, 'EOW_TIMEOUT', 'deadline');
        wholeSentence(error);
        assert.match(error.message, /within 0\.06 s/);
      }
      assert.ok(performance.now() - start < SOON_MS, 'in time');
    });
  }

  it('may have more time than others', async () => {
    const owserver = await server((request) => pings(request, 20, 5, () => answer(request)));
    const hasty = client(owserver, { requestTimeoutMs: 30 });
    assert.equal((await hasty.read(PLAIN, { timeoutMs: 10_000 })).value, PLAIN);
    await fails(hasty.read(PLAIN), 'EOW_TIMEOUT', 'deadline');
  });

  it('does not wait longer for what somebody with more time has asked', async () => {
    const owserver = await server(atWork);
    const busy = client(owserver);
    const patient = busy.read(SENSOR);
    await owserver.request(0);
    const start = performance.now();
    await fails(busy.read('/28.112233445566/temperature', { timeoutMs: 50 }), 'EOW_TIMEOUT');
    assert.ok(performance.now() - start < SOON_MS);
    busy.close();
    await fails(patient, 'EOW_CLOSED');
  });

  it('is uncertain when it is a write that was sent', async () => {
    const owserver = await server((request) => {
      if (request.type !== 3) answer(request);
    });
    const busy = client(owserver);
    await busy.ping();
    await fails(busy.write(PLAIN, 1, { timeoutMs: 200 }), 'EOW_UNCERTAIN');
  });

  it('gets the value without its ornament, when only that comes late', async () => {
    const owserver = await server((request) => {
      if (!request.path.endsWith('/type')) answer(request);
    });
    const start = performance.now();
    const { value, type } = await client(owserver).read(SENSOR, { timeoutMs: 100 });
    assert.deepEqual([value, type], [SENSOR, undefined]);
    assert.ok(performance.now() - start < 900, 'before the ornament is given up');
  });
});

/** Answers requests from this number on. */
async function serve(owserver: FakeOwserver, from: number): Promise<void> {
  for (let at = from; at < from + 3; at += 1) answer(await owserver.request(at));
}

async function allLate(called: Promise<unknown>): Promise<void> {
  const results = (await called) as { error: OwError }[];
  assert.ok(results.length > 0);
  for (const { error } of results) {
    assert.equal(error.code, 'EOW_TIMEOUT');
    wholeSentence(error);
  }
}
