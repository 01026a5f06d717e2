import assert from 'node:assert/strict';
import type { DeviceDefinition } from '../../simulator/index.js';
import { need } from '../support/need.js';
import { startOwserver, type Owserver } from '../support/owserver.js';
import { RawClient } from '../support/raw-client.js';
import { readAll } from './compare.js';
import { bench, closeAll, T } from './world.js';

const quiet = (id: string): NonNullable<DeviceDefinition['values']> =>
  id.startsWith('29') ? { por: 0 } : {};

describe('the simulator in front of other owservers against the real owserver', () => {
  need('owserver');
  const buses = [['1D.021000000000'], ['28.021000000000', '29.021000000000'], ['01.021000000000']];
  let owservers: Owserver[];
  let real: RawClient;
  before(async () => {
    const [own = [], ...others] = buses;
    const tester = (ids: readonly string[]): string => `--tester=${ids.join(',')}`;
    owservers = await Promise.all(others.map((ids) => startOwserver({ args: [tester(ids)] })));
    const behind = owservers.flatMap(({ port }) => ['-s', `127.0.0.1:${port}`]);
    const front = await startOwserver({ args: [tester(own), ...behind] });
    owservers.push(front);
    real = new RawClient(front.port);
  });
  after(async () => {
    real.socket.destroy();
    await Promise.all(owservers.map((each) => each.stop()));
  });
  afterEach(closeAll);
  const simulated = () =>
    bench({
      // Of simulated adapters of owserver nothing is ever in alarm.
      devices: buses.flatMap((ids, bus) => ids.map((id) => ({ id, bus, values: quiet(id) }))),
      remotes: [1, 2],
    });

  it('lists every bus, and hands on only what follows it at the beginning', async () => {
    const { client } = await simulated();
    const sorted = (text: string): string[] => text.replace(/\0$/, '').split(',').sort();
    for (const flags of [0x104, 0x106])
      for (const path of [
        '/',
        '/unaliased',
        '/bus.0',
        '/bus.1',
        '/bus.2',
        '/bus.1/unaliased',
        '/bus.1/uncached',
        '/bus.1/bus.0',
        '/bus.1/bus.0/unaliased',
        '/bus.1/alarm',
        '/bus.1/interface',
        '/bus.1/28.021000000000',
        '/bus.1/structure/28',
        '/unaliased/bus.1',
        '/uncached/bus.1',
        '/bus.1/bus.7',
        '/bus.7',
        '/bus.2/28.021000000000',
      ]) {
        const [ours, theirs] = [
          await client.ask(T.dirallslash, path, { flags }),
          await real.ask(T.dirallslash, path, { flags }),
        ];
        assert.deepEqual(sorted(ours.text), sorted(theirs.text), path);
        assert.equal(ours.words[2], theirs.words[2], path);
      }
  });

  it('reads by the bus or without it', async () => {
    const { client } = await simulated();
    const paths = [
      '/bus.1/interface/settings/name',
      '/bus.1/28.021000000000/family',
      '/bus.1/uncached/28.021000000000/family',
      '/uncached/bus.1/28.021000000000/family',
      '/bus.1/bus.0/28.021000000000/type',
      '/bus.1/28.0F0F0F0F0F0F/family',
      '/bus.1/28.021000000000/nothing',
      '/bus.2/28.021000000000/family',
      '/bus.1/settings/timeout/volatile',
      '/bus.1/bus.7/28.021000000000/family',
      '/28.021000000000/type',
      '/uncached/29.021000000000/type',
      '/01.021000000000/family',
    ];
    assert.deepEqual(await readAll(client, paths), await readAll(real, paths));
  });
});
