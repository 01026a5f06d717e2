import assert from 'node:assert/strict';
import type { RecordedRequest } from '../../../simulator/server/recorder.js';
import { answer, type FakeRequest, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { byPath, houses, listings, type House, type Pattern } from '../simulated.js';
import { failsAlone, turn, watch, world } from '../support.js';

const SENSORS = [
  { id: '28.000000000001', values: { temperature: 1 } },
  { id: '28.000000000002', values: { temperature: 2 } },
  { id: '29.000000000003' },
];
const NEW = { id: '28.000000000009', values: { temperature: 9 } };
const PATTERN = '28.*/temperature';
const BOTH = { '/28.000000000001/temperature': 1, '/28.000000000002/temperature': 2 };
const ALL = { ...BOTH, '/28.000000000009/temperature': 9 };

describe('the list of devices that paths with * are looked up in', () => {
  const house = houses();

  const ofTrunk = ({ simulator }: House): number =>
    listings(simulator).filter((path) => path === '/').length;

  it('is asked for once, however many paths are read, at once or later', async () => {
    const home = await house({ devices: SENSORS });
    const patterns: Pattern[] = [PATTERN, '*/temperature', '29.*/PIO.ALL', '29.*/PIO.*'];
    await Promise.all(patterns.map((pattern) => home.client.readAll(pattern)));
    await home.client.readAll(patterns);
    await home.client.writeAll('29.*/PIO.0', 1);
    assert.equal(ofTrunk(home), 1);
  });

  it('is kept of each branch too', async () => {
    const devices = [...SENSORS, { id: '1F.000000000004', main: [{ id: '28.000000000005' }] }];
    const { client, simulator } = await house({ devices });
    for (let round = 0; round < 3; round += 1)
      assert.equal((await client.readAll(PATTERN)).length, 3);
    const coupler = '/1F.000000000004';
    const places = listings(simulator).filter((path) => path === '/' || path.startsWith(coupler));
    assert.deepEqual(places, ['/', `${coupler}/main`, `${coupler}/aux`]);
  });

  it('costs nothing: reading it again takes one request for each value', async () => {
    const { client, simulator } = await house({ devices: SENSORS });
    await client.readAll(PATTERN);
    const before = simulator.requests.length;
    await client.readAll(PATTERN);
    assert.deepEqual(
      simulator.requests
        .slice(before)
        .map(({ type, path }) => `${type} ${path}`)
        .sort(),
      Object.keys(BOTH).map((path) => `read ${path}`),
    );
  });

  const again: [when: string, act: (home: House) => Promise<unknown>][] = [
    [
      'a device was missed, and was there again',
      async ({ client, simulator }) => {
        simulator.device('28.000000000001').pull();
        const results = await client.readAll(PATTERN, { source: 'uncached' });
        assert.equal(byPath(results)['/28.000000000001/temperature'], 'EOW_ABSENT');
        simulator.device('28.000000000001').plug();
        await client.read('/28.000000000001/temperature', { source: 'uncached' });
      },
    ],
    [
      'the connection was lost',
      async ({ client, simulator }) => {
        const lost = watch(client).next('disconnected');
        simulator.dropConnections();
        await lost;
      },
    ],
  ];
  /** Reads all sensors, and waits for the listing that this takes or leads to. */
  async function readAnew({ client, simulator }: House): Promise<void> {
    const last = simulator.requests.at(-1)?.number ?? 0;
    const isListing = ({ number, type, path }: RecordedRequest): boolean =>
      number > last && type.startsWith('dir') && path === '/';
    await Promise.all([client.readAll(PATTERN), simulator.waitFor(isListing)]);
  }

  for (const [when, act] of again) {
    it(`is asked for again after ${when}`, async () => {
      const home = await house({ devices: SENSORS });
      assert.deepEqual(byPath(await home.client.readAll(PATTERN)), BOTH);
      await act(home);
      await readAnew(home);
      const before = ofTrunk(home);
      assert.deepEqual(byPath(await home.client.readAll(PATTERN)), BOTH);
      assert.equal(ofTrunk(home), before);
    });
  }

  it('shows a new device after a listing, and a new name after that was written', async () => {
    let now = 1_000_000;
    const { client, simulator } = await house({ devices: SENSORS, now: () => now });
    assert.deepEqual(byPath(await client.readAll(PATTERN)), BOTH);
    simulator.add(NEW);
    now += 61_000;
    assert.deepEqual(byPath(await client.readAll(PATTERN)), BOTH);
    await client.devices();
    assert.deepEqual(byPath(await client.readAll(PATTERN)), ALL);
    await client.write('/28.000000000009/alias', 'attic');
    assert.deepEqual(byPath(await client.readAll('att*/temperature')), {
      '/28.000000000009/temperature': 9,
    });
    await client.write('/attic/alias', 'loft');
    await failsAlone(client.readAll('att*/temperature'), 'EOW_ABSENT', 'patternNothing');
    assert.deepEqual(byPath(await client.readAll('l*t/temperature')), {
      '/28.000000000009/temperature': 9,
    });
  });

  it('is made anew once when a device is missed, however often that is missed', async () => {
    const home = await house({ devices: SENSORS });
    await home.client.readAll(PATTERN);
    home.simulator.device('28.000000000001').pull();
    const results = await home.client.readAll(PATTERN, { source: 'uncached' });
    assert.equal(byPath(results)['/28.000000000001/temperature'], 'EOW_ABSENT');
    await readAnew(home);
    const left = { '/28.000000000002/temperature': 2 };
    assert.deepEqual(byPath(await home.client.readAll(PATTERN)), left);
    const [gone, here] = Object.keys(BOTH);
    for (let round = 0; round < 3; round += 1) {
      await home.client.readAll([gone!, here!], { source: 'uncached' });
      assert.deepEqual(byPath(await home.client.readAll(PATTERN)), left);
    }
    assert.equal(ofTrunk(home), 2);
  });

  it('is made anew once, too, when a device is missed that is written to', async () => {
    const devices = [...SENSORS, { id: '29.000000000004' }];
    const home = await house({ devices });
    const write = () => home.client.writeAll('29.*/PIO.0', 1);
    assert.equal((await write()).length, 2);
    home.simulator.device('29.000000000003').pull();
    const [missed] = await write();
    assert.ok(missed && 'error' in missed);
    // Nobody waits for the look at the device, nor for the search after it.
    while ((await write()).length !== 1) await turn();
    assert.equal(ofTrunk(home), 2);
  });

  const shown: [by: string, list: (home: House) => Promise<unknown>][] = [
    ['devices()', ({ client }) => client.devices('/', { source: 'uncached' })],
    ['devices() of one family', ({ client }) => client.devices('/', { family: '29' })],
    ['browse()', ({ client }) => client.browse('/')],
  ];
  for (const [by, list] of shown) {
    it(`is what ${by} has shown, and not asked for`, async () => {
      let now = 1_000_000;
      const home = await house({ devices: SENSORS, now: () => now });
      assert.deepEqual(byPath(await home.client.readAll(PATTERN)), BOTH);
      home.simulator.add(NEW);
      now += 61_000;
      await list(home);
      for (let round = 0; round < 2; round += 1)
        assert.deepEqual(byPath(await home.client.readAll(PATTERN)), ALL);
      assert.equal(ofTrunk(home), 2);
    });
  }

  it('is what devices() has shown before any pattern was read', async () => {
    const home = await house({ devices: SENSORS });
    await home.client.devices();
    assert.deepEqual(byPath(await home.client.readAll(PATTERN)), BOTH);
    assert.equal(ofTrunk(home), 1);
  });

  it('is asked for again after dir() when that shows others, and only then', async () => {
    const home = await house({ devices: SENSORS });
    await home.client.readAll(PATTERN);
    await home.client.dir('/', { source: 'uncached' });
    await home.client.readAll(PATTERN);
    assert.equal(ofTrunk(home), 2);
    home.simulator.add(NEW);
    await home.client.dir('/', { source: 'uncached' });
    assert.deepEqual(byPath(await home.client.readAll(PATTERN)), ALL);
    assert.equal(ofTrunk(home), 4);
  });

  it('is not asked for again after another directory was listed', async () => {
    const home = await house({ devices: SENSORS });
    await home.client.readAll(PATTERN);
    await home.client.dir('/28.000000000001');
    await home.client.browse('/29.000000000003');
    await home.client.devices('/bus.0');
    await home.client.readAll(PATTERN);
    assert.equal(ofTrunk(home), 1);
  });

  it('is not what owserver has in its cache from before a device was plugged in', async () => {
    let now = 1_000_000;
    const home = await house({ devices: SENSORS, now: () => now });
    await home.client.devices();
    home.simulator.add(NEW);
    now += 1_000;
    assert.deepEqual(byPath(await home.another().readAll(PATTERN)), ALL);
  });

  it('is believed for an hour, and no longer', async () => {
    const home = await house({ devices: SENSORS });
    const clock = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => clock() + ahead;
    try {
      await home.client.readAll(PATTERN);
      ahead = 3_590_000;
      await home.client.readAll(PATTERN);
      assert.equal(ofTrunk(home), 1);
      ahead = 3_601_000;
      await readAnew(home);
      assert.equal(ofTrunk(home), 2);
    } finally {
      performance.now = clock;
    }
  });

  it('is not kept when it could not be had', async () => {
    const { client, simulator } = await house({ devices: SENSORS });
    simulator.addFault({ path: '/', type: 'dirallslash', then: { ret: -5 } });
    const both = [client.readAll(PATTERN), client.readAll('29.*/type')];
    const errors = await Promise.all(both.map((read) => failsAlone(read, 'EOW_RETURN')));
    assert.deepEqual(
      errors.map(({ path, ret }) => [path, ret]),
      [
        ['/28.*/temperature', -5],
        ['/29.*/type', -5],
      ],
    );
    assert.deepEqual(byPath(await client.readAll(PATTERN)), BOTH);
  });

  it('that somebody waited for too long is still answered to those who came later', async () => {
    const { another, simulator } = await house({ devices: SENSORS });
    const client = another({ requestTimeoutMs: 800 });
    await client.ping();
    simulator.addFault({ path: '/', type: 'dirallslash', then: 'hold' });
    const hasty = failsAlone(client.readAll(PATTERN), 'EOW_TIMEOUT');
    const late = new Promise((resolve) => setTimeout(resolve, 400)).then(() =>
      client.readAll(PATTERN),
    );
    late.catch(() => undefined);
    await hasty;
    simulator.release();
    assert.deepEqual(byPath(await late), BOTH);
  });
});

describe('the table of a family that properties with * are looked up in', () => {
  const house = houses();

  it('that somebody waited for too long is still answered to those who came later', async () => {
    const { another, simulator } = await house({ devices: SENSORS });
    const client = another({ requestTimeoutMs: 800 });
    await client.devices();
    simulator.addFault({ path: '/structure/28', type: 'dirallslash', then: 'hold' });
    const hasty = failsAlone(client.readAll('28.*1/temph*'), 'EOW_TIMEOUT');
    const late = new Promise((resolve) => setTimeout(resolve, 400)).then(() =>
      client.readAll('28.*1/templ*'),
    );
    await hasty;
    simulator.release();
    assert.deepEqual(Object.keys(byPath(await late)), ['/28.000000000001/templow']);
  });
});

describe('a path with *', () => {
  const house = houses();
  const { server, client } = world();

  it('works with an owserver that lists by DIR alone', async () => {
    const devices = [
      ...SENSORS,
      { id: '28.000000000004', alias: 'hall', values: { temperature: 4 } },
      { id: '1F.000000000005', main: [{ id: '28.000000000006', values: { temperature: 6 } }] },
    ];
    const home = await house({ devices, switches: { noDirall: true } });
    const sensors = {
      ...BOTH,
      '/28.000000000004/temperature': 4,
      '/1F.000000000005/main/28.000000000006/temperature': 6,
    };
    assert.deepEqual(byPath(await home.client.readAll(PATTERN)), sensors);
    assert.equal((await home.client.readAll('29.*/PIO.*')).length, 8);
    assert.equal((await home.client.readAll('hall/temp*s')).length, 1);
    assert.equal((await home.client.readAll('28.*1/errata/*')).length, 4);
    const onBus = Object.keys(byPath(await home.client.readAll('bus.*/28.*/temperature')));
    assert.deepEqual(
      onBus,
      Object.keys(sensors).map((path) => `/bus.0${path}`),
    );
    await failsAlone(home.client.readAll('28.*/errata'), 'EOW_VALUE', 'patternDirectory');
  });

  it('keeps every device that matches where owserver has no tables', async () => {
    const home = await house({ devices: SENSORS, switches: { noStructure: true } });
    const results = await home.client.readAll('*/temperature', { value: 'text' });
    assert.deepEqual(byPath(results), {
      '/28.000000000001/temperature': '           1',
      '/28.000000000002/temperature': '           2',
      '/29.000000000003/temperature': 'EOW_ABSENT',
    });
    assert.equal((await home.client.writeAll('29.*/PIO.ALL', '1,1,1,1,0,0,0,0')).length, 1);
    assert.equal((await home.client.readAll('29.*/PIO.*')).length, 8);
    await failsAlone(home.client.readAll('29.*/nothing*'), 'EOW_ABSENT');
  });

  /** Lists a thermometer and a device of a family that owserver does not know. */
  const strange: Script = (request: FakeRequest) => {
    const { type, path, reply } = request;
    if (type === 9 && path === '/') reply(wire.listing('/28.000000000001/,/77.000000000002/'));
    else if (type === 9 && path === '/structure/28')
      reply(wire.listing(`${path}/temperature,${path}/family`));
    else if (type === 9) reply(wire.errorReply(-1));
    else if (/^\/structure\/28\/(temperature|family)$/.test(path))
      reply(wire.reply('t,000000,000001,ro,000012,v,'));
    else if (path.startsWith('/77.')) reply(wire.errorReply(-1));
    else if (path.endsWith('/temperature')) reply(wire.reply('        21.5'));
    else answer(request);
  };

  it('of properties costs nothing when a family is there that owserver does not know', async () => {
    const owserver = await server(strange);
    const values = byPath(await client(owserver).readAll('*/temp*'));
    assert.equal(values['/28.000000000001/temperature'], 21.5);
  });

  it('goes on to keep its list when a family is there that owserver does not know', async () => {
    const owserver = await server(strange);
    const busy = client(owserver);
    for (let round = 0; round < 3; round += 1) await busy.readAll('*/temperature');
    await busy.ping();
    const lists = owserver.requests.filter(({ type, path }) => type === 9 && path === '/');
    assert.equal(lists.length, 1);
  });

  it('asks for the tables of a family once', async () => {
    const { client: other, simulator } = await house({ devices: SENSORS });
    await Promise.all(['28.*/temp*', '28.*/e*/*', '28.*/f*'].map((path) => other.readAll([path])));
    await other.readAll('28.*/t*');
    await turn();
    const tables = listings(simulator).filter((path) => path.startsWith('/structure'));
    assert.deepEqual(tables, ['/structure/28', '/structure/28/errata']);
  });
});
