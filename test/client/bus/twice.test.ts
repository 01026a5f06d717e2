import assert from 'node:assert/strict';
import { byPath, houses } from '../simulated.js';

const TWICE = '28.000000000001';
const ONCE = '28.000000000002';
const RELAY = '3A.000000000003';
const DEVICES = [
  { id: TWICE, values: { temperature: 21, templow: 30 } },
  { id: RELAY },
  { id: TWICE, values: { temperature: 22, templow: 30 }, bus: 1 },
  { id: ONCE, values: { temperature: 4 }, bus: 1 },
];

const places = (list: readonly { path: string; bus?: number }[]): string[] =>
  list.map(({ path, bus }) => `${path} ${bus ?? '-'}`).sort();
const SHOWN = [`/${ONCE} -`, `/${RELAY} -`, `/bus.0/${TWICE} 0`, `/bus.1/${TWICE} 1`].sort();

describe('a device that is on two buses', () => {
  const house = houses();

  it('is listed on each, by a path of its own that can be read', async () => {
    const { client } = await house({ devices: DEVICES });
    for (const source of ['cached', 'uncached'] as const)
      assert.deepEqual(places(await client.devices('/', { source })), SHOWN);
    const both = await client.devices('/', { family: '28' });
    assert.deepEqual(
      byPath(
        await client.readAll(
          both.map(({ path }) => `${path}/temperature`),
          { source: 'uncached' },
        ),
      ),
      {
        [`/bus.0/${TWICE}/temperature`]: 21,
        [`/bus.1/${TWICE}/temperature`]: 22,
        [`/${ONCE}/temperature`]: 4,
      },
    );
  });

  it('is shown so to people who look around, and in alarm', async () => {
    const { client } = await house({ devices: DEVICES });
    const entries = await client.browse();
    const devices = entries.filter(({ kind }) => kind === 'device');
    assert.deepEqual(places(devices.map(({ path, device }) => ({ ...device, path }))), SHOWN);
    assert.equal(new Set(entries.map(({ path }) => path)).size, entries.length);
    await client.convert();
    const inAlarm = (await client.alarm()).filter(({ id }) => id === TWICE);
    assert.deepEqual(places(inAlarm), [`/bus.0/${TWICE} 0`, `/bus.1/${TWICE} 1`]);
  });

  it('has its alias on each', async () => {
    const named = DEVICES.map((device) => ({
      ...device,
      ...(device.id === TWICE && { alias: 'hall' }),
    }));
    const { client } = await house({ devices: named });
    const both = (await client.devices()).filter(({ alias }) => alias === 'hall');
    assert.deepEqual(places(both), [`/bus.0/${TWICE} 0`, `/bus.1/${TWICE} 1`]);
  });

  it('is read once by a pattern, and on each bus by one that names them', async () => {
    const { client } = await house({ devices: DEVICES });
    const once = await client.readAll('28.*/temperature');
    assert.deepEqual(once.map(({ path }) => path).sort(), [
      `/${TWICE}/temperature`,
      `/${ONCE}/temperature`,
    ]);
    const each = await client.readAll('bus.*/28.*/temperature', { source: 'uncached' });
    assert.deepEqual(byPath(each), {
      [`/bus.0/${TWICE}/temperature`]: 21,
      [`/bus.1/${TWICE}/temperature`]: 22,
      [`/bus.1/${ONCE}/temperature`]: 4,
    });
    assert.equal((await client.writeAll('28.*/temphigh', 50)).length, 2);
  });

  it('is found by the buses that have it now', async () => {
    const { client, simulator } = await house({ devices: DEVICES.slice(0, 2), buses: 2 });
    await client.read(`/${TWICE}/temperature`, { source: 'convert' });
    simulator.add(DEVICES[2]!);
    assert.deepEqual(places(await client.devices('/', { source: 'uncached' })), [
      `/${RELAY} -`,
      `/bus.0/${TWICE} 0`,
      `/bus.1/${TWICE} 1`,
    ]);
  });

  it('is listed once while no bus shows it by itself', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    for (const path of ['/bus.0/unaliased', '/bus.1/unaliased'])
      simulator.addFault({ path, times: 9, then: { ret: -5 } });
    assert.deepEqual(places(await client.devices()), [`/${TWICE} -`, `/${ONCE} -`, `/${RELAY} -`]);
  });
});
