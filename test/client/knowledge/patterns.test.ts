import assert from 'node:assert/strict';
import { Flag, OwError } from '../../../client/index.js';
import type { DeviceDefinition } from '../../../simulator/device-definition.js';
import { byPath, houses, type Pattern } from '../simulated.js';
import { fails, failsAlone, wholeSentence } from '../support.js';

const HOUSE: DeviceDefinition[] = [
  { id: '28.000000000001', alias: 'living', values: { temperature: 21 } },
  { id: '28.000000000002', values: { temperature: 22 } },
  { id: '10.000000000003', alias: 'larder', values: { temperature: 13 } },
  { id: '29.000000000004' },
  { id: '3A.000000000005' },
  { id: '01.000000000006' },
];
const LIVING = '/28.000000000001';
const LARDER = '/10.000000000003';
const KEY = '/01.000000000006';
const RELAY = '/3A.000000000005';
const SWITCH = '/29.000000000004';
const SENSOR = '/28.000000000002';

describe('a path with *', () => {
  const house = houses();

  const matching: [pattern: Pattern, expected: Record<string, unknown>][] = [
    ['28.*/temperature', { [`${LIVING}/temperature`]: 21, [`${SENSOR}/temperature`]: 22 }],
    ['28*/temperature', { [`${LIVING}/temperature`]: 21, [`${SENSOR}/temperature`]: 22 }],
    ['*02/temperature', { [`${SENSOR}/temperature`]: 22 }],
    [
      '*/temperature',
      {
        [`${LIVING}/temperature`]: 21,
        [`${SENSOR}/temperature`]: 22,
        [`${LARDER}/temperature`]: 13,
      },
    ],
    ['3a.*/type', { [`${RELAY}/type`]: 'DS2413' }],
    ['29.*/PIO.ALL', { [`${SWITCH}/PIO.ALL`]: Array<boolean>(8).fill(false) }],
    ['liv*/temperature', { [`${LIVING}/temperature`]: 21 }],
    ['l*r*/temperature', { [`${LARDER}/temperature`]: 13 }],
    ['*/sensed.BYTE', { [`${SWITCH}/sensed.BYTE`]: 255, [`${RELAY}/sensed.BYTE`]: 3 }],
    ['/uncached//28.*02/temperature/ ', { [`/uncached${SENSOR}/temperature`]: 22 }],
    [
      '/bus.0/l*/temperature',
      { [`/bus.0${LIVING}/temperature`]: 21, [`/bus.0${LARDER}/temperature`]: 13 },
    ],
    ['/unaliased/10.*/temperature', { '/unaliased/10.000000000003/temperature': 13 }],
  ];
  for (const [pattern, expected] of matching) {
    it(`stands for each that matches: ${pattern}`, async () => {
      const { client } = await house({ devices: HOUSE });
      const results = await client.readAll(pattern);
      assert.deepEqual(byPath(results), expected);
      assert.equal(results.length, Object.keys(expected).length);
    });
  }

  it('answers each with all its details', async () => {
    const { client } = await house({ devices: HOUSE });
    const [first] = await client.readAll('liv*/temperature');
    assert.ok(first && !('error' in first));
    const { ms, ...details } = first;
    assert.ok(ms > 0);
    assert.deepEqual(details, {
      path: `${LIVING}/temperature`,
      id: '28.000000000001',
      alias: 'living',
      family: '28',
      type: 'DS18B20',
      property: 'temperature',
      unit: '°C',
      raw: '          21',
      cached: true,
      attempts: 1,
      value: 21,
    });
  });

  it('matches ids in every format, whichever one the answers have', async () => {
    const { another } = await house({ devices: HOUSE });
    for (const deviceFormat of ['f.i', 'fi', 'f.i.c', 'f.ic', 'fi.c', 'fic'] as const) {
      const client = another({ deviceFormat });
      for (const pattern of ['3A.0*', '3A0*', '3a.*5.*', '*0005'] as const) {
        const [only, ...more] = await client.readAll(`${pattern}/type`);
        assert.ok(only && !('error' in only) && more.length === 0, `${pattern} in ${deviceFormat}`);
        assert.deepEqual([only.path, only.value], [`/${only.id}/type`, 'DS2413']);
      }
    }
  });

  it('in the place of an index stands for each element, without .ALL and .BYTE', async () => {
    const { client } = await house({ devices: HOUSE });
    const elements = async (pattern: Pattern): Promise<string[]> =>
      Object.keys(byPath(await client.readAll(pattern)));
    const eight = Array.from({ length: 8 }, (_, at) => `${SWITCH}/PIO.${at}`);
    assert.deepEqual((await elements('29.*/PIO.*')).sort(), eight);
    const two = [`${RELAY}/PIO.A`, `${RELAY}/PIO.B`];
    assert.deepEqual((await elements(`${RELAY}/PIO.*`)).sort(), two);
    assert.deepEqual((await elements('*/PIO.*')).sort(), [...eight, ...two]);
  });

  it('in a property stands for those that can be read, in directories too when it names them', async () => {
    const { client } = await house({ devices: HOUSE });
    const names = async (pattern: Pattern): Promise<string[]> =>
      (await client.readAll(pattern))
        .map(({ path }) => path.slice(path.indexOf('/', 1) + 1))
        .filter((name) => !/^temperature\d/.test(name))
        .sort();
    assert.deepEqual(await names('28.*02/temp*'), [
      'temperature',
      'temphigh',
      'templow',
      'tempres',
    ]);
    assert.deepEqual(await names('28.*02/e*/trim'), ['errata/trim']);
    const all = await names('28.*02/*');
    assert.ok(all.includes('type') && all.includes('power') && !all.includes('errata/trim'));
    assert.deepEqual(byPath(await client.readAll(`${KEY}/f*`)), { [`${KEY}/family`]: '01' });
  });

  it('finds aggregates by a name in either case of letters, as one without * does', async () => {
    const { client } = await house({ devices: HOUSE });
    const [plain] = await client.readAll('29.*/PIO.byte');
    assert.ok(plain && !('error' in plain) && plain.value === 0);
    const [pattern] = await client.readAll('29.*/P*.byte');
    assert.ok(pattern && !('error' in pattern) && pattern.value === 0);
  });

  it('passes on how to read', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    const results = await client.readAll('28.*/temperature', { source: 'uncached', value: 'text' });
    assert.deepEqual(
      results.map((result) => ('error' in result ? result.error : [result.value, result.cached])),
      [
        ['21', false],
        ['22', false],
      ],
    );
    const reads = simulator.requests.filter(({ path }) => /^\/[^/]+\/temperature$/.test(path));
    assert.ok(reads.length === 2 && reads.every(({ flags }) => flags & Flag.uncached));
  });

  it('stands among plain paths in its place', async () => {
    const { client } = await house({ devices: HOUSE });
    const paths = [`${RELAY}/type`, '28.*/temperature', '/nothing/there', '*/PIO.BYTE', '42.*/x'];
    const results = await client.readAll([...paths, 'larder/type']);
    assert.deepEqual(
      results.map((result) => [result.path, 'error' in result ? result.error.code : result.value]),
      [
        [`${RELAY}/type`, 'DS2413'],
        [`${LIVING}/temperature`, 21],
        [`${SENSOR}/temperature`, 22],
        ['/nothing/there', 'EOW_ABSENT'],
        [`${SWITCH}/PIO.BYTE`, 0],
        [`${RELAY}/PIO.BYTE`, 0],
        ['/42.*/x', 'EOW_ABSENT'],
        [`${LARDER}/type`, 'DS18S20'],
      ],
    );
  });

  it('whose devices partly fail costs the others nothing', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    await client.readAll('*/temperature');
    simulator.device('28.000000000001').pull();
    simulator.addFault({ path: `${LARDER}/temperature`, then: { ret: -5 } });
    assert.deepEqual(byPath(await client.readAll('*/temperature', { source: 'uncached' })), {
      [`${LIVING}/temperature`]: 'EOW_ABSENT',
      [`${LARDER}/temperature`]: 'EOW_RETURN',
      [`${SENSOR}/temperature`]: 22,
    });
  });
});

