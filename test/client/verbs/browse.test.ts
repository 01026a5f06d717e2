import assert from 'node:assert/strict';
import type { BrowseEntry, OwserverClient } from '../../../client/index.js';
import type { Simulator } from '../../../simulator/index.js';
import { HOUSE, HUB, info, LIVING, RELAY, SHED, SWITCH } from './browsed-house.js';
import { houses, listings } from '../simulated.js';
import { fails } from '../support.js';

/** Kinds of the entries by name. */
function kinds(entries: readonly BrowseEntry[]): Record<string, BrowseEntry['kind']> {
  return Object.fromEntries(entries.map(({ name, kind }) => [name, kind]));
}

function devices(entries: readonly BrowseEntry[]): BrowseEntry[] {
  return entries.filter(({ kind }) => kind === 'device');
}

/** What was asked beside listings. */
function reads({ requests }: Simulator): string[] {
  return requests.filter(({ type }) => type === 'read').map(({ path }) => path);
}

describe('browsing shows', () => {
  const house = houses();

  it('devices with id, alias, family and type, in the order of the bus', async () => {
    const { client } = await house({ devices: HOUSE });
    const family = (id: string): string => id.slice(0, 2);
    const plain = (id: string, type: string): BrowseEntry => {
      const device = { id, family: family(id), type };
      return { path: `/${id}`, name: id, kind: 'device', device };
    };
    assert.deepEqual(devices(await client.browse()), [
      {
        path: `/${LIVING}`,
        name: 'living',
        kind: 'device',
        device: { id: LIVING, alias: 'living', family: '28', type: 'DS18B20' },
      },
      {
        path: `/${SHED}`,
        name: 'settingsX',
        kind: 'device',
        device: { id: SHED, alias: 'settingsX', family: '28', type: 'DS18B20' },
      },
      plain(SWITCH, 'DS2408'),
      plain(RELAY, 'DS2413'),
      plain('26.000000000006', 'DS2438'),
      plain(HUB, 'DS2409'),
    ]);
  });

  it('buses, and what owserver has itself, after the devices', async () => {
    const { client } = await house({ devices: [...HOUSE, { id: '28.00000000000B', bus: 1 }] });
    const entries = await client.browse();
    assert.ok(entries.slice(0, HOUSE.length).every(({ kind }) => kind === 'device'));
    const others = kinds(entries.slice(HOUSE.length));
    assert.deepEqual([others['bus.0'], others['bus.1']], ['bus', 'bus']);
    for (const name of ['settings', 'system', 'statistics', 'structure', 'alarm', 'uncached'])
      assert.equal(others[name], 'directory', name);
    const bare = await client.browse('/', { busReturn: false });
    assert.ok(bare.every(({ kind }) => kind === 'device'));
  });

  it('the devices of one bus, with its number', async () => {
    const { client } = await house({ devices: [...HOUSE, { id: '01.00000000000B', bus: 1 }] });
    const [only, ...more] = devices(await client.browse('/bus.1'));
    assert.deepEqual(
      [only?.path, only?.device?.bus, more.length],
      ['/bus.1/01.00000000000B', 1, 0],
    );
  });

  it('what is in the settings, without taking anything for a device', async () => {
    const { client } = await house({ devices: HOUSE });
    const settings = await client.browse('/settings');
    assert.equal(kinds(settings).timeout, 'directory');
    assert.deepEqual(devices(settings), []);
    assert.equal(await info(client, '/settings/timeout', 'volatile'), undefined);
    assert.deepEqual(devices(await client.browse('/structure')), []);
  });

  it('the branches of a coupler, and the devices behind it', async () => {
    const { client } = await house({ devices: HOUSE });
    const hub = kinds(await client.browse(`/${HUB}`));
    assert.deepEqual([hub.main, hub.aux, hub.type], ['directory', 'directory', 'property']);
    const behind = devices(await client.browse(`/${HUB}/main`));
    assert.deepEqual(
      behind.map(({ path, device }) => [path, device?.type]),
      [
        [`/${HUB}/main/10.000000000008`, 'DS18S20'],
        [`/${HUB}/main/28.000000000009`, 'DS18B20'],
      ],
    );
    assert.equal(devices(await client.browse(`/${HUB}/aux`)).length, 1);
    const larder = await info(client, `/${HUB}/main/larder`, 'temperature');
    assert.equal(larder?.unit, '°C');
  });

  it('ids in the format that was set', async () => {
    const { another } = await house({ devices: HOUSE });
    const client = another({ deviceFormat: 'fi' });
    const id = SWITCH.replace('.', '');
    const entry = (await client.browse()).find(({ device }) => device?.family === '29');
    assert.deepEqual([entry?.path, entry?.name, entry?.device?.id], [`/${id}`, id, id]);
    assert.equal((await info(client, `/${id}`, 'PIO.0'))?.kind, 'yesno');
  });

  it('a device by its id where its alias would lead elsewhere', async () => {
    const starred = { id: '28.00000000000C', alias: 'a*b', values: { temperature: 5 } };
    const { client } = await house({ devices: [...HOUSE, starred] });
    for (const name of ['settingsX', 'a*b']) {
      const entry = (await client.browse()).find((each) => each.name === name);
      const { path } = entry ?? assert.fail(name);
      assert.deepEqual([path, entry?.device?.alias], [`/${entry?.device?.id}`, name]);
      assert.equal((await info(client, path, 'temperature'))?.kind, 'temperature');
      assert.equal(typeof (await client.read(`${path}/temperature`)).value, 'number');
    }
    const typed = await client.browse('/settingsX');
    assert.ok(typed.some(({ path }) => path === `/${SHED}/temperature`));
  });

  it('devices in alarm, and those that are looked for on the bus', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    assert.equal(devices(await client.browse('/uncached')).length, HOUSE.length);
    simulator.device(LIVING).pull();
    assert.equal(devices(await client.browse('/', { source: 'cached' })).length, HOUSE.length);
    const fresh = devices(await client.browse('/', { source: 'uncached' }));
    assert.equal(fresh.length, HOUSE.length - 1);
    assert.ok(fresh.every(({ path }) => !path.includes('uncached')));
    assert.deepEqual(devices(await client.browse('/alarm')), []);
  });
});

