import assert from 'node:assert/strict';
import type { OwserverClient } from '../../../client/index.js';
import type { FakeRequest } from '../../support/fake-owserver.js';
import { turn, world } from '../support.js';
import { brief, BUSES, isUncached, isWrite, makeYard } from './yard.js';

const UNCACHED = { source: 'uncached' } as const;
const FIRST = '/system/first';
const PIN = '/bus.0/29.000000000003/PIO.A';

const thermometer = (bus: number, last: number): string =>
  `/bus.${bus}/28.0000000000${String(last).padStart(2, '0')}/temperature`;
const A = thermometer(0, 1);
const B = thermometer(0, 2);
const C = thermometer(1, 11);

describe('the lanes of the queue', () => {
  const servers = world();

  it('serve reads that need the bus behind cached ones, and before listings', async () => {
    const yard = await makeYard(servers, [A, '/system/r'], { connections: 1 });
    const { busy, owserver, hold, release } = yard;
    hold(({ path }) => path === FIRST);
    const first = busy.read(FIRST);
    await owserver.until(() => yard.held.length === 1);
    const before = owserver.requests.length;
    const all = [
      busy.dir('/statistics/hall'),
      busy.read(A, UNCACHED),
      busy.read(A),
      busy.read('/system/r'),
      busy.alarm(),
      busy.write('/system/w', 1),
    ];
    await turn();
    await release(0);
    await Promise.all([first, ...all]);
    const after = owserver.requests.slice(before);
    const order = ['/system/w=1', '/alarm', A, '/system/r', A, '/statistics/hall'];
    assert.deepEqual(after.map(brief), order);
    assert.deepEqual(
      after.map((request) => isUncached(request)),
      [false, false, false, false, true, false],
    );
  });

  it('take for cached what owserver remembers, and for a read of the bus what it cannot', async () => {
    const { busy, owserver, hold, release, held } = await makeYard(servers, [A], {
      connections: 1,
    });
    hold(({ path }) => path === FIRST);
    const first = busy.read(FIRST);
    await owserver.until(() => held.length === 1);
    const before = owserver.requests.length;
    const all = [busy.read(`/uncached${A}`), busy.read(A, UNCACHED), busy.read(A)];
    // The first of them has to learn what its path is about.
    for (let round = 0; round < 3; round += 1) await turn();
    await release(0);
    await Promise.all([first, ...all]);
    const sensor = A.replace('/bus.0', '');
    const values = owserver.requests.slice(before).filter(({ path }) => path.endsWith(sensor));
    assert.deepEqual(
      values.map((request) => [request.path, isUncached(request)]),
      [
        [A, false],
        [A, true],
        [`/bus.0/uncached${sensor}`, false],
      ],
    );
  });

  it('send uncached reads of one bus one after another, in their order', async () => {
    const { busy, held, hold, arrived, release } = await makeYard(servers, [A, B]);
    hold(isUncached);
    const all = [A, B, A].map((path) => busy.read(path, UNCACHED));
    for (let at = 0; at < all.length; at += 1) {
      await arrived(at + 1);
      await release(at);
      await all[at];
    }
    assert.deepEqual(held.map(brief), [A, B, A]);
  });

  it('send uncached reads of two buses at the same time', async () => {
    const { busy, held, hold, arrived, release } = await makeYard(servers, [A, B, C]);
    hold(isUncached);
    const all = [A, B, C].map((path) => busy.read(path, UNCACHED));
    await arrived(2);
    assert.deepEqual(held.map(brief).sort(), [A, C]);
    for (let at = 0; at < all.length; at += 1) await release(at);
    await Promise.all(all);
  });

  it('do so too where the paths do not tell the bus', async () => {
    const ids = BUSES.flat().filter((id) => id.startsWith('28'));
    const paths = ids.map((id) => `/${id}/temperature`);
    const { busy, held, hold, arrived, release } = await makeYard(servers, paths);
    hold(isUncached);
    const all = paths.map((path) => busy.read(path, UNCACHED));
    await arrived(2);
    assert.deepEqual(held.map(brief).sort(), [paths[0], paths[2]]);
    for (let at = 0; at < all.length; at += 1) await release(at);
    await Promise.all(all);
  });

  it('let a slow bus hold up neither another bus nor cached reads nor writes', async () => {
    const pins = [PIN, '/bus.1/29.000000000013/PIO.A'];
    const yard = await makeYard(servers, [A, B, C, '/system/r', ...pins]);
    const { busy, hold, arrived, release } = yard;
    hold((request) => isUncached(request) && request.path.startsWith('/bus.0'));
    const slow = [A, B].map((path) => busy.read(path, UNCACHED));
    await arrived(1);
    await Promise.all([
      busy.read(C, UNCACHED),
      busy.readAll([A, B, C, '/system/r']),
      ...pins.map((pin) => busy.write(pin, 1)),
      busy.dir('/statistics/hall'),
      busy.alarm(),
      busy.present('/system/r'),
    ]);
    assert.equal(yard.held.length, 1);
    for (let at = 0; at < slow.length; at += 1) await release(at);
    await Promise.all(slow);
  });

  it('leave one of four connections to what is quick, however many buses are slow', async () => {
    const slow = [0, 1, 2, 3, 4].map((bus) => thermometer(bus, bus));
    const yard = await makeYard(servers, [...slow, '/system/r', PIN]);
    const { busy, hold, arrived, release, owserver } = yard;
    hold((request) => isUncached(request) || request.type === 9);
    const reads = slow.map((path) => busy.read(path, UNCACHED));
    const listing = busy.dir('/statistics/hall');
    await arrived(3);
    await Promise.all([busy.read('/system/r'), busy.write(PIN, 1), busy.readAll(slow)]);
    assert.equal(yard.held.length, 3);
    assert.equal(owserver.open, 4);
    for (let at = 0; at <= slow.length; at += 1) await release(at);
    await Promise.all([...reads, listing]);
  });
});

