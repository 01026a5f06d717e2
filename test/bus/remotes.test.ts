import assert from 'node:assert/strict';
import { OwserverClient } from '../../client/index.js';
import { startOwserverOnBuses, type BusSetup } from '../support/bus/index.js';
import { need } from '../support/need.js';
import { startOwserver } from '../support/owserver.js';

/** Sensors on each of two buses that are as fast as real ones. */
const SENSORS = 10;
const BUSES: readonly BusSetup[] = ['021', '022'].map((start, bus) => ({
  devices: Array.from({ length: SENSORS }, (_, at) => ({
    id: `28.${start}0000000${String(at).padStart(2, '0')}`,
    temperature: 10 * bus + at,
  })),
}));
const EXPECTED = BUSES.flatMap(({ devices }) => devices.map(({ temperature }) => temperature ?? 0));

/** Times that each is measured: the quickest counts, as a busy machine only ever adds. */
const ROUNDS = 3;

/** How many milliseconds a conversion of all takes by a pattern, once it is known what there is. */
async function measure(port: number): Promise<number> {
  const client = new OwserverClient({ host: '127.0.0.1', port });
  try {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const start = performance.now();
      const results = await client.readAll('28.*/temperature', { source: 'convert' });
      if (round > 0) times.push(performance.now() - start);
      const values = results.map((one) => {
        assert.ok(!('error' in one), 'error' in one ? one.error.message : '');
        assert.equal(one.fallback, undefined, one.path);
        return Number(one.value);
      });
      const sorted = [...values].sort((a, b) => a - b);
      assert.deepEqual(sorted, EXPECTED);
    }
    return Math.min(...times);
  } finally {
    client.close();
  }
}

describe('a conversion behind an owserver with two others', () => {
  need('owserver');
  need('socat');

  it('takes at most half as long again as on the same buses of one owserver, with no fall-back', async () => {
    const one = await startOwserverOnBuses({ buses: BUSES });
    const alone = await measure(one.port).finally(() => one.stop());
    const behind = await Promise.all(BUSES.map((bus) => startOwserverOnBuses({ buses: [bus] })));
    const args = behind.flatMap(({ port }) => ['-s', `127.0.0.1:${port}`]);
    const front = await startOwserver({ args });
    const stop = () => Promise.all([front, ...behind].map((each) => each.stop()));
    const remote = await measure(front.port).finally(stop);
    const ratio = remote / alone;
    const times = `${Math.round(remote)} ms for ${Math.round(alone)} ms`;
    assert.ok(ratio <= 1.5, `${times} is ${ratio.toFixed(2)} times`);
  }).timeout(60_000);
});
