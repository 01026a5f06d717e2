import assert from 'node:assert/strict';
import type { Simulator } from '../../../simulator/index.js';
import * as wire from '../../support/wire.js';
import { houses } from '../simulated.js';
import { fails } from '../support.js';

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
      [`/${KITCHEN}/temperature`, KITCHEN, 'kitchen', 21],
    );
    await client.read('/bus.0/kitchen/temperature', { source: 'uncached' });
    await client.write('/up, down/PIO.A', true);
    assert.equal(await client.present('/kitchen'), true);
    const properties = await client.browse('/kitchen');
    assert.ok(properties.some(({ path }) => path === `/${KITCHEN}/temperature`));
    const asked = simulator.requests.map(({ path }) => path);
    for (const path of [
      `/${KITCHEN}/temperature`,
      `/bus.0/${KITCHEN}/temperature`,
      `/${LAMP}/PIO.A`,
      `/${KITCHEN}/present`,
    ])
      assert.ok(asked.includes(path), path);
    assert.deepEqual(called(simulator), []);
  });

  it('is listed by its id, with all below it', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    for (const depth of [1, 3]) {
      const paths = await client.dir('/kitchen', { depth });
      assert.ok(paths.includes(`/${KITCHEN}/temperature`));
    }
    assert.ok((await client.dir('/', { depth: 3 })).includes(`/${KITCHEN}/errata/die`));
    assert.deepEqual(called(simulator), []);
  });

  it('may be a coupler, or the device behind it', async () => {
    const hub = { id: '1F.000000000003', alias: 'hub', main: [{ id: KITCHEN, alias: 'kitchen' }] };
    const { client, simulator } = await house({ devices: [hub] });
    const { path, id, alias } = await client.read('/hub/main/kitchen/templow');
    assert.deepEqual([path, id, alias], [`/${hub.id}/main/${KITCHEN}/templow`, KITCHEN, 'kitchen']);
    assert.equal((await client.devices('/hub/main')).length, 1);
    const measured = await client.read('/hub/main/kitchen/temperature', { source: 'convert' });
    assert.equal(measured.fallback, 'behind-coupler');
    assert.deepEqual(called(simulator), []);
  });

  it('may have the name of a property', async () => {
    const { client } = await house({
      devices: [{ id: KITCHEN, alias: 'errata' }, { id: '28.000000000009' }],
    });
    const paths = await client.dir('/28.000000000009/errata');
    assert.ok(paths.includes('/28.000000000009/errata/die'));
  });

  it('is not taken for another one that had the name once', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    simulator.addFault({ path: '/settings/alias/list', times: 9, then: { ret: -1 } });
    // Behind an owserver that has no such list the device itself is asked what it is called.
    assert.equal((await client.read('/kitchen/type')).id, KITCHEN);
    simulator.addFault({ path: `/${LAMP}/alias`, then: { bytes: wire.reply('lamp') } });
    await fails(client.read('/up, down/type'), 'EOW_ABSENT');
  });
});

/** Paths with a name that were sent to owserver, but for the question whose it is. */
function called({ requests }: Simulator): string[] {
  return requests
    .filter(({ type }) => type !== 'presence')
    .map(({ path }) => path)
    .filter((path) => /kitchen|down|hub/.test(path));
}
