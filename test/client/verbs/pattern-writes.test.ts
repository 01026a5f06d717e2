import assert from 'node:assert/strict';
import type { WriteResult } from '../../../client/index.js';
import type { Simulator } from '../../../simulator/index.js';
import { houses, type Pattern } from '../simulated.js';
import { failsAlone, turn, wholeSentence } from '../support.js';

const DEVICES = [
  { id: '3A.000000000001' },
  { id: '3A.000000000002', alias: 'lamps' },
  { id: '29.000000000003' },
  { id: '28.000000000004' },
  { id: '1F.000000000005', aux: [{ id: '3A.000000000006' }] },
];
const FIRST = '/3A.000000000001';
const LAMPS = '/3A.000000000002';
const BEHIND = '/1F.000000000005/aux/3A.000000000006';

const written = ({ requests }: Simulator): string[] =>
  requests
    .filter(({ type }) => type === 'write')
    .map(({ path, data }) => `${path}=${String(data)}`);
const codes = (results: readonly WriteResult[]): string[] =>
  results.map((one) => `${one.path} ${'error' in one ? one.error.code : one.size}`);

describe('a write to a path with *', () => {
  const house = houses();

  it('goes to each device that matches, over couplers too', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    const results = await client.writeAll('3A.*/PIO.A', true);
    const paths = [FIRST, LAMPS, BEHIND].map((device) => `${device}/PIO.A`);
    assert.deepEqual(
      codes(results),
      paths.map((path) => `${path} 1`),
    );
    // The one with an alias by its id.
    const sent = [FIRST, '/3A.000000000002', BEHIND].map((device) => `${device}/PIO.A=1`);
    assert.deepEqual(written(simulator).sort(), sent.sort());
    for (const path of paths) assert.equal((await client.read(path)).value, true);
  });

  it('answers each with its details', async () => {
    const { client } = await house({ devices: DEVICES });
    const [only, ...more] = await client.writeAll('lam*/PIO.BYTE', 3);
    assert.ok(only && !('error' in only) && more.length === 0);
    const { ms, ...details } = only;
    assert.ok(ms > 0);
    assert.deepEqual(details, {
      path: `${LAMPS}/PIO.BYTE`,
      id: '3A.000000000002',
      alias: 'lamps',
      family: '3A',
      type: 'DS2413',
      property: 'PIO.BYTE',
      attempts: 1,
      size: 1,
    });
  });

  it('goes to each pin where the * stands for the index, in their order', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await client.writeAll('29.*/PIO.*', 1);
    const pins = Array.from({ length: 8 }, (_, at) => `/29.000000000003/PIO.${at}`);
    assert.deepEqual(
      written(simulator),
      pins.map((path) => `${path}=1`),
    );
    assert.equal((await client.read('/29.000000000003/PIO.BYTE')).value, 255);
    await client.writeAll(`${FIRST}/PIO.*`, 1);
    assert.equal((await client.read(`${FIRST}/PIO.BYTE`)).value, 3);
  });

  const refused: Pattern[] = ['3A.*/*', '*/*', '*/P*', '3A.*/PIO*', '28.*/temp*', '*/p*/page.0'];
  for (const pattern of refused) {
    it(`is refused where the property is not named: ${pattern}`, async () => {
      const { client, simulator } = await house({ devices: DEVICES });
      const error = await failsAlone(client.writeAll(pattern, 1), 'EOW_VALUE', 'patternWrite');
      wholeSentence(error);
      assert.equal(error.path, `/${pattern}`);
      assert.deepEqual(written(simulator), []);
    });
  }

  it('is refused where it matches nothing, directories or what is no device', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await failsAlone(client.writeAll('01.*/PIO.A', 1), 'EOW_ABSENT', 'patternNothing');
    await failsAlone(client.writeAll('28.*/PIO.A', 1), 'EOW_ABSENT', 'patternNoProperty');
    await failsAlone(client.writeAll('28.*/PIO.*', 1), 'EOW_ABSENT', 'patternNoProperty');
    await failsAlone(client.writeAll('3A.*/sensed.*', 1), 'EOW_ABSENT', 'patternNoProperty');
    await failsAlone(client.writeAll('3A.*', 1), 'EOW_VALUE', 'patternDirectory');
    await failsAlone(client.writeAll('/settings/timeout/*', 1), 'EOW_VALUE', 'patternPlace');
    assert.deepEqual(written(simulator), []);
  });

  it('that fails for one device goes to the others all the same', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await client.readAll('3A.*/type');
    simulator.device('3A.000000000001').pull();
    assert.deepEqual(codes(await client.writeAll('3A.*/PIO.B', 1)), [
      `${FIRST}/PIO.B EOW_ABSENT`,
      `${LAMPS}/PIO.B 1`,
      `${BEHIND}/PIO.B 1`,
    ]);
    assert.equal((await client.read(`${BEHIND}/PIO.B`)).value, true);
  });

  it('tells of a branch that cannot be listed, and goes to the others', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.addFault({ path: '/1F.000000000005/aux', type: 'dirallslash', then: { ret: -5 } });
    assert.deepEqual(codes(await client.writeAll('3A.*/PIO.B', 1)), [
      `${FIRST}/PIO.B 1`,
      `${LAMPS}/PIO.B 1`,
      '/1F.000000000005/aux/3A.*/PIO.B EOW_RETURN',
    ]);
  });

  it('says of each device that the value does not fit, or that it cannot be written', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    for (const [pattern, value] of [
      ['3A.*/PIO.A', 'nope'],
      ['3A.*/sensed.A', true],
    ] as const) {
      const results = await client.writeAll(pattern, value);
      assert.equal(results.length, 3);
      for (const one of results) assert.ok('error' in one && one.error.code === 'EOW_VALUE');
    }
    assert.deepEqual(written(simulator), []);
  });

  it('writes nothing where nothing may be written', async () => {
    const { another, simulator } = await house({ devices: DEVICES });
    const results = await another({ readOnly: true })
      .writeAll('3A.*/PIO.A', 1)
      .catch((thrown: unknown) => thrown as { code: string });
    const all = Array.isArray(results) ? results : [{ error: results }];
    for (const one of all) assert.ok('error' in one && one.error.code === 'EOW_READ_ONLY');
    assert.deepEqual(written(simulator), []);
  });

  it('goes out before reads that wait, with the listing that it needs', async () => {
    const { another, simulator } = await house({ devices: DEVICES });
    const client = another({ connections: 1 });
    await client.read(`${FIRST}/PIO.A`);
    simulator.addFault({ path: '/system/first', then: 'hold' });
    const reads = ['first', 'a', 'b', 'c'].map((name) => client.read(`/system/${name}`));
    const all = Promise.allSettled([...reads, client.writeAll('3A.*/PIO.A', 1)]);
    await simulator.waitFor(({ path }) => path === '/system/first');
    while (simulator.held === 0) await turn();
    simulator.release();
    await all;
    const order = simulator.requests.map(({ path }) => path);
    assert.ok(order.indexOf('/') < order.indexOf('/system/a'), order.join(' '));
    assert.equal(written(simulator).length, 3);
  });
});
