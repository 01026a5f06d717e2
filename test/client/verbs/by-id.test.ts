import assert from 'node:assert/strict';
import type { DeviceFormat } from '../../../client/index.js';
import type { DeviceDefinition } from '../../../simulator/device-definition.js';
import { byPath, houses, type House } from '../simulated.js';
import { fails } from '../support.js';

const HALL = '28.000000000001';
const HUB = '1F.000000000002';
const SHED = '28.000000000003';
/** An alias of 100 characters, one that owserver takes for a directory, and a coupler with one. */
const LONG = 'a very long name '.repeat(6).slice(0, 99) + '.';
const HOUSE: DeviceDefinition[] = [
  { id: HALL, alias: 'hall', values: { temperature: 1 } },
  {
    id: HUB,
    alias: 'hub',
    main: [{ id: SHED, alias: 'text shed', values: { temperature: 3 } }],
    aux: [{ id: '3A.000000000004', alias: LONG }],
  },
];

describe('what is answered has its paths by id', () => {
  const house = houses();

  const cases: [what: string, act: (house: House) => Promise<unknown>, expected: unknown][] = [
    [
      'a reading',
      ({ client }) => client.read('hall/temperature').then(({ path, alias }) => [path, alias]),
      [`/${HALL}/temperature`, 'hall'],
    ],
    [
      'a reading behind a coupler that has an alias',
      ({ client }) => client.read(`/uncached/hub/main/${SHED}/temperature`).then((r) => r.path),
      `/uncached/${HUB}/main/${SHED}/temperature`,
    ],
    [
      'a reading of a name that leads astray',
      ({ client }) =>
        client.read('hub/main/text shed/type').then(({ path, alias }) => [path, alias]),
      [`/${HUB}/main/${SHED}/type`, 'text shed'],
    ],
    [
      'a reading of an id in another format',
      ({ client }) => client.read(`bus.0/28000000000001/type`).then(({ path, bus }) => [path, bus]),
      [`/bus.0/${HALL}/type`, 0],
    ],
    [
      'what was written',
      ({ client }) =>
        client.write(`/hub/aux/${LONG}/PIO.A`, 1).then(({ path, alias }) => [path, alias]),
      [`/${HUB}/aux/3A.000000000004/PIO.A`, LONG],
    ],
    [
      'a list, also what failed of it',
      async ({ client, simulator }) => {
        await client.read('hall/temperature');
        simulator.device(HALL).pull();
        const paths = ['hall/temperature', 'hub/main', 'nobody/type'];
        return byPath(await client.readAll(paths, { source: 'uncached' }));
      },
      {
        [`/${HALL}/temperature`]: 'EOW_ABSENT',
        [`/${HUB}/main`]: 'EOW_VALUE',
        '/nobody/type': 'EOW_ABSENT',
      },
    ],
    [
      'a pattern',
      ({ client }) => client.readAll('*/temperature').then((all) => Object.keys(byPath(all))),
      [`/${HALL}/temperature`, `/${HUB}/main/${SHED}/temperature`],
    ],
    [
      'a pattern below a name',
      ({ client }) =>
        client.readAll('hub/*/28.*/temperature').then(([only]) => only && 'error' in only),
      true,
    ],
    [
      'a pattern on a branch of a coupler with a name',
      ({ client }) =>
        client.readAll('hub/main/28.*/temperature').then((all) => Object.keys(byPath(all))),
      [`/${HUB}/main/${SHED}/temperature`],
    ],
    ['a directory', ({ client }) => client.dir(), [`/${HALL}`, `/${HUB}`]],
    ['a branch', ({ client }) => client.dir('hub/main'), [`/${HUB}/main/${SHED}`]],
    [
      'a device',
      ({ client }) => client.dir('hall').then((paths) => paths.includes(`/${HALL}/temperature`)),
      true,
    ],
    [
      'a tree',
      ({ client }) =>
        client
          .dir('/', { depth: 4 })
          .then((paths) => paths.filter((path) => path.endsWith('/temperature'))),
      [`/${HALL}/temperature`, `/${HUB}/main/${SHED}/temperature`],
    ],
    [
      'devices, with their aliases beside',
      ({ client }) => client.devices().then((all) => all.map(({ path, alias }) => [path, alias])),
      [
        [`/${HALL}`, 'hall'],
        [`/${HUB}`, 'hub'],
      ],
    ],
    [
      'devices of a branch',
      ({ client }) => client.devices('/bus.0/hub/main').then(([only]) => [only?.path, only?.alias]),
      [`/bus.0/${HUB}/main/${SHED}`, 'text shed'],
    ],
    [
      'what is browsed',
      ({ client }) =>
        client
          .browse('/', { busReturn: false })
          .then((all) => all.map(({ path, name }) => [path, name])),
      [
        [`/${HALL}`, 'hall'],
        [`/${HUB}`, 'hub'],
      ],
    ],
    [
      'what is browsed of a device',
      ({ client }) => client.browse('hub/aux').then(([only]) => only?.path),
      `/${HUB}/aux/3A.000000000004`,
    ],
    [
      'what is known of a path',
      ({ client }) => client.identify('hub/main/28.000000000003'),
      { path: `/${HUB}/main/${SHED}`, id: SHED, alias: 'text shed', family: '28' },
    ],
  ];
  for (const [what, act, expected] of cases)
    it(what, async () => assert.deepEqual(await act(await house({ devices: HOUSE })), expected));

  it('in the format of ids that was set', async () => {
    const { another } = await house({ devices: HOUSE });
    for (const deviceFormat of ['f.i', 'fi', 'f.i.c', 'f.ic', 'fi.c', 'fic'] as DeviceFormat[]) {
      const client = another({ deviceFormat });
      const { id, path } = await client.read('hall/type');
      assert.equal(path, `/${id}/type`);
      assert.deepEqual((await client.devices()).map((device) => device.path)[0], `/${id}`);
      assert.deepEqual((await client.dir())[0], `/${id}`);
      assert.equal((await client.readAll([path]))[0]?.path, path);
    }
  });

  it('and one key for two names of a device', async () => {
    const { client } = await house({ devices: HOUSE });
    const paths = ['hall/temperature', `${HALL}/temperature`, '28-010000000000/temperature'];
    assert.deepEqual(byPath(await client.readAll(paths)), { [`/${HALL}/temperature`]: 1 });
  });

  it('that stay when the name changes, or is forgotten by an owserver that restarts', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    const keys = async (): Promise<string[]> =>
      Object.keys(byPath(await client.readAll('28.*/temperature')));
    const before = await keys();
    await client.write(`/${HALL}/alias`, 'attic');
    assert.deepEqual(await keys(), before);
    await client.write(`/${HALL}/alias`, '');
    simulator.dropConnections();
    assert.deepEqual(await keys(), before);
  });

  it('while errors tell the path that was asked for', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    simulator.addFault({ path: `/${HALL}/temperature`, times: 3, then: { ret: -5 } });
    for (let round = 0; round < 2; round += 1) {
      const error = await fails(client.read('hall/temperature'), 'EOW_RETURN');
      assert.equal(error.path, '/hall/temperature');
      assert.match(error.message, /\/hall\/temperature/);
    }
    const [failed] = await client.readAll(['hall/temperature']);
    assert.ok(failed && 'error' in failed);
    assert.deepEqual(
      [failed.path, failed.error.path],
      [`/${HALL}/temperature`, '/hall/temperature'],
    );
  });
});
