import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { OwserverClient } from '../../client/index.js';
import { onBuses } from './world.js';

const RELAY = '3A.025000000000';
const LIVE = ['28.000000000001', '28.000000000002', '28.000000000003'];
const LOST = '28.000000000011';

/** How long owserver remembers on which bus a device is; 120 s unless it is told otherwise. */
const PRESENCE_MS = 1_000;

describe('two buses of which one is dead', () => {
  const time = { conversionMs: 8, byteMs: 0 };
  const world = onBuses(
    [
      { devices: [...LIVE.map((id) => ({ id, temperature: 21 })), { id: RELAY }], ...time },
      { devices: [{ id: LOST, temperature: 22 }], ...time },
    ],
    [`--timeout_presence=${PRESENCE_MS / 1000}`],
  );

  let client: OwserverClient | undefined;
  after(() => client?.close());

  it('are kept apart even when owserver has forgotten which device is where', async function () {
    this.timeout(60_000);
    // The first read of a dead bus takes owserver more than a minute.
    const early = new OwserverClient({
      host: '127.0.0.1',
      port: world.running.port,
      requestTimeoutMs: 6_000,
    });
    client = early;
    const uncached = { source: 'uncached' } as const;
    const paths = [...LIVE, LOST].map((id) => `/${id}/temperature`);
    const values = (await early.readAll(paths, uncached)).map((one) => 'value' in one && one.value);
    assert.deepEqual(values, [21, 21, 21, 22]);

    await world.running.buses[1]?.dead(true);
    await assert.rejects(early.read(`/${LOST}/temperature`, uncached));
    await delay(PRESENCE_MS * 2);
    const ended: string[] = [];
    const lost = early.read(`/${LOST}/temperature`, uncached);
    const noted = lost.catch(() => ended.push('lost'));
    for (const path of paths.slice(0, 3))
      assert.equal((await early.read(path, uncached)).value, 21);
    await early.write(`/${RELAY}/PIO.A`, true);
    assert.equal(await early.present(`/${RELAY}`), true);
    assert.equal((await world.bus.state(RELAY)).outputs, 1);
    assert.deepEqual(ended, []);
    await noted;

    await world.running.buses[1]?.dead(false);
    assert.equal((await early.read(`/${LOST}/temperature`, uncached)).value, 22);
  });

  it('are kept apart also by a client that never met the dead one alive', async function () {
    this.timeout(60_000);
    await world.running.buses[1]?.dead(true);
    const late = new OwserverClient({
      host: '127.0.0.1',
      port: world.running.port,
      requestTimeoutMs: 20_000,
    });
    try {
      const read = (id: string) => late.read(`/${id}/temperature`, { source: 'uncached' });
      // Two at once: then it matters which bus each is on.
      await Promise.allSettled([read(LOST), late.read(`/${LOST}/power`)]);
      // owserver has forgotten where the others are.
      await delay(PRESENCE_MS * 2);
      const ended: string[] = [];
      const again = read(LOST).catch(() => ended.push('lost'));
      for (const id of LIVE) assert.equal((await read(id)).value, 21);
      assert.deepEqual(ended, []);
      await again;
    } finally {
      late.close();
      await world.running.buses[1]?.dead(false);
    }
  });
});

describe('a conversion of one of two buses', () => {
  const [first = '', second = ''] = LIVE;
  const time = { conversionMs: 8, byteMs: 0 };
  const world = onBuses([
    { devices: [{ id: first, temperature: 10 }], ...time },
    { devices: [{ id: second, temperature: 20 }], ...time },
  ]);

  it('is one of the other too, because owserver believes so when it is asked for a cached value', async () => {
    const { value } = await world.client.read(`/${first}/temperature`, { source: 'convert' });
    assert.equal(value, 10);
    const traffic = await Promise.all(world.running.buses.map((bus) => bus.traffic()));
    assert.deepEqual(
      traffic.map(({ broadcasts }) => broadcasts),
      [1, 1],
    );
    assert.equal((await world.running.buses[1]?.state(second))?.latest, 20);
  });
});
