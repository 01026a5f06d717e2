import assert from 'node:assert/strict';
import { OwError } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

/** What values look like. */
export function readingPromises({ world, client }: Suite): void {
  it('reads a temperature as a number with unit and details', async () => {
    const path = `/${DEVICES.thermometer}/temperature`;
    const { value, raw, ms, ...details } = await client().read(path);
    assert.equal(typeof value, 'number');
    assert.equal(raw?.length, 12);
    assert.ok(ms > 0);
    assert.deepEqual(details, {
      path,
      id: DEVICES.thermometer,
      family: '28',
      type: 'DS18B20',
      property: 'temperature',
      unit: '°C',
      cached: true,
      attempts: 1,
    });
  });

  it('reads a device by its id as the Linux kernel writes it', async () => {
    const { id, path, value } = await client().read('28-000000001002/temperature');
    assert.deepEqual([id, path], [DEVICES.thermometer, `/${DEVICES.thermometer}/temperature`]);
    assert.equal(typeof value, 'number');
  });

  it('reads temperatures in every scale', async () => {
    const path = `/${DEVICES.thermometer}/templow`;
    const units = { C: '°C', F: '°F', K: 'K', R: '°R' } as const;
    for (const temperatureScale of ['C', 'F', 'K', 'R'] as const) {
      const { value, unit } = await client({ temperatureScale }).read(path);
      assert.equal(unit, units[temperatureScale]);
      assert.ok(Number.isFinite(value));
    }
  });

  if (world.keepsValues) {
    it('reads the same temperature in every scale', async () => {
      const path = `/${DEVICES.thermometer}/temperature`;
      const inScale = async (temperatureScale: 'C' | 'F' | 'K' | 'R'): Promise<number> =>
        Number((await client({ temperatureScale }).read(path)).value);
      const celsius = await inScale('C');
      close(await inScale('F'), celsius * 1.8 + 32);
      close(await inScale('K'), celsius + 273.15);
      close(await inScale('R'), (celsius + 273.15) * 1.8);
    });
  }

  it('reads yes/no as a boolean, .ALL as an array and .BYTE as a number', async () => {
    const read = async (property: string) =>
      (await client().read(`/${DEVICES.switch8}/${property}`)).value;
    assert.equal(typeof (await read('PIO.3')), 'boolean');
    assert.equal(typeof (await read('PIO.BYTE')), 'number');
    const all = await read('PIO.ALL');
    assert.ok(
      Array.isArray(all) && all.length === 8 && all.every((one) => typeof one === 'boolean'),
    );
  });

  it('reads memory as bytes, whole, in part and by pages', async () => {
    const read = async (property: string, part = {}) =>
      (await client().read(`/${DEVICES.counter}/${property}`, part)).value;
    const memory = await read('memory');
    assert.ok(Buffer.isBuffer(memory) && memory.length === 512);
    const part = await read('memory', { offset: 496, size: 16 });
    assert.ok(Buffer.isBuffer(part) && part.length === 16);
    const pages = await read('pages/page.ALL');
    assert.ok(Array.isArray(pages) && pages.length === 16);
    assert.ok(pages.every((page) => Buffer.isBuffer(page) && page.length === 32));
  });

  it('reads counters as whole numbers and texts as texts', async () => {
    const counter = await client().read(`/${DEVICES.counter}/counter.A`);
    assert.ok(Number.isSafeInteger(counter.value), String(counter.value));
    assert.equal((await client().read(`/${DEVICES.relay}/type`)).value, 'DS2413');
    assert.equal((await client().read(`/${DEVICES.relay}/family`)).value, '3A');
  });

  it('reads what has no table: settings and system', async () => {
    assert.equal((await client().read('/settings/timeout/volatile')).value, 15);
    assert.equal(typeof (await client().read('/system/process/pid')).value, 'number');
  });

  it('reads anew from the bus when told to', async () => {
    const { cached } = await client().read(`/${DEVICES.thermometer}/temperature`, {
      source: 'uncached',
    });
    assert.equal(cached, false);
  });

  const absent = {
    'an unknown device': '/28.0F0F0F0F0F0F/temperature',
    'an unknown property': `/${DEVICES.thermometer}/temperatur`,
    'an index beyond the last': `/${DEVICES.switch8}/PIO.8`,
    'an array without its index': `/${DEVICES.switch8}/PIO`,
    'a bus that is not there': `/bus.7/${DEVICES.thermometer}/temperature`,
    'an unknown alias': '/no such alias/temperature',
    'a wrong checksum': `/${DEVICES.thermometer}00/temperature`,
  };
  for (const [what, path] of Object.entries(absent)) {
    it(`says that ${what} is not found`, async () => {
      await assert.rejects(client().read(path), (error: OwError) => {
        assert.equal(error.code, 'EOW_ABSENT', error.message);
        assert.equal(error.path, path);
        return error.message.includes('was not found');
      });
    });
  }

  it('says that a directory has no value', async () => {
    await assert.rejects(client().read(`/${DEVICES.relay}`), (error: OwError) => {
      assert.deepEqual([error.code, error.ret], ['EOW_RETURN', -21]);
      return error.message.includes('add the property');
    });
  });

  it('reads several paths, and one that fails costs the others nothing', async () => {
    const paths = [`/${DEVICES.relay}/type`, '/28.0F0F0F0F0F0F/type', `/${DEVICES.key}/type`];
    const results = await client().readAll(paths);
    assert.deepEqual(
      results.map((result) => ('error' in result ? result.error.code : result.value)),
      ['DS2413', 'EOW_ABSENT', 'DS2401'],
    );
  });

  it('takes paths without a slash, with doubled and trailing ones', async () => {
    for (const path of [
      `${DEVICES.relay}/type`,
      `//${DEVICES.relay}//type`,
      `/${DEVICES.relay}/type/ `,
    ]) {
      assert.equal((await client().read(path)).path, `/${DEVICES.relay}/type`);
    }
  });
}

/** Six digits is all that owserver sends. */
function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 0.01, `${actual} is not ${expected}`);
}
