import assert from 'node:assert/strict';
import { houses, type House } from '../simulated.js';
import { fails, failsAlone, wholeSentence } from '../support.js';

const SENSOR = { id: '28.5D5A4A030000', values: { temperature: 21 } };
const LIGHT = {
  id: '7E.3158A35A255D',
  chip: 'EDS0067' as const,
  values: { 'EDS0067/threshold/light_hi ': 700, 'EDS0067/threshold/light_low': 3 },
};

describe('an id as the Linux kernel writes it', () => {
  const house = houses();
  const KERNEL = '28-0000034a5a5d';

  const verbs: [name: string, act: (house: House) => Promise<unknown>, answer: unknown][] = [
    ['read', ({ client }) => client.read(`${KERNEL}/temperature`).then((r) => r.value), 21],
    [
      'read',
      ({ client }) =>
        client.read(`/uncached/${KERNEL.toUpperCase()}/temperature`).then((r) => r.id),
      SENSOR.id,
    ],
    [
      'write',
      ({ client }) => client.write(`/bus.0/${KERNEL}/temphigh`, 30).then((w) => w.id),
      SENSOR.id,
    ],
    ['present', ({ client }) => client.present(KERNEL), true],
    [
      'dir',
      ({ client }) =>
        client.dir(KERNEL).then((paths) => paths.includes(`/${SENSOR.id}/temperature`)),
      true,
    ],
    [
      'browse',
      ({ client }) =>
        client.browse(KERNEL).then((all) => all.some(({ name }) => name === 'temperature')),
      true,
    ],
    [
      'describe',
      ({ client }) => client.describe(`${KERNEL}/temperature`).then((p) => p?.unit),
      '°C',
    ],
    [
      'read a pattern',
      ({ client }) =>
        client
          .readAll('28-0000034*/temperature')
          .then((all) => all.map((r) => ('error' in r ? r.error : r.value))),
      [21],
    ],
    [
      'read a pattern below it',
      ({ client }) => client.readAll(`${KERNEL}/templ*`).then((all) => all.length),
      1,
    ],
  ];
  for (const [name, act, answer] of verbs)
    it(`is understood: ${name}`, async () => {
      assert.deepEqual(await act(await house({ devices: [SENSOR] })), answer);
    });

  it('behind a coupler, too', async () => {
    const { client } = await house({ devices: [{ id: '1F.000000000004', main: [SENSOR] }] });
    const { value } = await client.read(`1f-040000000000/main/${KERNEL}/temperature`);
    assert.equal(value, 21);
    assert.equal((await client.devices('1f-040000000000/main')).length, 1);
  });
});

describe('a path of the file system', () => {
  const house = houses();

  it('is refused with what to write instead, by all that take a path, before anything is sent', async () => {
    const { client, simulator } = await house({ devices: [SENSOR] });
    const path = `/mnt/1wire/${SENSOR.id}/temperature`;
    const asked = [
      client.read(path),
      client.write(path, 1),
      client.dir(path),
      client.devices(path),
      client.browse(path),
      client.present(path),
      client.describe(path),
    ].map((each) => fails(each, 'EOW_VALUE', 'pathMount'));
    asked.push(failsAlone(client.readAll(`${path}*`), 'EOW_VALUE', 'pathMount'));
    for (const each of asked) {
      const error = await each;
      assert.ok(error.message.includes(`write /${SENSOR.id}/temperature`), error.message);
      wholeSentence(error);
    }
    assert.equal(simulator.requests.length, 0);
  });
});

describe('a property whose name ends in a blank', () => {
  const house = houses();
  const NAME = `/${LIGHT.id}/EDS0067/threshold/light_hi `;

  it('is read and written by its name', async () => {
    const { client } = await house({ devices: [LIGHT] });
    const reading = await client.read(NAME);
    assert.deepEqual([reading.value, reading.path, reading.property], [700, NAME, NAME.slice(17)]);
    const written = await client.write(NAME, 800);
    assert.deepEqual([written.path, written.size], [NAME, 3]);
    assert.equal((await client.read(NAME, { source: 'uncached' })).value, 800);
    assert.equal((await client.describe(NAME))?.kind, 'whole');
  });

  it('is found in a list, by a pattern, in listings and while browsing', async () => {
    const { client } = await house({ devices: [LIGHT] });
    for (const path of [NAME, '7E.*/EDS0067/threshold/light_hi ', '7E.*/*/threshold/light_h*']) {
      const [first, ...more] = await client.readAll([path]);
      assert.ok(first && !('error' in first), path);
      assert.deepEqual([first.path, first.value, more.length], [NAME, 700, 0]);
    }
    assert.ok((await client.dir(`/${LIGHT.id}`, { depth: 3 })).includes(NAME));
    const entries = await client.browse(`/${LIGHT.id}/EDS0067/threshold`);
    assert.ok(entries.some(({ path, property }) => path === NAME && property?.writable));
  });

  it('fails as the path with the blank', async () => {
    const { client, simulator } = await house({ devices: [LIGHT] });
    simulator.addFault({ path: NAME, times: 2, then: { ret: -5 } });
    const [failed] = await client.readAll([NAME]);
    assert.ok(failed && 'error' in failed);
    assert.deepEqual([failed.path, failed.error.path], [NAME, NAME]);
    const [matched] = await client.readAll('7E.*/EDS0067/threshold/light_hi ');
    assert.deepEqual(matched && 'error' in matched && matched.path, NAME);
  });

  it('is not what a blank means that somebody typed behind another name', async () => {
    const { client, simulator } = await house({ devices: [LIGHT, SENSOR] });
    for (const typed of [
      `/${LIGHT.id}/EDS0067/threshold/light_low  `,
      `/${SENSOR.id}/temperature \n`,
    ]) {
      const { path } = await client.read(typed);
      assert.equal(path, typed.trim());
    }
    await client.read(`/${SENSOR.id}/templow `);
    const before = simulator.requests.length;
    await client.read(`/${SENSOR.id}/templow `);
    assert.equal(simulator.requests.length, before + 1);
  });
});

