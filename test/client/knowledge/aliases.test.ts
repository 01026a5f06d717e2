import assert from 'node:assert/strict';
import { houses } from '../simulated.js';

const KITCHEN = '28.000000000001';
const LAMP = '3A.000000000002';
const HOUSE = [
  { id: KITCHEN, alias: 'kitchen', values: { temperature: 21 } },
  { id: LAMP, alias: 'up, down' },
];

describe('a device that is called by its alias', () => {
  const house = houses();

  it('is asked for by its id: owserver may not find the name once one was changed', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    const reading = await client.read('/kitchen/temperature');
    assert.deepEqual(
      [reading.path, reading.id, reading.alias, reading.value],
      ['/kitchen/temperature', KITCHEN, 'kitchen', 21],
    );
    await client.read('/bus.0/kitchen/temperature', { source: 'uncached' });
    await client.write('/up, down/PIO.A', true);
    assert.equal(await client.present('/kitchen'), true);
    const properties = await client.browse('/kitchen');
    assert.ok(properties.some(({ path }) => path === '/kitchen/temperature'));
    const asked = simulator.requests.map(({ path }) => path);
    for (const path of [
      `/${KITCHEN}/temperature`,
      `/bus.0/${KITCHEN}/temperature`,
      `/${LAMP}/PIO.A`,
      `/${KITCHEN}/present`,
    ])
      assert.ok(asked.includes(path), path);
    assert.deepEqual(
      asked.filter((path) => /kitchen|down/.test(path)),
      [],
    );
  });
});