describe('a path with * that stands for more than may wait', () => {
  const house = houses();
  const MANY = Array.from({ length: 40 }, (_, at) => ({ id: `29.0000000000${at + 10}` }));

  it('is read all the same', async () => {
    const { another } = await house({ devices: MANY });
    const results = await another({ maxQueue: 20 }).readAll('*/PIO.ALL');
    const failed = results.filter((result) => 'error' in result);
    assert.deepEqual([results.length, failed.length], [40, 0]);
  });

  it('keeps nothing else out meanwhile', async () => {
    const { another } = await house({ devices: MANY });
    const client = another({ maxQueue: 20 });
    await client.read('/29.000000000010/PIO.BYTE');
    const all = client.readAll('*/PIO.ALL');
    all.catch(() => undefined);
    for (let round = 0; round < 30; round += 1) {
      await client.write('/29.000000000010/PIO.BYTE', round);
      await client.ping();
    }
    await all;
  });
});

describe('a path with * and aliases', () => {
  const house = houses();

  it('is the name of the one device that is called just so', async () => {
    const devices = [
      { id: '28.000000000001', alias: 'sp*ce', values: { temperature: 1 } },
      { id: '28.000000000002', alias: 'space', values: { temperature: 2 } },
    ];
    const { client } = await house({ devices });
    const one = { '/28.000000000001/temperature': 1 };
    assert.deepEqual(byPath(await client.readAll('sp*ce/temperature')), one);
    const both = { ...one, '/28.000000000002/temperature': 2 };
    assert.deepEqual(byPath(await client.readAll('sp*e/temperature')), both);
  });

  const HIDDEN = [{ id: '28.000000000001', alias: 'simultaneous1', values: { temperature: 1 } }];

  it('shows the id of a device whose alias leads astray', async () => {
    const { client } = await house({ devices: HIDDEN });
    for (const pattern of ['*/temperature', 'sim*/temperature', '28.*/temperature'] as const) {
      assert.deepEqual(
        byPath(await client.readAll(pattern)),
        { '/28.000000000001/temperature': 1 },
        pattern,
      );
    }
  });

  it('matches such an alias by a pattern that leads astray itself', async () => {
    const devices = [
      { id: '28.000000000001', alias: 'text 1', values: { temperature: 1 } },
      { id: '28.000000000002', alias: 'alarm box', values: { temperature: 2 } },
      { id: '28.000000000003', alias: 'thermostat3', values: { temperature: 3 } },
      { id: '28.000000000004', alias: 'bus.stop', values: { temperature: 4 } },
    ];
    const { client } = await house({ devices });
    for (const [pattern, last] of [
      ['text*', 1],
      ['alarm*', 2],
      ['thermostat*', 3],
      ['thermo*3', 3],
      ['b*stop', 4],
    ] as const)
      assert.deepEqual(
        byPath(await client.readAll(`${pattern}/temperature`)),
        { [`/28.00000000000${last}/temperature`]: last },
        pattern,
      );
  });

  it('takes such an alias also where only the property is a pattern', async () => {
    const { client } = await house({ devices: HIDDEN });
    assert.equal((await client.read('simultaneous1/temperature')).value, 1);
    const results = await client.readAll('simultaneous1/temperatur*');
    assert.ok(results.some((result) => !('error' in result) && result.value === 1));
  });

  it('finds commas and letters of all kinds', async () => {
    const devices = [
      { id: '28.000000000001', alias: 'up, down', values: { temperature: 1 } },
      { id: '28.000000000002', alias: '台所', values: { temperature: 2 } },
      { id: '28.000000000003', alias: 'Küche', values: { temperature: 3 } },
    ];
    const { client } = await house({ devices });
    for (const [pattern, alias, value] of [
      ['up*down', 'up, down', 1],
      ['台*', '台所', 2],
      ['K*e', 'Küche', 3],
    ] as const) {
      const [only, ...more] = await client.readAll(`${pattern}/temperature`);
      assert.ok(only && !('error' in only) && more.length === 0);
      assert.deepEqual([only.alias, only.value], [alias, value]);
    }
  });
});

