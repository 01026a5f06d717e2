import assert from 'node:assert/strict';
import type { ShownValue } from '../../../../contract/admin-api.js';
import { readValues } from '../../../../nodes/owserver-config/admin/read-values.js';
import { houses, type House } from '../../../client/simulated.js';
import { turn } from '../../../client/support.js';

const THERMOMETERS = ['28.000000000001', '28.000000000002', '10.000000000003'].map((id, at) => ({
  id,
  values: { temperature: 20 + at },
}));
const PARASITE = { id: '28.000000000004', parasite: true, values: { temperature: 30 } };
const MONITOR = { id: '26.000000000005', values: { temperature: 18 } };
const MEMORY = { id: '1D.000000000006' };
const SWITCH = { id: '29.000000000007' };
const DEVICES = [...THERMOMETERS, PARASITE, MONITOR, MEMORY, SWITCH];
const PATHS = THERMOMETERS.map(({ id }) => `/${id}/temperature`);

describe('values for editors', () => {
  const house = houses();
  const never = new AbortController().signal;

  const measure = async (
    { client, simulator }: House,
    paths: readonly string[],
  ): Promise<{ values: readonly ShownValue[]; written: string[]; uncached: string[] }> => {
    const from = simulator.requests.length;
    const values = await readValues(client, paths, never);
    const asked = simulator.requests.slice(from);
    const written = asked.filter(({ type }) => type === 'write').map(({ path }) => path);
    const uncached = asked.filter(({ flags }) => flags & 0x20).map(({ path }) => path);
    return { values, written, uncached };
  };

  it('are measured by one conversion where there are several thermometers', async () => {
    const home = await house({ devices: DEVICES });
    const { values, written, uncached } = await measure(home, [...PATHS, '/1D.000000000006/type']);
    assert.deepEqual(
      values.map(({ value }) => value),
      [20, 21, 22, 'DS2423'],
    );
    assert.deepEqual(written, ['/simultaneous/temperature']);
    assert.deepEqual(
      uncached.filter((path) => path.endsWith('/temperature')),
      [],
    );
  });

  it('come from the cache when it is one thermometer, or none', async () => {
    const home = await house({ devices: DEVICES });
    for (const paths of [PATHS.slice(0, 1), ['/29.000000000007/PIO.ALL'], []]) {
      const { values, written, uncached } = await measure(home, paths);
      assert.deepEqual([values.length, written, uncached], [paths.length, [], []]);
    }
  });

  it('come from the cache the next time where a conversion of all does not help', async () => {
    const home = await house({ devices: DEVICES });
    const apart = ['/28.000000000004/temperature', '/26.000000000005/temperature'];
    const first = await measure(home, [...PATHS, ...apart]);
    assert.ok(
      apart.every((path) => first.uncached.includes(path)),
      first.uncached.join(' '),
    );
    const next = await measure(home, [...PATHS, ...apart]);
    assert.deepEqual(
      next.values.map(({ value }) => value),
      [20, 21, 22, 30, 18],
    );
    assert.ok(!apart.some((path) => next.uncached.includes(path)), next.uncached.join(' '));
    assert.equal(next.written.length, 1);
  });

  it('of a pattern are measured at once too, and bounded', async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({
      id: `10.000000000${String(at).padStart(3, '0')}`,
    }));
    const home = await house({ devices: many });
    const { values, written } = await measure(home, ['*/temperature']);
    assert.deepEqual([values.length, written.length], [200, 1]);
  });

  it('are cut to what can be shown, and say so', async () => {
    const home = await house({ devices: DEVICES });
    const memory = '/1D.000000000006';
    const [whole, page, pages] = await readValues(
      home.client,
      [`${memory}/memory`, `${memory}/pages/page.0`, `${memory}/pages/page.ALL`],
      never,
    );
    assert.deepEqual([whole?.value, whole?.hex], [`${'00'.repeat(64)}…`, true]);
    assert.deepEqual([page?.value, page?.hex], ['00'.repeat(32), true]);
    assert.deepEqual([pages?.value, pages?.hex], [Array<string>(16).fill('00'.repeat(32)), true]);
  });

  it('that cannot be had say why, beside the others', async () => {
    const home = await house({ devices: DEVICES });
    const [absent, fine, bad] = await readValues(
      home.client,
      ['/nothing/x', '/29.000000000007/type', '/a\0b'],
      never,
    );
    assert.deepEqual(fine, { path: '/29.000000000007/type', value: 'DS2408' });
    const codes = [absent, bad].map((value) => value?.error?.code);
    assert.deepEqual(codes, ['EOW_ABSENT', 'EOW_VALUE']);
    assert.deepEqual(JSON.parse(JSON.stringify(absent)), absent);
  });

  it('leave room in the queue, and are not read any more when nobody waits', async () => {
    const { another, simulator } = await house({ devices: DEVICES });
    const client = another({ maxQueue: 8, connections: 1 });
    await client.read('/29.000000000007/PIO.0');
    simulator.addFault({ path: '/29.000000000007/PIO.1', then: 'hold' });
    const over = new AbortController();
    const names = Array.from({ length: 100 }, (_, at) => `PIO.${(at % 7) + 1}`);
    const paths = names.map((name) => `/29.000000000007/${name}`);
    const read = readValues(client, paths, over.signal);
    while (simulator.held === 0) await turn();
    const mine = client.read('/29.000000000007/type');
    over.abort();
    const from = simulator.requests.length;
    simulator.release();
    assert.equal((await mine).value, 'DS2408');
    await assert.rejects(read, { name: 'AbortError' });
    await client.ping();
    assert.ok(simulator.requests.length - from < 10);
  });
});
