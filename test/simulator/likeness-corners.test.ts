import assert from 'node:assert/strict';
import { need } from '../support/need.js';
import { startOwserverOnBuses, type OwserverOnBuses } from '../support/bus/index.js';
import { startOwserver, type Owserver } from '../support/owserver.js';
import { RawClient } from '../support/raw-client.js';
import { exchange, readAll, requestOf, tree } from './compare.js';
import { bench, closeAll, T } from './world.js';

describe('the simulator in the corners of owserver', () => {
  need('owserver');
  const DEVICES = [{ id: '1D.021000000000' }];
  let owserver: Owserver;
  let real: RawClient;
  before(async () => {
    owserver = await startOwserver({ args: ['--tester=1D.021000000000'] });
    real = new RawClient(owserver.port);
  });
  after(async () => {
    real.socket.destroy();
    await owserver.stop();
  });
  afterEach(closeAll);

  it('knows the same names that are not listed', async () => {
    const { client } = await bench({ devices: DEVICES });
    const names = [
      '/1D.021000000000/counters',
      '/1D.021000000000/pages/counters.A',
      '/structure/1D/counters.A',
      '/structure/1D/counters.ALL',
      '/structure/1D/counters.0',
      '/bus.0/interface/settings/ds2404_found',
      '/interface/settings/ds2404_found',
    ];
    assert.deepEqual(await readAll(client, names), await readAll(real, names));
    for (const name of ['counters.A', 'counters.B', 'counters.ALL']) {
      const path = `/1D.021000000000/${name}`;
      const [ours, theirs] = [await client.ask(T.read, path), await real.ask(T.read, path)];
      assert.deepEqual(ours.words.slice(1), theirs.words.slice(1), path);
    }
  });

  it('says of return codes what owserver says, where it returns them', async () => {
    const { client } = await bench();
    const paths = [0, 1, 2, 5, 14, 19, 20, 21, 22, 30, 34, 42, 74, 90, 95, 98, 103, 211].map(
      (code) => `/settings/return_codes/text.${code}`,
    );
    assert.deepEqual(await readAll(client, paths), await readAll(real, paths));
  });

  it('answers requests of every type that hold nothing, and any version', async () => {
    const { simulator } = await bench();
    const types = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 42];
    for (const type of types) {
      const empty = requestOf(type);
      assert.deepEqual(
        await exchange(simulator.port, empty),
        await exchange(owserver.port, empty),
        `type ${type}`,
      );
    }
    for (const version of [0, 1, 0x10000, 0x20000, 0x7ffe0000]) {
      const { words, body } = requestOf(T.read, '/settings/timeout/volatile');
      const asked = { words: [version, ...words.slice(1)], body };
      assert.deepEqual(
        await exchange(simulator.port, asked),
        await exchange(owserver.port, asked),
        `version ${version}`,
      );
    }
  });
});

describe('the simulator with devices that owserver has no table for', () => {
  need('owserver');
  const ids = ['16', '44', '99', '00'].map((family) => `${family}.021000000000`);
  let owserver: Owserver;
  let real: RawClient;
  before(async () => {
    owserver = await startOwserver({ args: [`--tester=${ids.join(',')}`] });
    real = new RawClient(owserver.port);
  });
  after(async () => {
    real.socket.destroy();
    await owserver.stop();
  });
  afterEach(closeAll);

  it('lists and reads of them what their address tells, and nothing else', async () => {
    const { client } = await bench({ devices: ids.map((id) => ({ id })) });
    assert.deepEqual(await tree(client, '/'), await tree(real, '/'));
    const names = [
      'address',
      'r_address',
      'id',
      'r_id',
      'crc8',
      'family',
      'type',
      'alias',
      'locator',
    ];
    const paths = ids.flatMap((id) => names.map((name) => `/${id}/${name}`));
    const tables = ids.flatMap((id) =>
      ['', '/type'].map((of) => `/structure/${id.slice(0, 2)}${of}`),
    );
    const gone = ['/bus.0/99.0F0F0F0F0F0F/family', '/99.0F0F0F0F0F0F/family'];
    const all = [...paths, ...tables, ...gone];
    assert.deepEqual(await readAll(client, all), await readAll(real, all));
  });

  it('refuses those that owserver has one for', async () => {
    for (const family of ['21', 'A1', 'FF'])
      await assert.rejects(
        bench({ devices: [{ id: `${family}.021000000000` }] }),
        /no device here/,
      );
  });
});

describe('the simulator against owserver on a bus', () => {
  need('owserver');
  need('socat');
  const devices = ['28', '26', '1D', '29', '3A'].map((family) => ({
    id: `${family}.021000000000`,
  }));
  let running: OwserverOnBuses;
  let real: RawClient;
  before(async () => {
    const buses = [{ devices, byteMs: 0, conversionMs: 8 }];
    running = await startOwserverOnBuses({ buses });
    real = new RawClient(running.port);
  });
  after(async () => {
    real.socket.destroy();
    await running.stop();
  });
  afterEach(closeAll);

  /** The same from both: where the numbers differ only their places are compared. */
  const alike = async (client: RawClient, path: string, options: object): Promise<void> => {
    const [ours, theirs] = [
      await client.ask(T.read, path, options),
      await real.ask(T.read, path, options),
    ];
    const what = `${path} ${JSON.stringify(options)}`;
    assert.deepEqual(ours.words.slice(1), theirs.words.slice(1), what);
    if (!path.includes('page')) assert.equal(ours.text, theirs.text, what);
  };

  it('returns as much of .ALL as there is room for, or says that it is too little', async () => {
    const { client } = await bench({ devices });
    const sizes = {
      '1D.021000000000/counter.ALL': [1, 11, 12, 13, 14, 24, 25, 26],
      '29.021000000000/PIO.ALL': [1, 2, 3, 4, 13, 14, 15, 16],
      '3A.021000000000/PIO.ALL': [1, 2, 3, 4],
      '1D.021000000000/pages/page.ALL': [1, 32, 511, 512, 513],
      '26.021000000000/pages/page.ALL': [8, 63, 64],
      '29.021000000000/PIO.BYTE': [1, 11, 12],
    };
    for (const [path, all] of Object.entries(sizes))
      for (const size of [0, ...all])
        for (const flags of [0x104, 0x144]) await alike(client, `/${path}`, { size, flags });
    for (const offset of [1, 5, 13, 600])
      for (const path of Object.keys(sizes)) await alike(client, `/${path}`, { offset });
  });

  it('tells alike whether an old thermometer can be trimmed', async () => {
    const { client } = await bench({ devices });
    for (const name of ['die', 'trimblanket', 'trimvalid'])
      await alike(client, `/28.021000000000/errata/${name}`, {});
  });
});
