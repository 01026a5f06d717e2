import assert from 'node:assert/strict';
import type { OwserverClient } from '../../../client/index.js';
import type { Simulator } from '../../../simulator/index.js';
import { HOUSE, HUB, info, LIVING, SWITCH } from './browsed-house.js';
import { houses, listings } from '../simulated.js';
import { fails } from '../support.js';

describe('a property is described', () => {
  const house = houses();
  let client: OwserverClient;
  let simulator: Simulator;
  beforeEach(async () => {
    ({ client, simulator } = await house({ devices: HOUSE }));
  });

  it('as browsing shows it, by any path that leads to it', async () => {
    const temperature = await info(client, '/living', 'temperature');
    for (const path of ['/living/temperature', `${LIVING}/temperature`, '/settingsX/temperature'])
      assert.deepEqual(await client.describe(path), temperature, path);
    assert.equal((await client.describe(`/bus.0/${SWITCH}/PIO.3`))?.kind, 'yesno');
    assert.equal((await client.describe(`/${HUB}/main/larder/temperature`))?.unit, '°C');
  });

  it('without a listing, and the second time without any request', async () => {
    await client.describe(`/${SWITCH}/PIO.ALL`);
    const { length } = simulator.requests;
    assert.deepEqual(listings(simulator), []);
    assert.equal((await client.describe(`/${SWITCH}/PIO.ALL`))?.count, 8);
    assert.equal(simulator.requests.length, length);
  });

  for (const [pattern, like] of [
    ['28.*/temperature', '/living/temperature'],
    ['/29.*/PIO.0', `/${SWITCH}/PIO.0`],
    ['29.*/PIO.*', `/${SWITCH}/PIO.0`],
    ['29.*/PIO.BYTE', `/${SWITCH}/PIO.BYTE`],
    ['*/PIO.ALL', `/${SWITCH}/PIO.ALL`],
    ['liv*/tempres', '/living/tempres'],
    ['1F.*/main/10.*/temphigh', `/${HUB}/main/larder/temphigh`],
    ['10.*/temphigh', `/${HUB}/main/larder/temphigh`],
  ] as const) {
    it(`for a pattern by the first that matches: ${pattern}`, async () => {
      const { matches, ...described } = (await client.describe(pattern)) ?? {};
      assert.deepEqual(described, await client.describe(like));
      const read = await client.readAll(pattern);
      assert.equal(matches, read.length, 'how many match');
    });
  }

  it('by nothing when a pattern matches nothing, or no value', async () => {
    for (const path of ['42.*/temperature', '28.*/nothing', '28.*', '*', '/settings/*', 'zz*/x'])
      assert.equal(await client.describe(path), undefined, path);
  });

  it("by nothing when it is a directory, unknown, or owserver's own", async () => {
    for (const path of ['/living', '/living/errata', '/living/nothing', '/settings/timeout/serial'])
      assert.equal(await client.describe(path), undefined, path);
    await fails(client.describe('/a\0b'), 'EOW_VALUE', 'pathNul');
  });

  it('or the reason is given why not', async () => {
    await simulator.close();
    await fails(client.describe('28.*/temperature'), 'EOW_CONNECT');
    await fails(client.describe('/living/temperature'), 'EOW_CONNECT');
    await fails(client.browse(), 'EOW_CONNECT');
  });
});

describe('browsing and patterns', () => {
  const house = houses();

  it('look at the bus anew when the other has listed it anew, not when a device was opened', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    await client.readAll('29.*/PIO.BYTE');
    const before = listings(simulator).length;
    await client.browse(`/${SWITCH}`);
    await client.readAll('29.*/PIO.BYTE');
    assert.equal(listings(simulator).length, before + 1);
    simulator.add({ id: '29.00000000000D' });
    await client.browse('/', { source: 'uncached' });
    assert.equal((await client.readAll('29.*/PIO.BYTE')).length, 2);
  });
});
