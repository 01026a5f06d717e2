import assert from 'node:assert/strict';
import type { DeviceDefinition } from '../../../simulator/device-definition.js';
import { answer, type FakeRequest, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { byPath, houses, listings, type Pattern } from '../simulated.js';
import { failsAlone, world } from '../support.js';

const HOUSE: DeviceDefinition[] = [
  { id: '7E.000000000065', chip: 'EDS0065', values: { 'EDS0065/temperature': 21 } },
  { id: '7E.000000000067', chip: 'EDS0067', values: { 'EDS0067/temperature': 22 } },
  { id: '7E.000000000000', values: { tag: 'none' } },
  { id: '3B.000000000001' },
  { id: '3B.000000000002', chip: 'MAX31850' },
  { id: '28.000000000003', values: { temperature: 23 } },
];

describe('a path with * stands for what the devices of a family have, not for what it may have', () => {
  const house = houses();

  const cases: [pattern: Pattern, expected: string[]][] = [
    ['7E.*/*/temperature', ['7E.000000000065/EDS0065', '7E.000000000067/EDS0067']],
    ['7E.*/EDS0065/temperature', ['7E.000000000065/EDS0065']],
    ['7E.*65/*/temperature', ['7E.000000000065/EDS0065']],
    ['*/EDS006*/temperature', ['7E.000000000065/EDS0065', '7E.000000000067/EDS0067']],
    ['3B.*/thermocouple', ['3B.000000000002']],
    ['3B.*/temphig*', ['3B.000000000001']],
  ];
  for (const [pattern, expected] of cases) {
    it(`reads ${pattern} of ${expected.length}`, async () => {
      const { client } = await house({ devices: HOUSE });
      const results = await client.readAll(pattern);
      assert.ok(results.every((result) => !('error' in result)));
      const directories = results.map(({ path }) => path.slice(1, path.lastIndexOf('/')));
      assert.deepEqual(directories.sort(), expected);
    });
  }

  it('also where it is written', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    const written = await client.writeAll('7E.*/EDS0067/LED/state', true);
    assert.deepEqual(
      written.map(({ path }) => path),
      ['/7E.000000000067/EDS0067/LED/state'],
    );
    assert.equal(simulator.requests.filter(({ type }) => type === 'write').length, 1);
    await failsAlone(
      client.writeAll('28.*/EDS0067/LED/state', true),
      'EOW_ABSENT',
      'patternNoProperty',
    );
  });

  it('but for what is listed nowhere, which all may have', async () => {
    const { client } = await house({ devices: HOUSE });
    assert.equal((await client.readAll('*/present')).length, HOUSE.length);
    assert.equal((await client.readAll('3B.*/flagfield')).length, 2);
  });

  it('says that a property which none of them has is not there', async () => {
    const { client } = await house({ devices: HOUSE });
    await failsAlone(client.readAll('7E.*/EDS0068/temperature'), 'EOW_ABSENT', 'patternNoProperty');
  });

  it('tells of a device that is gone as of one that has it', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    await client.readAll('7E.*/tag');
    simulator.device('7E.000000000065').pull();
    const values = byPath(await client.readAll('7E.*/EDS0065/temperature', { source: 'uncached' }));
    assert.equal(values['/7E.000000000065/EDS0065/temperature'], 'EOW_ABSENT');
  });
});

describe('to know what devices have costs', () => {
  const house = houses();
  const MANY = 100;
  const many = (family: string): DeviceDefinition[] =>
    Array.from({ length: MANY }, (_, at) => ({
      id: `${family}.0000000000${at.toString(16).padStart(2, '0')}`,
    }));

  const ofDevices = (paths: readonly string[]): number =>
    paths.filter((path) => /^\/[0-9A-F]{2}\./.test(path)).length;

  it('one listing for a family whose devices are alike', async () => {
    const { client, simulator } = await house({ devices: many('28') });
    for (let round = 0; round < 2; round += 1)
      assert.equal((await client.readAll('28.*/templ*')).length, MANY);
    await client.readAll('28.*/temphigh');
    assert.equal(ofDevices(listings(simulator)), 1);
  });

  it('one for each device where they differ, once', async () => {
    const { another, simulator } = await house({ devices: many('3B') });
    const client = another({ maxQueue: 20 });
    await Promise.all(['3B.*/temphigh', '3B.*/templow'].map((path) => client.readAll([path])));
    for (let round = 0; round < 2; round += 1)
      assert.equal((await client.readAll('3B.*/temphigh')).length, MANY);
    assert.equal(ofDevices(listings(simulator)), MANY);
  });

  it('nothing more to a deep listing, which asks for the same', async () => {
    const { client, simulator } = await house({ devices: many('28') });
    await client.readAll('28.*/temphigh');
    await client.dir('/', { depth: 2 });
    assert.equal(ofDevices(listings(simulator)), 1);
  });

  it('no more than seconds where a device does not say', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    simulator.addFault({
      path: '/3B.000000000001',
      type: 'dirallslash',
      times: 9,
      then: { ret: -5 },
    });
    const values = byPath(await client.readAll('3B.*/temphigh'));
    assert.deepEqual(Object.keys(values), ['/3B.000000000001/temphigh']);
    await client.readAll('3B.*/temphigh');
    const asked = listings(simulator).filter((path) => path === '/3B.000000000001');
    assert.equal(asked.length, 1);
  });
});

describe('a path with * and a family that owserver has no table for', () => {
  const { server, client } = world();

  /** A thermometer, and devices of family 44, which are listed with what they hold. */
  const strange: Script = (request: FakeRequest) => {
    const { type, path, reply } = request;
    if (path === '/structure/01/family') reply(wire.reply('a,000000,000001,ro,000002,f,'));
    else if (type === 9 && path === '/') reply(wire.listing('/44.000000000001/,/44.000000000002/'));
    else if (type === 9 && /^\/44\.\d+$/.test(path))
      reply(wire.listing(`${path}/family,${path}/id,${path}/log/`));
    else if (type === 9 && /^\/44\.\d+\/log$/.test(path)) reply(wire.listing(`${path}/size`));
    else if (type === 9 || path.startsWith('/structure/')) reply(wire.errorReply(-1));
    else answer(request);
  };

  const both = (name: string): string[] => [`/44.000000000001/${name}`, `/44.000000000002/${name}`];
  const cases: [pattern: Pattern, expected: string[]][] = [
    ['44.*/id', both('id')],
    ['*/fam*', both('family')],
    ['44.*/log/size', both('log/size')],
    ['44.*2/*/*', ['/44.000000000002/log/size']],
  ];
  for (const [pattern, expected] of cases)
    it(`finds what the devices list: ${pattern}`, async () => {
      const owserver = await server(strange);
      const results = await client(owserver).readAll(pattern);
      assert.deepEqual(Object.keys(byPath(results)), expected);
    });

  it('says what they do not list', async () => {
    const owserver = await server(strange);
    const busy = client(owserver);
    await failsAlone(busy.readAll('44.*/temperature'), 'EOW_ABSENT', 'patternNoProperty');
    await failsAlone(busy.readAll('44.*/log'), 'EOW_ABSENT', 'patternNoProperty');
  });
});
