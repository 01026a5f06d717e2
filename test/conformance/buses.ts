import assert from 'node:assert/strict';
import type { Device, OwserverClient } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

const ABSENT = '01.0F0F0F0F0F0F';

/** Everything by the number of its bus, whoever drives the bus. */
export function busPromises({ world, client }: Suite): void {
  it('lists every device on a bus, by the number of the bus', async () => {
    const devices = await onBuses(client());
    assert.deepEqual(devices.map(({ id }) => id).sort(), [...Object.values(DEVICES)].sort());
    for (const { path, bus, id } of devices) assert.equal(path, `/bus.${bus}/${id}`);
  });

  it('tells what is present on a bus', async () => {
    for (const { path, bus } of await onBuses(client())) {
      assert.equal(await client().present(path), true, path);
      // Simulated adapters of owserver say anything of a device that a path puts on them.
      if (world.keepsValues)
        assert.equal(await client().present(`/bus.${bus}/${ABSENT}`), false, path);
    }
  });

  it('reads by the number of the bus, also past the cache', async () => {
    for (const { id, bus } of await onBuses(client())) {
      const family = id.slice(0, 2);
      for (const path of [
        `/bus.${bus}/${id}`,
        `/uncached/bus.${bus}/${id}`,
        `/bus.${bus}/uncached/${id}`,
      ])
        assert.equal(
          (await client().read(`${path}/family`, { value: 'text' })).value,
          family,
          path,
        );
    }
    const { path } = (await onBuses(client())).find(({ family }) => family === '28') ?? {};
    const { value } = await client().read(`/uncached${path ?? ''}/temperature`);
    assert.equal(typeof value, 'number');
  });

  it('finds the bus of what is to be measured with others', async () => {
    const results = await client({}).readAll(['28.*/temperature', '*/latesttemp'], {
      source: 'convert',
    });
    for (const result of results) {
      assert.ok(!('error' in result), 'error' in result ? result.error.message : '');
      const { fallback = '', path, family } = result;
      if (family === '26') assert.equal(fallback, 'no-conversion');
      else assert.ok(!fallback.startsWith('no-'), `${path}: ${fallback}`);
    }
  });

  it('says that a bus is not there', async () => {
    const isAbsent = { code: 'EOW_ABSENT', message: /no bus of this number/ };
    await assert.rejects(client().devices('/bus.7'), isAbsent);
    await assert.rejects(client().alarm('/bus.7'), isAbsent);
    const [only] = await client().readAll('/bus.7/*/type');
    assert.ok(only && 'error' in only);
    assert.equal(only.error.code, isAbsent.code);
    assert.match(only.error.message, isAbsent.message);
    const converted = client().convert('/bus.7');
    await assert.rejects(
      converted,
      world.switch === 'readonly' ? { code: /EOW_ABSENT|EOW_READ_ONLY/ } : isAbsent,
    );
    await assert.rejects(
      client().read(`/bus.7/${DEVICES.thermometer}/temperature`, { source: 'convert' }),
      { code: 'EOW_ABSENT' },
    );
  });
}

/** The devices of all buses, one bus after another. */
async function onBuses(client: OwserverClient): Promise<Device[]> {
  const top = await client.dir('/', { busReturn: true });
  const lists: Device[] = [];
  for (const path of top.filter((each) => /^\/bus\.\d+$/.test(each)))
    lists.push(...(await client.devices(path)));
  return lists;
}
