import assert from 'node:assert/strict';
import { answer } from '../../support/fake-owserver.js';
import { PLAIN, world } from '../support.js';

const paths = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${PLAIN}.${at}`);

describe('the pool', () => {
  const { server, client } = world();

  it('opens nothing before the first request', async () => {
    const owserver = await server(answer);
    const idle = client(owserver);
    assert.equal(idle.connections, 0);
    assert.deepEqual(idle.status, { type: 'idle' });
    await idle.read(PLAIN);
    assert.equal(owserver.connections.length, 1);
  });

  it('keeps to one connection while requests follow one another', async () => {
    const owserver = await server(answer);
    const { read } = bound(client(owserver));
    for (const path of paths(5)) assert.equal(await read(path), path);
    assert.equal(owserver.connections.length, 1);
  });

  it('has one request under way on a connection', async () => {
    const owserver = await server();
    const answers = Promise.all(paths(2).map(bound(client(owserver, { connections: 1 })).read));
    const first = await owserver.request(0);
    assert.equal(owserver.requests.length, 1);
    answer(first);
    answer(await owserver.request(1));
    assert.deepEqual(await answers, paths(2));
    assert.equal(owserver.connections.length, 1);
  });

  it('opens more connections while requests wait, never more than allowed', async () => {
    const owserver = await server();
    const crowd = client(owserver, { connections: 3 });
    const answers = Promise.all(paths(9).map(bound(crowd).read));
    await owserver.request(2);
    assert.equal(owserver.connections.length, 3);
    assert.equal(crowd.connections, 3);
    for (let at = 0; at < 9; at += 1) answer(await owserver.request(at));
    assert.deepEqual(await answers, paths(9));
    assert.equal(owserver.connections.length, 3);
  });

  it('closes the connections beyond the first when they stay idle', async () => {
    const owserver = await server();
    const crowd = client(owserver, { connections: 3, shrinkAfterMs: 20 });
    const answers = Promise.all(paths(3).map(bound(crowd).read));
    await owserver.request(2);
    owserver.requests.forEach((request) => answer(request));
    await answers;
    await owserver.until(() => owserver.open === 1);
    assert.equal(crowd.connections, 1);
    const late = bound(crowd).read(PLAIN);
    answer(await owserver.request(3));
    assert.equal(await late, PLAIN);
    assert.equal(owserver.connections.length, 3);
  });

  it('knocks with one connection only, until owserver is known to be there', async () => {
    let knocks = 0;
    const owserver = await server();
    const crowd = client(owserver, {
      dial: () => {
        knocks += 1;
        return new Promise(() => undefined);
      },
      requestTimeoutMs: 20,
    });
    await Promise.allSettled(paths(4).map(bound(crowd).read));
    assert.equal(knocks, 1);
  });
});

function bound(client: ReturnType<ReturnType<typeof world>['client']>): {
  read: (path: string) => Promise<unknown>;
} {
  return { read: async (path) => (await client.read(path)).value };
}
