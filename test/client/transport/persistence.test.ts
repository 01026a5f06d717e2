import assert from 'node:assert/strict';
import { answer, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { PLAIN, watch, world } from '../support.js';

const PATHS = Array.from({ length: 6 }, (_, at) => `${PLAIN}.${at}`);

/** As owserver does with more clients than it keeps: answers, says so in the flags, and closes. */
function once(request: FakeRequest): void {
  answer(request, wire.REFUSED);
  request.connection.end();
}

describe('an owserver that keeps no connection', () => {
  const { server, client } = world();

  it('gets one for each request, silently', async () => {
    const owserver = await server(once);
    const busy = client(owserver);
    const { statuses } = watch(busy);
    for (const path of PATHS) {
      const { value, attempts } = await busy.read(path);
      assert.deepEqual({ value, attempts }, { value: path, attempts: 1 });
    }
    assert.equal(owserver.connections.length, PATHS.length);
    assert.deepEqual(statuses, [{ type: 'connecting' }, { type: 'connected', persistent: false }]);
  });

  it('gets writes in the same way, none of them uncertain', async () => {
    const owserver = await server(once);
    const busy = client(owserver);
    for (const value of ['1', '0', '1']) assert.equal((await busy.write(PLAIN, value)).attempts, 1);
    assert.equal(owserver.connections.length, 3);
  });

  it('gets many at a time, each alone on its connection', async () => {
    const owserver = await server(once);
    const all = await client(owserver, { connections: 3 }).readAll(PATHS);
    assert.deepEqual(
      all.map((one) => 'value' in one && one.value),
      PATHS,
    );
    assert.ok(owserver.connections.every(({ requests }) => requests.length <= 1));
  });

  it('may leave the closing to the client', async () => {
    const owserver = await server((request) => answer(request, wire.REFUSED));
    const busy = client(owserver);
    await busy.read(PLAIN);
    await owserver.until(() => owserver.open === 0);
    assert.equal(busy.connections, 0);
  });

  it('is seen as such after it kept one before', async () => {
    const owserver = await server((request) =>
      owserver.requests.length === 2 ? once(request) : answer(request),
    );
    const busy = client(owserver);
    const { statuses } = watch(busy);
    for (const path of PATHS.slice(0, 3)) await busy.read(path);
    assert.deepEqual(statuses.slice(1), [
      { type: 'connected', persistent: true },
      { type: 'connected', persistent: false },
      { type: 'connected', persistent: true },
    ]);
  });

  it('is told by ping()', async () => {
    const [keeps, closes] = [await server(answer), await server(once)];
    assert.equal((await client(keeps).ping()).persistent, true);
    assert.equal((await client(closes).ping()).persistent, false);
  });

  it('is not suspected because a keep-alive has no flags', async () => {
    const owserver = await server((request) => {
      request.reply(wire.keepAlive());
      answer(request);
    });
    const busy = client(owserver);
    await busy.read(PLAIN);
    await busy.read(PLAIN);
    assert.equal(owserver.connections.length, 1);
  });
});

describe('the persistence flag', () => {
  const { server, client } = world();

  it('is asked for with every request', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await busy.read(PLAIN);
    await busy.write(PLAIN, 1);
    await busy.ping();
    await busy.dir();
    assert.ok(owserver.requests.every(({ flags }) => flags === 0x104));
  });

  it('is never asked for with persistent: false', async () => {
    const owserver = await server(once);
    const busy = client(owserver, { persistent: false });
    const { statuses } = watch(busy);
    await busy.read(PLAIN);
    await busy.write(PLAIN, 1);
    await busy.ping();
    await busy.dir();
    assert.ok(owserver.requests.every(({ flags }) => flags === 0x100));
    assert.equal(owserver.connections.length, 4);
    assert.deepEqual(statuses.at(-1), { type: 'connected', persistent: false });
  });
});