describe('a reading says that it may come of the cache', () => {
  const house = houses();
  const cases: [path: string, cached: boolean][] = [
    [`/${SENSOR.id}/temperature`, true],
    [`/bus.0/${SENSOR.id}/temperature`, true],
    [`/unaliased/${SENSOR.id}/temperature`, true],
    ['/hall/temperature', true],
    [`/uncached/${SENSOR.id}/temperature`, false],
    [`/Uncached/${SENSOR.id}/temperature`, false],
    [`/bus.0/uncached/${SENSOR.id}/temperature`, false],
    [`/text/uncached/${SENSOR.id}/temperature`, false],
    ['/uncached/hall/temperature', false],
    [`/1F.000000000004/main/uncached/28.000000000005/temperature`, false],
    ['/settings/timeout/volatile', false],
    ['/system/process/pid', false],
  ];
  for (const [path, cached] of cases)
    it(`${cached ? 'for' : 'but not for'} ${path}`, async () => {
      const devices = [
        { ...SENSOR, alias: 'hall' },
        { id: '1F.000000000004', main: [{ id: '28.000000000005' }] },
      ];
      const { client } = await house({ devices });
      assert.equal((await client.read(path)).cached, cached);
      const [listed] = await client.readAll([path]);
      assert.equal(listed && 'cached' in listed && listed.cached, cached);
    });
});

describe('the alias of a device that is asked for by its id', () => {
  const house = houses();
  const devices = [{ ...SENSOR, alias: 'hall' }, { id: '28.000000000002' }];
  const PATH = `/${SENSOR.id}/temperature`;
  const ATTIC = Buffer.from('attic');
  const lists = ({ simulator }: House): number =>
    simulator.requests.filter(({ path }) => path === '/settings/alias/list').length;

  it('is told by each reading and write, and costs one message for all', async () => {
    const home = await house({ devices });
    const { client } = home;
    for (let round = 0; round < 3; round += 1)
      assert.equal((await client.read(PATH)).alias, 'hall');
    assert.equal((await client.write(`/${SENSOR.id}/temphigh`, 30)).alias, 'hall');
    assert.equal((await client.read('/28.000000000002/temperature')).alias, undefined);
    assert.equal(lists(home), 1);
    const [matched] = await client.readAll('28.5*/temperature');
    assert.equal(matched && 'alias' in matched && matched.alias, 'hall');
  });

  it('is fetched again in the background, five minutes later', async () => {
    const home = await house({ devices });
    const { client, another } = home;
    const clock = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => clock() + ahead;
    try {
      await client.read(PATH);
      await another().message({ type: 'write', path: `/${SENSOR.id}/alias`, data: ATTIC });
      ahead = 290_000;
      await client.read(PATH);
      assert.equal(lists(home), 1);
      ahead = 301_000;
      // This one does not wait for the new list.
      assert.equal((await client.read(PATH)).alias, 'hall');
      let { alias } = await client.read(PATH);
      for (let round = 0; round < 100 && alias !== 'attic'; round += 1)
        ({ alias } = await client.read(PATH));
      assert.equal(alias, 'attic');
      assert.equal(lists(home), 2);
    } finally {
      performance.now = clock;
    }
  });

  it('is new at once when it was written here', async () => {
    const { client } = await house({ devices });
    assert.equal((await client.read(PATH)).alias, 'hall');
    await client.write(`/${SENSOR.id}/alias`, 'attic');
    assert.equal((await client.read(PATH)).alias, 'attic');
    await client.write(`/${SENSOR.id}/alias`, '');
    assert.equal((await client.read(PATH)).alias, undefined);
  });

  it('is left out when owserver cannot tell it, or not in time', async () => {
    const { client, simulator } = await house({ devices });
    simulator.addFault({ path: '/settings/alias/list', then: 'hold' });
    const { alias, value } = await client.read(PATH);
    assert.deepEqual([alias, value], [undefined, 21]);
  });
});