describe('browsing a device tells of its properties', () => {
  const house = houses();
  let client: OwserverClient;
  beforeEach(async () => {
    ({ client } = await house({ devices: HOUSE }));
  });

  it('the kind, and the unit in the scale that was set', async () => {
    const read = { readable: true, writable: false };
    assert.deepEqual(await info(client, '/living', 'temperature'), {
      kind: 'temperature',
      unit: '°C',
      ...read,
    });
    const { another } = await house({ devices: HOUSE });
    const other = another({ temperatureScale: 'F' });
    assert.equal((await info(other, '/living', 'temperature'))?.unit, '°F');
    assert.deepEqual(await info(client, '/26.000000000006', 'VAD'), { kind: 'number', ...read });
    assert.deepEqual(await info(client, '/26.000000000006', 'date'), {
      kind: 'date',
      readable: true,
      writable: true,
    });
  });

  it('what can be read, what can be written', async () => {
    const access = async (name: string): Promise<unknown[]> => {
      const property = await info(client, `/${SWITCH}`, name);
      return [property?.readable, property?.writable];
    };
    assert.deepEqual(await access('PIO.0'), [true, true]);
    assert.deepEqual(await access('sensed.0'), [true, false]);
    assert.deepEqual(await access('out_of_testmode'), [false, true]);
  });

  it('how many values an array has, and the range of all its channels together', async () => {
    const yesNo = { kind: 'yesno', readable: true, writable: true };
    assert.deepEqual(await info(client, `/${SWITCH}`, 'PIO.ALL'), { ...yesNo, count: 8 });
    assert.deepEqual(await info(client, `/${SWITCH}`, 'PIO.7'), yesNo);
    const whole = { ...yesNo, kind: 'whole', min: 0 };
    assert.deepEqual(await info(client, `/${SWITCH}`, 'PIO.BYTE'), { ...whole, max: 255 });
    assert.deepEqual(await info(client, `/${RELAY}`, 'PIO.BYTE'), { ...whole, max: 3 });
    assert.equal((await info(client, `/${RELAY}`, 'PIO.A'))?.kind, 'yesno');
  });

  it('the range of whole numbers, and the length of texts and memory', async () => {
    const resolution = await info(client, '/living', 'tempres');
    assert.deepEqual([resolution?.min, resolution?.max], [0, 4_294_967_295]);
    assert.equal((await info(client, '/living', 'alias'))?.length, 256);
    const memory = await info(client, '/living', 'scratchpad');
    assert.deepEqual([memory?.kind, memory?.length], ['binary', 9]);
  });

  it('those in its directories too', async () => {
    assert.equal(kinds(await client.browse('/living')).errata, 'directory');
    assert.equal((await info(client, '/living/errata', 'trim'))?.kind, 'whole');
    const pages = await info(client, '/26.000000000006/pages', 'page.ALL');
    assert.deepEqual([pages?.kind, pages?.count], ['binary', 8]);
  });
});

