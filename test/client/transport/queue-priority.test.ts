import assert from 'node:assert/strict';
import { answer, type FakeOwserver, type FakeRequest } from '../../support/fake-owserver.js';
import { fails, PLAIN, turn, world } from '../support.js';
import type { OwserverClient } from '../../../client/index.js';

const KINDS: Record<number, string> = { 1: 'nop', 2: 'read', 3: 'write', 6: 'presence', 9: 'list' };
const brief = ({ type, path }: FakeRequest): string => `${KINDS[type]} ${path}`.trim();

describe('the queue', () => {
  const { server, client } = world();

  /** A client of one connection, which a request holds until `release` is called. */
  async function held(
    options = {},
  ): Promise<{ owserver: FakeOwserver; busy: OwserverClient; release: () => void }> {
    let open = false;
    const owserver = await server((request) => {
      if (open) answer(request);
    });
    const busy = client(owserver, { connections: 1, ...options });
    const first = busy.read('/system/first');
    first.catch(() => undefined);
    const request = await owserver.request(0);
    const release = (): void => {
      open = true;
      answer(request);
    };
    return { owserver, busy, release };
  }

  it('serves writes, then alarms and presence, then reads, then listings', async () => {
    const { owserver, busy, release } = await held();
    const all = [
      busy.dir('/statistics/hall'),
      busy.read('/system/r'),
      busy.ping(),
      busy.alarm(),
      busy.present('/system/p'),
      busy.write('/system/w', 1),
    ];
    await turn();
    release();
    await Promise.all(all);
    assert.deepEqual(owserver.requests.slice(1).map(brief), [
      'write /system/w',
      'nop',
      'list /alarm',
      'presence /system/p',
      'read /system/r',
      'list /statistics/hall',
    ]);
  });

  it('serves requests of one kind in their order', async () => {
    const { owserver, busy, release } = await held();
    const paths = Array.from({ length: 20 }, (_, at) => `/system/${at}`);
    const all = busy.readAll(paths);
    await turn();
    release();
    await all;
    assert.deepEqual(
      owserver.requests.slice(1).map(({ path }) => path),
      paths,
    );
  });

  it('refuses at once what is too much, and takes more when there is room', async () => {
    const { owserver, busy, release } = await held({ maxQueue: 2 });
    const all = [busy.read('/system/a'), busy.read('/system/a')];
    await turn();
    const error = await fails(busy.read(PLAIN), 'EOW_QUEUE_FULL', 'queueFull');
    assert.equal(error.path, PLAIN);
    assert.match(error.message, /2 requests are waiting/);
    await fails(busy.write('/system/w', 1), 'EOW_QUEUE_FULL');
    release();
    await Promise.all(all);
    assert.equal((await busy.read(PLAIN)).value, PLAIN);
    assert.equal(owserver.requests.filter(({ type }) => type === 3).length, 0);
  });

  it('has room again when a request in it is given up', async () => {
    const dial = (): Promise<never> => new Promise(() => undefined);
    const lost = client({ port: 1 }, { dial, maxQueue: 1, requestTimeoutMs: 20 });
    for (let round = 0; round < 3; round += 1) {
      await fails(lost.read('/system/a'), 'EOW_TIMEOUT', 'deadline');
    }
  });

  it('puts a request that is sent again before the others, and keeps count', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1, maxQueue: 2 });
    const all = [busy.read('/system/a')];
    const first = await owserver.request(0);
    all.push(busy.read('/system/b'));
    await turn();
    first.connection.end();
    const again = await owserver.request(1);
    assert.equal(again.path, '/system/a');
    all.push(busy.read('/system/c'));
    await turn();
    await fails(busy.read('/system/d'), 'EOW_QUEUE_FULL');
    for (let at = 1; at <= 3; at += 1) answer(await owserver.request(at));
    assert.deepEqual(
      (await Promise.all(all)).map(({ value }) => value),
      ['/system/a', '/system/b', '/system/c'],
    );
  });
});