describe('a path with * that has no values', () => {
  const house = houses();
  const refused: [what: string, paths: Pattern[], id: OwError['id']][] = [
    ['no device', ['42.*/temperature', 'zz*/temperature', 'nobody/temp*'], 'patternNothing'],
    ['no such property', ['*/nothing', '01.*/temperature', '28.*/PIO.*'], 'patternNoProperty'],
    ['directories', ['*', '28.*', '28.*/errata', '1F.*', '1F.*/main', 'bus.*'], 'patternDirectory'],
    [
      'what is no device',
      ['/settings/*', '/settings/timeout/*', '/system/*/pid', '/structure/28/*', '/statistics/*'],
      'patternPlace',
    ],
  ];
  for (const [what, paths, id] of refused) {
    for (const path of paths) {
      it(`says so: ${path} matches ${what}`, async () => {
        const devices = [...HOUSE, { id: '1F.000000000007' }];
        const { client } = await house({ devices });
        const code =
          id === 'patternNothing' || id === 'patternNoProperty' ? 'EOW_ABSENT' : 'EOW_VALUE';
        for (const asked of [path, [path]]) {
          const error = await failsAlone(client.readAll(asked), code, id);
          assert.equal(error.path, `/${path.replace(/^\//, '')}`);
          wholeSentence(error);
        }
      });
    }
  }

  it('is refused by all that takes one place', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    const verbs = ['dir', 'devices', 'alarm', 'present', 'convert'] as const;
    for (const verb of verbs) {
      for (const path of ['28.*', '*', '/28.*/temperature', '/bus.*']) {
        const error = await fails(client[verb](path), 'EOW_VALUE', 'patternList');
        assert.equal(error.path, `/${path.replace(/^\//, '')}`);
        wholeSentence(error);
      }
    }
    assert.equal(simulator.requests.length, 0);
  });
});
