import assert from 'node:assert/strict';
import type { ClientStatus, OwserverClient } from '../../../client/index.js';
import { startSimulator, type Simulator } from '../../../simulator/index.js';
import { answer } from '../../support/fake-owserver.js';
import { startProxy, type Proxy } from '../../support/proxy.js';
import * as wire from '../../support/wire.js';
import { byPath } from '../simulated.js';
import { PLAIN, watch, world } from '../support.js';

const SENSOR = '28.000000000001';
const NEW = '28.000000000002';
const QUICK = { reconnectMinMs: 1, reconnectMaxMs: 4 };
const OLD_HOUSE = [
  { id: '01.000000000009' },
  { id: SENSOR, alias: 'hall', values: { temperature: 20 }, bus: 1 },
];
const NEW_HOUSE = [
  { id: SENSOR, values: { temperature: 30 } },
  { id: NEW, alias: 'hall', values: { temperature: 40 } },
];

const types = (statuses: readonly ClientStatus[]): string[] => statuses.map(({ type }) => type);

describe('an owserver that is replaced behind a port that never refuses', () => {
  const { client } = world();
  let old: Simulator;
  let next: Simulator;
  let proxy: Proxy;
  beforeEach(async () => {
    old = await startSimulator({ devices: OLD_HOUSE, conversionMs: 0 });
    next = await startSimulator({ devices: NEW_HOUSE, conversionMs: 0 });
    proxy = await startProxy(old.port);
  });
  afterEach(async () => {
    await proxy.close();
    await Promise.all([old.close(), next.close()]);
  });

  /** What people read before and after: by pattern, by alias, from a conversion of all. */
  const look = async (one: OwserverClient): Promise<unknown[]> => [
    byPath(await one.readAll('28.*/temperature', { source: 'uncached' })),
    (await one.read('/hall/temperature', { source: 'uncached' })).id,
    await one
      .read(`/${SENSOR}/temperature`, { source: 'convert' })
      .then(({ value, fallback }) => [value, fallback]),
  ];
  const BEFORE = [{ [`/${SENSOR}/temperature`]: 20 }, SENSOR, [20, undefined]];
  const AFTER = [
    { [`/${SENSOR}/temperature`]: 30, [`/${NEW}/temperature`]: 40 },
    NEW,
    [30, undefined],
  ];

  for (const [how, kept] of [
    ['', true],
    [', also by a client that keeps no connection', false],
  ] as const)
    it(`is noticed under a request, and what was learned is forgotten${how}`, async () => {
      const one = client(proxy, QUICK);
      if (kept) await one.connect();
      assert.deepEqual(await look(one), BEFORE);
      const { statuses } = watch(one);
      const asked = old.requests.at(-1)?.number ?? 0;
      old.addFault({ path: `/${SENSOR}/temperature`, then: 'hang' });
      const read = one.read(`/${SENSOR}/temperature`, { source: 'uncached' });
      await old.waitFor(({ number }) => number > asked);
      proxy.leadTo(next.port);
      await old.close();
      const { value, attempts } = await read;
      assert.deepEqual([value, attempts], [30, 2]);
      // It may be tried for before the request has got through.
      const told = types(statuses).filter((type) => type !== 'connecting');
      assert.deepEqual(told, ['disconnected', 'connected']);
      assert.deepEqual(await look(one), AFTER);
      assert.deepEqual(one.status, { type: 'connected', persistent: true });
    });

  it('is noticed while nothing is asked', async () => {
    const one = client(proxy, QUICK);
    await one.connect();
    assert.deepEqual(await look(one), BEFORE);
    const { statuses, next: waitFor } = watch(one);
    const [lost, back] = [waitFor('disconnected'), waitFor('connected')];
    proxy.leadTo(next.port);
    await old.close();
    assert.equal((await lost).error.code, 'EOW_CLOSED');
    await back;
    // The connections of the old one may end one after another.
    const told = types(statuses);
    assert.deepEqual([told[0], ...told.slice(-2)], ['disconnected', 'connecting', 'connected']);
    assert.deepEqual(await look(one), AFTER);
  });

  it('does not get a write that the old one may have done', async () => {
    const one = client(proxy, QUICK);
    await one.connect();
    old.addFault({ type: 'write', then: 'hang' });
    const write = one.write(`/${SENSOR}/temphigh`, 50);
    await old.waitFor(({ type }) => type === 'write');
    proxy.leadTo(next.port);
    await old.close();
    await assert.rejects(write, { code: 'EOW_UNCERTAIN' });
    assert.ok(next.requests.every(({ type }) => type !== 'write'));
  });
});

describe('no other owserver is suspected', () => {
  const { server, client } = world();

  it('when one connection of several ends', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 2 });
    const reads = busy.readAll(['/system/a', '/system/b']);
    answer(await owserver.request(0));
    answer(await owserver.request(1));
    await reads;
    const { statuses } = watch(busy);
    owserver.connections[0]!.end();
    await owserver.until(() => owserver.open === 1);
    const read = busy.read(PLAIN);
    answer(await owserver.request(owserver.requests.length));
    await read;
    assert.deepEqual(statuses, []);
  });

  it('when it keeps connections no longer', async () => {
    let granted = true;
    const owserver = await server((request) => answer(request, granted ? undefined : wire.REFUSED));
    const busy = client(owserver);
    await busy.read(PLAIN);
    granted = false;
    const { statuses } = watch(busy);
    await busy.read(PLAIN);
    await busy.read(PLAIN);
    assert.deepEqual(statuses, [{ type: 'connected', persistent: false }]);
  });

  it('when a caller gives up', async () => {
    const owserver = await server((request) => {
      if (request.path !== '/system/slow') answer(request);
    });
    const busy = client(owserver, { connections: 2, requestTimeoutMs: 100 });
    await busy.read(PLAIN);
    const { statuses } = watch(busy);
    const slow = busy.read('/system/slow');
    const quick = busy.read('/system/b');
    await assert.rejects(slow, { code: 'EOW_TIMEOUT' });
    await quick;
    assert.deepEqual(statuses, []);
  });
});
