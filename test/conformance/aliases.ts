import assert from 'node:assert/strict';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

const PATH = `/${DEVICES.thermometer}/alias`;

/** Devices under names that people gave them. */
export function aliasPromises({ world, client }: Suite): void {
  if (world.switch === 'readonly') return;

  for (const alias of ['kitchen', 'living room', 'Küche', 'up, down', '台所']) {
    it(`finds a device as ${alias}`, async () => {
      await client().write(PATH, alias);
      const reading = await client().read(`/${alias}/temperature`);
      assert.deepEqual(
        [reading.path, reading.alias, reading.family, reading.unit, typeof reading.value],
        [`/${DEVICES.thermometer}/temperature`, alias, '28', '°C', 'number'],
      );
      if (world.keepsValues) assert.equal((await client().read(reading.path)).alias, alias);
      const devices = await client().devices();
      assert.equal(devices.length, Object.keys(DEVICES).length);
      const device = devices.find(({ id }) => id === DEVICES.thermometer);
      assert.deepEqual(
        [device?.alias, device?.path, device?.type],
        [alias, `/${DEVICES.thermometer}`, 'DS18B20'],
      );
      assert.equal(await client().present(`/${alias}`), true);
      assert.equal(await client().present(`/${DEVICES.thermometer}`), true);
      // owserver --mock goes on showing the first alias that was written.
      if (world.keepsValues) assert.equal((await client().read(PATH)).value, alias);
    });
  }

  it('finds a device whose alias is latin-1, by its bytes', async () => {
    const data = Buffer.from('caf\xe9', 'latin1');
    const [reply] = await client().message({ type: 'write', path: PATH, data });
    assert.equal(reply?.code, 0);
    const other = client({});
    const device = (await other.devices()).find(({ id }) => id === DEVICES.thermometer);
    assert.equal(device?.alias, 'café');
    assert.equal((await other.read('/café/temperature')).id, DEVICES.thermometer);
  });

  it('finds a device whose alias begins like a directory, by its id', async () => {
    const [reply] = await client().message({
      type: 'write',
      path: PATH,
      data: Buffer.from('simultaneous 1'),
    });
    assert.equal(reply?.code, 0);
    const other = client({});
    const device = (await other.devices()).find(({ id }) => id === DEVICES.thermometer);
    assert.deepEqual([device?.alias, device?.path], ['simultaneous 1', `/${DEVICES.thermometer}`]);
    const { id, alias, family, property } = await other.read('/simultaneous 1/temperature');
    assert.deepEqual(
      [id, alias, family, property],
      [DEVICES.thermometer, 'simultaneous 1', '28', 'temperature'],
    );
  });

  it('refuses an alias that could not be read', async () => {
    for (const alias of ['Settings', 'text field', 'a/b', 'new\nline']) {
      await assert.rejects(client().write(PATH, alias), { code: 'EOW_VALUE' });
    }
  });
}