describe('a flood', () => {
  const servers = world();

  /** Keeps three requests of a kind waiting for the only connection, 90 of them in all. */
  async function flooded(
    flood: (busy: OwserverClient, count: number) => Promise<unknown>,
    ask: (busy: OwserverClient) => Promise<unknown>[],
  ): Promise<FakeRequest[]> {
    const { busy, owserver, hold, release, held } = await makeYard(servers, [A], {
      connections: 1,
    });
    hold(({ path }) => path === FIRST);
    const first = busy.read(FIRST);
    await owserver.until(() => held.length === 1);
    const before = owserver.requests.length;
    let count = 0;
    const more = async (): Promise<void> => {
      while (count < 90) await flood(busy, (count += 1));
    };
    const all = [more(), more(), more(), ...ask(busy)];
    await turn();
    await release(0);
    await Promise.all([first, ...all]);
    return owserver.requests.slice(before);
  }

  it('of reads lets a listing through after 16 of them', async () => {
    const order = await flooded(
      (busy, count) => busy.read(`/system/${count}`),
      (busy) => [busy.dir('/statistics/hall')],
    );
    assert.equal(order.map(brief).indexOf('/statistics/hall'), 16);
  });

  it('of writes lets all others through, none of them later than after 18', async () => {
    const order = await flooded(
      (busy, count) => busy.write(`/system/${count}`, 1),
      (busy) => [
        busy.dir('/statistics/hall'),
        busy.read('/system/r'),
        busy.read(A, UNCACHED),
        busy.ping(),
      ],
    );
    for (const path of ['/statistics/hall', '/system/r', A, '']) {
      const at = order.findIndex((request) => request.path === path);
      assert.ok(at >= 0 && at <= 19, `${path} came after ${at}`);
    }
    assert.equal(order.filter(isWrite).length, 90);
  });

  it('of presence checks and of bus reads lets listings through', async () => {
    const floods = [
      (busy: OwserverClient, count: number) => busy.present(`/system/${count}`),
      (busy: OwserverClient, count: number) => busy.read(thermometer(0, count), UNCACHED),
    ];
    for (const flood of floods) {
      const order = await flooded(flood, (busy) => [
        busy.dir('/statistics/hall'),
        busy.dir('/statistics/shed'),
      ]);
      const paths = order.map(brief);
      assert.deepEqual(
        [paths.indexOf('/statistics/hall'), paths.indexOf('/statistics/shed')],
        [16, 33],
      );
    }
  });

  it('of one kind goes on in its order when others came between', async () => {
    const order = await flooded(
      (busy, count) => busy.read(`/system/${count}`),
      (busy) => [busy.dir('/statistics/hall')],
    );
    const reads = order.map(brief).filter((path) => path !== '/statistics/hall');
    assert.deepEqual(
      reads,
      Array.from({ length: 90 }, (_, at) => `/system/${at + 1}`),
    );
  });
});
