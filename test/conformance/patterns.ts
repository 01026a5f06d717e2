import assert from 'node:assert/strict';
import type { OwError, ReadResult, WriteResult } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

/** What paths with a `*` stand for. */
export function patternPromises(suite: Suite): void {
  const { world, client } = suite;
  const { switch8, relay } = DEVICES;
  it('reads a property of every device by a path with *', async () => {
    const devices = await client().devices();
    const results = await client().readAll('*/type');
    assert.deepEqual(
      values(results),
      Object.fromEntries(devices.map(({ path, type }) => [`${path}/type`, type])),
    );
  });

  it('reads every device that matches, and has the property', async () => {
    const [first, ...more] = await client().readAll('28.*/temperature');
    assert.ok(first && !('error' in first) && more.length === 0);
    assert.deepEqual(
      [first.path, first.id, first.unit, typeof first.value],
      [`/${DEVICES.thermometer}/temperature`, DEVICES.thermometer, '°C', 'number'],
    );
    const path = `/${DEVICES.switch8}/PIO.ALL`;
    const [all, ...others] = await client().readAll('*/PIO.ALL').then(ofFamily('29'));
    assert.ok(all && !('error' in all) && others.length === 0);
    assert.equal(all.path, path);
    assert.ok(Array.isArray(all.value) && all.value.length === 8);
    assert.deepEqual(Object.keys(values(await client().readAll('/uncached/29.*/type'))), [
      `/uncached/${DEVICES.switch8}/type`,
    ]);
  });

  it('reads every element where the * stands for the index, and all that matches', async () => {
    const pins = await client().readAll(['29.*/PIO.*', `${DEVICES.relay}/sensed.*`]);
    const expected = [
      ...Array.from({ length: 8 }, (_, at) => `/${DEVICES.switch8}/PIO.${at}`),
      `/${DEVICES.relay}/sensed.A`,
      `/${DEVICES.relay}/sensed.B`,
    ];
    assert.deepEqual(pins.map(({ path }) => path).sort(), [...expected].sort());
    for (const pin of pins) assert.ok(!('error' in pin) && typeof pin.value === 'boolean');
    const pages = await client().readAll('1D.*/pages/page.*');
    assert.equal(pages.length, 16);
    for (const page of pages) assert.ok(!('error' in page) && Buffer.isBuffer(page.value));
    const ids = values(await client().readAll('28.*/r_*d*'));
    assert.deepEqual(Object.keys(ids).sort(), [
      `/${DEVICES.thermometer}/r_address`,
      `/${DEVICES.thermometer}/r_id`,
    ]);
  });

  it('reads bus by bus where the path names them', async () => {
    const bus = `bus.${world.bus ?? 0}` as const;
    for (const pattern of [
      'bus.*/28.*/type',
      `/${bus}/2*/type`,
      `${bus}/*1000000000/type`,
    ] as const) {
      const types = values(await client().readAll(pattern));
      assert.equal(types[`/${bus}/${DEVICES.thermometer}/type`], 'DS18B20', pattern);
    }
  });

  const nothing = {
    'no device': ['42.*/temperature', '*.0F0F0F0F0F0F/type', 'bus.7*/28.*/type', 'zz*/type'],
    'no such property': ['*/nothing', '28.*/PIO.A', '29.*/PIO.8', '29.*/PIO', '01.*/temp*'],
  } as const;
  for (const [what, paths] of Object.entries(nothing)) {
    it(`says that a path with * matches ${what}`, async () => {
      for (const path of paths) {
        const { code, message } = failure(await client().readAll(path));
        assert.equal(code, 'EOW_ABSENT', path);
        assert.ok(message.includes(path) && message.includes('match'), message);
      }
    });
  }

  it('refuses a path with * that stands for directories, or for what is no device', async () => {
    for (const path of ['28.*', '28.*/errata', '1D.*/pages', '/settings/timeout/*'] as const)
      assert.equal(failure(await client().readAll(path)).code, 'EOW_VALUE', path);
  });

  it('writes to every device that matches', async () => {
    const readonly = world.switch === 'readonly';
    for (const [pattern, value, paths] of [
      ['3A.*/PIO.A', true, [`/${DEVICES.relay}/PIO.A`]],
      ['3A.*/PIO.*', 0, [`/${DEVICES.relay}/PIO.A`, `/${DEVICES.relay}/PIO.B`]],
      ['*/PIO.BYTE', 1, [switch8, relay].map((id) => `/${id}/PIO.BYTE`)],
    ] as const) {
      const results = await client().writeAll(pattern, value);
      assert.deepEqual(
        results.map((one) => [one.path, 'error' in one ? one.error.code : one.size]).sort(),
        paths.map((path) => [path, readonly ? 'EOW_READ_ONLY' : 1]),
      );
    }
    const { code } = failure(await client().writeAll('3A.*/*', 1));
    assert.equal(code, 'EOW_VALUE');
  });

  if (world.switch !== 'readonly') aliasedPromises(suite);
}

/** Of a device of its own: after several renames of one owserver finds it no more by its name. */
function aliasedPromises({ client }: Suite): void {
  const called = async (alias: string): Promise<void> => {
    const path = `/${DEVICES.monitor}/alias`;
    const [reply] = await client().message({ type: 'write', path, data: Buffer.from(alias) });
    assert.equal(reply?.code, 0);
  };

  it('finds devices by patterns of their aliases', async () => {
    await called('first floor, left');
    const other = client({});
    for (const pattern of ['first*', '*, left', 'f*r*t', '26.*'] as const)
      assert.deepEqual(values(await other.readAll(`${pattern}/type`)), {
        [`/${DEVICES.monitor}/type`]: 'DS2438',
      });
  });

  it('finds the device whose alias is just so, and those that begin like a directory', async () => {
    await called('sp*ce');
    const only26 = { [`/${DEVICES.monitor}/type`]: 'DS2438' };
    assert.deepEqual(values(await client({}).readAll('sp*ce/type')), only26);
    await called('simultaneous1');
    const [only, ...more] = await client({}).readAll('sim*/temperature');
    assert.ok(only && !('error' in only) && more.length === 0);
    assert.deepEqual([only.path, only.id], [`/${DEVICES.monitor}/temperature`, DEVICES.monitor]);
  });
}

/** The only result, which is a failure. */
function failure([only, ...more]: readonly (ReadResult | WriteResult)[]): OwError {
  assert.ok(only && 'error' in only && more.length === 0);
  return only.error;
}

function values(results: readonly ReadResult[]): Record<string, unknown> {
  return Object.fromEntries(
    results.map((result) => [result.path, 'error' in result ? result.error : result.value]),
  );
}

const ofFamily =
  (family: string) =>
  (results: readonly ReadResult[]): ReadResult[] =>
    results.filter(({ path }) => path.startsWith(`/${family}`));
