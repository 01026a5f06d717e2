import assert from 'node:assert/strict';
import { need } from '../support/need.js';
import { startOwserver, type Owserver } from '../support/owserver.js';
import { RawClient } from '../support/raw-client.js';
import { readAll, tree } from './compare.js';
import { bench, closeAll, T } from './world.js';

const FAMILIES = ['01', '05', '10', '12', '1D', '1F', '22', '26', '28', '29', '3A', '3B', '42'];
/** What keeps a switch out of alarm, as simulated adapters of owserver are. */
const QUIET: Readonly<Record<string, { por?: number; set_alarm?: number }>> = {
  '12': { set_alarm: 0 },
  '29': { por: 0 },
};
/** A device of every family that the simulator knows; owserver's tester makes another chip of the last. */
const DEVICES = [
  ...FAMILIES.map((family) => ({ id: `${family}.021000000000`, values: QUIET[family] ?? {} })),
  { id: '3B.00003BC40200', chip: 'MAX31850' as const },
];
const IDS = DEVICES.map(({ id }) => id);
/** Of family 7E the simulator knows these chips alone, each with a directory. */
const EDS = ['EDS0064', 'EDS0065', 'EDS0066', 'EDS0067', 'EDS0068'];

describe('the simulator against the real owserver', () => {
  need('owserver');
  let owserver: Owserver;
  let real: RawClient;
  before(async () => {
    owserver = await startOwserver({ args: [`--tester=${IDS.join(',')}`] });
    real = new RawClient(owserver.port);
  });
  after(async () => {
    real.socket.destroy();
    await owserver.stop();
  });
  afterEach(closeAll);

  it('describes every family with the same words', async () => {
    const { client } = await bench();
    for (const family of FAMILIES) {
      const path = `/structure/${family}`;
      const entries = await tree(real, path);
      assert.deepEqual(await tree(client, path), entries);
      assert.deepEqual(await readAll(client, entries), await readAll(real, entries));
    }
  });

  it('describes the sensors of family 7E that it knows with the same words', async () => {
    const { client } = await bench();
    const below = (paths: string[]): string[] => paths.filter((path) => !/\/EDS00[789]/.test(path));
    const entries = below(await tree(real, '/structure/7E'));
    assert.deepEqual(below(await tree(client, '/structure/7E')), entries);
    assert.deepEqual(await readAll(client, entries), await readAll(real, entries));
    for (const chip of EDS) assert.ok(entries.includes(`/structure/7E/${chip}/`), chip);
  });

  it('lists the properties of every device in the same order', async () => {
    const { client } = await bench({ devices: DEVICES });
    for (const id of IDS)
      assert.deepEqual(await tree(client, `/${id}`), await tree(real, `/${id}`));
  });

  it('tells by its serial alone what a device is, and how old its die', async () => {
    const { client } = await bench({ devices: DEVICES });
    const names = ['address', 'r_address', 'id', 'r_id', 'crc8', 'family', 'type'];
    const paths = IDS.flatMap((id) => names.map((name) => `/${id}/${name}`));
    const dies = ['10', '22', '28'].flatMap((family) =>
      ['000060000000', '000009000000', '600080000800', '0000A0000000', '021000000000'].map(
        (id) => `/bus.0/${family}.${id}/errata/die`,
      ),
    );
    const all = [...paths, ...dies];
    assert.deepEqual(await readAll(client, all), await readAll(real, all));
  });

  it('lists the root with the same devices, folders and class bits', async () => {
    const { client } = await bench({ devices: DEVICES });
    for (const flags of [0x104, 0x106]) {
      for (const path of ['/', '/bus.0', '/uncached', '/settings', '/simultaneous', '/alarm']) {
        const [ours, theirs] = [
          await client.ask(T.dirallslash, path, { flags }),
          await real.ask(T.dirallslash, path, { flags }),
        ];
        assert.deepEqual([ours.text, ours.words[5]], [theirs.text, theirs.words[5]], path);
      }
    }
  });
});

describe('the simulator with several buses against the real owserver', () => {
  need('owserver');
  let owserver: Owserver;
  let real: RawClient;
  const buses = [['01.021000000000', '1F.031000000000'], ['28.021000000000'], ['29.021000000000']];
  before(async () => {
    const args = buses.map((ids) => `--tester=${ids.join(',')}`);
    owserver = await startOwserver({ args });
    real = new RawClient(owserver.port);
  });
  after(async () => {
    real.socket.destroy();
    await owserver.stop();
  });
  afterEach(closeAll);

  it('lists the root, each bus and wrong buses alike', async () => {
    const devices = buses.flatMap((ids, bus) => ids.map((id) => ({ id, bus })));
    const { client } = await bench({ devices });
    const sorted = (text: string): string[] => text.replace(/\0$/, '').split(',').sort();
    for (const flags of [0x104, 0x106]) {
      for (const path of [
        '/',
        '/uncached',
        '/bus.0',
        '/uncached/bus.1',
        '/bus.2',
        '/bus.3',
        '/bus.0/bus.1',
        '/bus.1/settings',
        '/alarm/bus.1',
        '/bus.1/alarm',
      ]) {
        const [ours, theirs] = [
          await client.ask(T.dirallslash, path, { flags }),
          await real.ask(T.dirallslash, path, { flags }),
        ];
        assert.deepEqual(sorted(ours.text), sorted(theirs.text), path);
        assert.deepEqual(ours.words.slice(2), theirs.words.slice(2), path);
      }
    }
  });

  it('reads of any bus what needs no transfer, and what needs the bus only from the right one', async () => {
    const devices = buses.flatMap((ids, bus) => ids.map((id) => ({ id, bus })));
    const { client } = await bench({ devices });
    const paths = [
      '/bus.0/28.021000000000/type',
      '/bus.2/28.0F0F0F0F0F0F/family',
      '/bus.7/28.021000000000/type',
      '/28.0F0F0F0F0F0F/type',
      '/system/connections/count_current_buses',
    ];
    assert.deepEqual(await readAll(client, paths), await readAll(real, paths));
  });
});