describe('browsing asks for', () => {
  const house = houses();

  for (const [what, path] of [
    ['the top', '/'],
    ['a bus', '/bus.0'],
    ['a device', `/${SWITCH}`],
    ['a device by its alias', '/living'],
    ['a device by an alias that leads astray', '/settingsX'],
    ['a directory of a device', '/living/errata'],
    ['a coupler', `/${HUB}`],
    ['a branch', `/${HUB}/main`],
    ['a device on a branch', `/${HUB}/main/larder`],
    ['the settings', '/settings'],
  ] as const) {
    it(`one listing for ${what}`, async () => {
      const { client, simulator } = await house({ devices: HOUSE });
      const first = await client.browse(path);
      assert.equal(listings(simulator).length, 1, listings(simulator).join(' '));
      const before = simulator.requests.length;
      assert.deepEqual(await client.browse(path), first);
      const again = simulator.requests.slice(before).map(({ type, path: asked }) => type + asked);
      assert.equal(listings(simulator).length, 2);
      assert.ok(again.length <= 2, `the second time ${again.join(' ')}`);
    });
  }

  it('one listing, a type for each family and the aliases at the top of a bus of 200', async () => {
    const families = ['28', '29', '3A', '10', '01', '05', '12', '1D', '26', '42'];
    const many = Array.from({ length: 200 }, (_, at) => ({
      id: `${families[at % families.length] ?? ''}.${String(at).padStart(12, '0')}`,
      ...(at % 7 === 0 && { alias: `name ${at}` }),
    }));
    const { client, simulator } = await house({ devices: many });
    assert.equal(devices(await client.browse()).length, 200);
    const asked = reads(simulator);
    assert.equal(simulator.requests.length, 1 + asked.length);
    assert.deepEqual(listings(simulator), ['/']);
    assert.deepEqual(
      asked.filter((path) => !path.endsWith('/type')),
      ['/settings/alias/list'],
    );
    assert.ok(asked.length <= 1 + families.length, asked.join(' '));
  });

  it('the table of a property once, also of an array, and once for a family', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    await client.browse('/living');
    await client.browse(`/${SWITCH}`);
    const tables = reads(simulator).filter((path) => path.startsWith('/structure/'));
    assert.deepEqual([...new Set(tables)].sort(), [...tables].sort());
    assert.ok(tables.includes('/structure/29/PIO.0') && !tables.includes('/structure/29/PIO.1'));
    const before = tables.length;
    await client.browse(`/${SHED}`);
    const after = reads(simulator).filter((path) => path.startsWith('/structure/'));
    assert.equal(after.length, before);
  });

  it('no more at a time than may wait', async () => {
    const { another } = await house({ devices: HOUSE });
    const client = another({ maxQueue: 1, connections: 1 });
    assert.ok((await client.browse('/living')).length > 20);
    assert.equal(devices(await client.browse()).length, HOUSE.length);
  });
});

describe('browsing an owserver that', () => {
  const house = houses();

  it('refuses DIRALL and DIRALLSLASH shows the same of devices', async () => {
    const { client: plain } = await house({ devices: HOUSE });
    const { client, simulator } = await house({ devices: HOUSE, switches: { noDirall: true } });
    for (const path of ['/living', `/${SWITCH}`, `/${HUB}`, '/living/errata', `/${HUB}/main`])
      assert.deepEqual(await client.browse(path), await plain.browse(path), path);
    const tried = simulator.requests.filter(({ type }) => type.startsWith('dirall'));
    assert.ok(tried.length <= 2);
    const top = await client.browse();
    assert.equal(devices(top).length, HOUSE.length);
    assert.equal(kinds(top).settings, 'directory');
  });

  it('has no tables shows names without kinds, and asks for one table', async () => {
    const { client, simulator } = await house({ devices: HOUSE, switches: { noStructure: true } });
    const entries = await client.browse('/living');
    assert.deepEqual(kinds(entries).temperature, 'property');
    assert.deepEqual(kinds(entries).errata, 'directory');
    assert.ok(entries.every(({ property }) => property === undefined));
    assert.equal(reads(simulator).filter((path) => path.startsWith('/structure/')).length, 1);
    assert.equal(await client.describe('/living/temperature'), undefined);
  });

  it('has neither shows branches as directories', async () => {
    const switches = { noStructure: true, noDirall: true };
    const { client } = await house({ devices: HOUSE, switches });
    const hub = kinds(await client.browse(`/${HUB}`));
    assert.deepEqual([hub.main, hub.aux, hub.type], ['directory', 'directory', 'property']);
    assert.equal(devices(await client.browse(`/${HUB}/main`)).length, 2);
  });
});

describe('browsing is refused', () => {
  const house = houses();

  it('for a pattern, a path that cannot be, and what is not there', async () => {
    const { client, simulator } = await house({ devices: HOUSE });
    await fails(client.browse('28.*'), 'EOW_VALUE', 'patternList');
    await fails(client.browse('/a\0b'), 'EOW_VALUE', 'pathNul');
    await fails(client.browse('  '), 'EOW_VALUE', 'noPath');
    await fails(client.browse(`/${'a'.repeat(5_000)}`), 'EOW_VALUE', 'pathLong');
    assert.equal(simulator.requests.length, 0);
    for (const path of ['/28.0F0F0F0F0F0F', '/nobody', '/../living/nothing'])
      assert.equal((await fails(client.browse(path), 'EOW_ABSENT')).path, path);
    const leaf = await fails(client.browse('/living/temperature'), 'EOW_RETURN');
    assert.equal(leaf.ret, -20);
  });
});
