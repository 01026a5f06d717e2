import assert from 'node:assert/strict';
import type { DeviceDefinition } from '../../../simulator/device-definition.js';
import { answer, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { byPath, houses, listings, type Pattern } from '../simulated.js';
import { failsAlone, world } from '../support.js';

const HUB = '/1F.000000000010';
const DEEP = `${HUB}/aux/1F.000000000020`;

const COUPLED: DeviceDefinition[] = [
  { id: '28.000000000001', values: { temperature: 1 } },
  {
    id: '1F.000000000010',
    main: [{ id: '28.000000000002', values: { temperature: 2 } }, { id: '3A.000000000003' }],
    aux: [
      { id: '28.000000000004', alias: 'shed', values: { temperature: 4 } },
      {
        id: '1F.000000000020',
        main: [{ id: '28.000000000005', values: { temperature: 5 } }],
      },
    ],
  },
];

describe('a path with * over couplers', () => {
  const house = houses();
  const { server, client } = world();

  it('finds the devices on every branch, also of a coupler behind a coupler', async () => {
    const { client } = await house({ devices: COUPLED });
    const all = {
      '/28.000000000001/temperature': 1,
      [`${HUB}/main/28.000000000002/temperature`]: 2,
      [`${HUB}/aux/28.000000000004/temperature`]: 4,
      [`${DEEP}/main/28.000000000005/temperature`]: 5,
    };
    for (const pattern of ['28.*/temperature', '*/temperature'] as const) {
      const results = await client.readAll(pattern);
      assert.deepEqual(byPath(results), all, pattern);
      assert.equal(results.length, 4);
    }
    assert.deepEqual(byPath(await client.readAll('*/PIO.BYTE')), {
      [`${HUB}/main/3A.000000000003/PIO.BYTE`]: 0,
    });
    assert.deepEqual(byPath(await client.readAll('sh*/temperature')), {
      [`${HUB}/aux/28.000000000004/temperature`]: 4,
    });
  });

  it('finds those on a branch that it names', async () => {
    const { client } = await house({ devices: COUPLED });
    const main = {
      [`${HUB}/main/28.000000000002/temperature`]: 2,
      [`${DEEP}/main/28.000000000005/temperature`]: 5,
    };
    assert.deepEqual(byPath(await client.readAll('1F.*/main/28.*/temperature')), main);
    const named = `${HUB}/main/28.*/temperature`;
    assert.deepEqual(byPath(await client.readAll(named)), {
      [`${HUB}/main/28.000000000002/temperature`]: 2,
    });
    const aux = `${HUB}/aux/*/temperature`;
    assert.deepEqual(byPath(await client.readAll(aux)), {
      [`${HUB}/aux/28.000000000004/temperature`]: 4,
      [`${DEEP}/main/28.000000000005/temperature`]: 5,
    });
    assert.deepEqual(byPath(await client.readAll('1f.*/aux/shed/temperature')), {
      [`${HUB}/aux/28.000000000004/temperature`]: 4,
    });
  });

  it('finds properties of the couplers themselves', async () => {
    const { client } = await house({ devices: COUPLED });
    assert.deepEqual(byPath(await client.readAll('1F.*/type')), {
      [`${HUB}/type`]: 'DS2409',
      [`${DEEP}/type`]: 'DS2409',
    });
  });

  it('says that a branch holds no such device, or is none', async () => {
    const { client } = await house({ devices: COUPLED });
    await failsAlone(client.readAll('1F.*/main/01.*/type'), 'EOW_ABSENT', 'patternNothing');
    await failsAlone(client.readAll('28.*/main/*/type'), 'EOW_ABSENT', 'patternNothing');
  });

  it('tells of a branch that cannot be listed, and costs the others nothing', async () => {
    const { client, simulator } = await house({ devices: COUPLED });
    simulator.addFault({ path: `${HUB}/main`, type: 'dirallslash', then: { ret: -5 } });
    const results = await client.readAll('28.*/temperature');
    assert.deepEqual(byPath(results), {
      '/28.000000000001/temperature': 1,
      [`${HUB}/aux/28.000000000004/temperature`]: 4,
      [`${DEEP}/main/28.000000000005/temperature`]: 5,
      [`${HUB}/main/28.*/temperature`]: 'EOW_RETURN',
    });
    const failed = results.find((result) => 'error' in result);
    assert.ok(failed && 'error' in failed);
    assert.deepEqual([failed.error.path, failed.error.ret], [failed.path, -5]);
    assert.equal(
      byPath(await client.readAll('28.*/temperature'))[`${HUB}/main/28.000000000002/temperature`],
      2,
    );
  });

  it('takes a device only once that shows again on a branch of a leaking coupler', async () => {
    const script = (request: FakeRequest): void => {
      const { type, path, reply } = request;
      if (type !== 9) answer(request);
      else
        reply(
          wire.listing(
            ['28.000000000001', '1F.000000000002']
              .map((id) => `${path === '/' ? '' : path}/${id}/`)
              .join(','),
          ),
        );
    };
    const owserver = await server(script);
    const results = await client(owserver).readAll('28.*/latesttemp');
    assert.deepEqual(
      results.map(({ path }) => path),
      ['/28.000000000001/latesttemp'],
    );
  });
});

describe('a path with * over several buses', () => {
  const house = houses();
  const BUSES: DeviceDefinition[] = [
    { id: '28.000000000001', values: { temperature: 1 } },
    { id: '28.000000000002', bus: 1, values: { temperature: 2 } },
    { id: '29.000000000003', bus: 1 },
  ];

  it('finds the devices of all buses, by paths that do not name them', async () => {
    const { client } = await house({ devices: BUSES });
    assert.deepEqual(byPath(await client.readAll('28.*/temperature')), {
      '/28.000000000001/temperature': 1,
      '/28.000000000002/temperature': 2,
    });
  });

  it('finds them bus by bus where it names one, or a pattern of them', async () => {
    const { client } = await house({
      devices: [...BUSES, { id: '1F.000000000004', bus: 1, aux: [{ id: '01.000000000005' }] }],
    });
    const one = { '/bus.1/28.000000000002/temperature': 2 };
    assert.deepEqual(byPath(await client.readAll('bus.1/28.*/temperature')), one);
    const all = { '/bus.0/28.000000000001/temperature': 1, ...one };
    assert.deepEqual(byPath(await client.readAll('bus.*/28.*/temperature')), all);
    assert.deepEqual(byPath(await client.readAll('bus.1*/*/temperature')), one);
    assert.deepEqual(byPath(await client.readAll('bus.*/01.*/family')), {
      '/bus.1/1F.000000000004/aux/01.000000000005/family': '01',
    });
  });

  it('finds a device that is named on the buses that have it', async () => {
    const { client, simulator } = await house({ devices: BUSES });
    assert.deepEqual(byPath(await client.readAll('bus.*/28.000000000002/temperature')), {
      '/bus.1/28.000000000002/temperature': 2,
    });
    assert.ok(!simulator.requests.some(({ path }) => path.startsWith('/bus.0/28.000000000002')));
  });

  it('says that there is no such bus', async () => {
    const { client } = await house({ devices: BUSES });
    await failsAlone(client.readAll('bus.7/28.*/temperature'), 'EOW_ABSENT');
    await failsAlone(client.readAll('bus.7*/28.*/temperature'), 'EOW_ABSENT', 'patternNothing');
  });

  it('tells of a bus that cannot be listed, and costs the others nothing', async () => {
    const { client, simulator } = await house({ devices: BUSES });
    simulator.bus(0).dead(true);
    assert.deepEqual(byPath(await client.readAll('bus.*/28.*/temperature')), {
      '/bus.0/28.*/temperature': 'EOW_RETURN',
      '/bus.1/28.000000000002/temperature': 2,
    });
    assert.deepEqual(byPath(await client.readAll('28.*/temperature')), {
      '/28.000000000002/temperature': 2,
    });
  });

  it('fails when none of the buses can be listed', async () => {
    const { client, simulator } = await house({ devices: BUSES });
    simulator.bus(0).dead(true);
    simulator.bus(1).dead(true);
    const { path, ret } = await failsAlone(client.readAll('28.*/temperature'), 'EOW_RETURN');
    assert.deepEqual([path, ret], ['/28.*/temperature', -5]);
    simulator.bus(1).dead(false);
    assert.equal((await client.readAll('28.*/temperature')).length, 1);
    assert.ok(listings(simulator).length > 1);
  });

  it('takes the word bus in either case of letters, as owserver does', async () => {
    const { client } = await house({ devices: BUSES });
    const values = async (pattern: Pattern): Promise<unknown[]> =>
      Object.values(byPath(await client.readAll(pattern)));
    assert.deepEqual(await values('BUS.1/28.*/temperature'), [2]);
    assert.deepEqual((await values('BUS.*/28.*/temperature')).sort(), [1, 2]);
  });

  it('is refused as a whole where it leads to no device on any of them', async () => {
    const { client } = await house({ devices: BUSES });
    const error = await failsAlone(client.readAll('bus.*/interface/settings/name'), 'EOW_VALUE');
    assert.equal(error.path, '/bus.*/interface/settings/name');
  });
});
