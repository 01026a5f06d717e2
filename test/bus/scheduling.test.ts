import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { onBuses } from './world.js';

const RELAY = '3A.025000000000';
const OTHER_RELAY = '3A.026000000000';
const PIO = `/${RELAY}/PIO.A`;

const sensors = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `28.${String(first + at).padStart(12, '0')}`,
    temperature: 10 + at,
  }));

const uncached = { source: 'uncached' } as const;

/** Notes the order in which things end. */
function order(): { ended: string[]; note: <T>(name: string, what: Promise<T>) => Promise<T> } {
  const ended: string[] = [];
  return {
    ended,
    note: (name, what) => what.finally(() => ended.push(name)),
  };
}

describe('a bus with many sensors to read', () => {
  const devices = [...sensors(1, 6), { id: RELAY }];
  const paths = sensors(1, 6).map(({ id }) => `/${id}/temperature`);
  const world = onBuses([{ devices, conversionMs: 300, byteMs: 0.1 }]);
  const outputs = async () => (await world.bus.state(RELAY)).outputs;
  const read = (path: string) => world.client.read(path, uncached);

  it('lets a write pass all reads that wait', async () => {
    const { ended, note } = order();
    const reads = paths.map((path, at) => note(`read ${at}`, read(path)));
    await reads[0];
    await note('write', world.client.write(PIO, true));
    assert.equal(await outputs(), 1);
    await Promise.all(reads);
    // One read was under way on the bus, no other may come before.
    assert.ok(ended.indexOf('write') <= 2, ended.join(', '));
    assert.equal(ended.length, 7);
  });

  it('lets alarms and presence pass too, and listings end', async () => {
    const { ended, note } = order();
    const reads = paths.map((path, at) => note(`read ${at}`, read(path)));
    await reads[0];
    const present = world.client.present(`/${RELAY}`);
    await Promise.all([
      note('alarm', world.client.alarm()),
      note('present', present),
      note('list', world.client.dir('/', uncached)),
    ]);
    assert.equal(await present, true);
    assert.ok(ended.length < 9, ended.join(', '));
    await Promise.all(reads);
  });

  it('answers what owserver has in its cache at once', async () => {
    // owserver works on one request of a device at a time: another one than is measured first.
    const known = paths[5] ?? '';
    await world.client.read(known);
    const { ended, note } = order();
    const reads = paths.map((path, at) => note(`read ${at}`, read(path)));
    await delay(20);
    await note('cached', world.client.read(known));
    await note('settings', world.client.read('/settings/timeout/volatile'));
    assert.deepEqual(ended, ['cached', 'settings']);
    await Promise.all(reads);
  });

  it('switches a relay again and again while all measure at once, and every value is right', async () => {
    let switched = 0;
    const state = { over: false };
    const reading = world.client.readAll('28.*/temperature', { source: 'convert' });
    void reading.finally(() => (state.over = true));
    for (let on = true; !state.over; on = !on) {
      await world.client.write(PIO, on);
      assert.equal((await outputs()) === 1, on);
      switched += 1;
    }
    const values = (await reading).map((one) => ('error' in one ? one.error.code : one.value));
    assert.deepEqual(values.sort(), [10, 11, 12, 13, 14, 15]);
    assert.ok(switched > 5, `${switched} writes`);
  });

  it('goes on when a sensor is gone', async () => {
    const [gone = ''] = sensors(3, 1).map(({ id }) => id);
    await world.bus.pull(gone);
    const results = await world.client.readAll(paths, uncached);
    const values = results.map((one) => ('error' in one ? one.error.code : one.value));
    assert.deepEqual(values, [10, 11, 'EOW_ABSENT', 13, 14, 15]);
    await world.bus.plug(gone);
  });
});

describe('two buses', () => {
  const first = sensors(1, 4);
  const second = sensors(11, 4);
  const slow = { conversionMs: 300, byteMs: 0.1 };
  const world = onBuses([
    { devices: [...first, { id: RELAY }], ...slow },
    { devices: [...second, { id: OTHER_RELAY }], ...slow },
  ]);
  const paths = [...first, ...second].map(({ id }) => `/${id}/temperature`);

  it('are read at the same time, though the paths come bus after bus', async () => {
    const { ended, note } = order();
    const reads = paths.map((path, at) => note(String(at), world.client.read(path, uncached)));
    const values = (await Promise.all(reads)).map(({ value }) => value);
    assert.deepEqual(values, [10, 11, 12, 13, 10, 11, 12, 13]);
    assert.ok(ended.indexOf('4') < ended.indexOf('2'), ended.join(', '));
  });

  it('do not wait for each other when one is dead: reads, writes, alarms of the other', async function () {
    this.timeout(60_000);
    const [alive, dead] = world.running.buses;
    await dead?.dead(true);
    const { ended, note } = order();
    const stuck = [
      ...second.map(({ id }) => note('dead', world.client.read(`/${id}/temperature`, uncached))),
      note('dead', world.client.write(`/${OTHER_RELAY}/PIO.A`, true)),
    ];
    for (const each of stuck) each.catch(() => undefined);
    await delay(50);
    const reads = first.map(({ id }) =>
      note('alive', world.client.read(`/${id}/temperature`, uncached)),
    );
    await note('alive', world.client.write(PIO, true));
    assert.equal((await alive?.state(RELAY))?.outputs, 1);
    await note('alive', world.client.read('/settings/timeout/volatile'));
    const values = (await Promise.all(reads)).map(({ value }) => value);
    assert.deepEqual(values, [10, 11, 12, 13]);
    assert.ok(!ended.includes('dead'), ended.join(', '));
    await dead?.dead(false);
    await Promise.allSettled(stuck);
    assert.equal((await world.client.read(paths[4] ?? '', uncached)).value, 10);
  });
});
