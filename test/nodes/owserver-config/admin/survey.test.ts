import assert from 'node:assert/strict';
import { OwserverClient } from '../../../../client/index.js';
import { survey } from '../../../../nodes/owserver-config/admin/survey.js';
import { startSimulator, type Simulator } from '../../../../simulator/index.js';

const LONG = { totalMs: 10_000, listMs: 10_000 };
const LIVE = '28.021000000000';
const LOST = '28.022000000000';

describe('the survey of an owserver with a dead bus', () => {
  let simulator: Simulator;
  let client: OwserverClient;
  beforeEach(async () => {
    const devices = [
      { id: LOST, bus: 0 },
      { id: LIVE, bus: 1 },
    ];
    simulator = await startSimulator({ devices });
    simulator.addFault({ path: '/bus.0', type: 'dirallslash', then: 'hold' });
    client = new OwserverClient({ host: simulator.host, port: simulator.port });
  });
  afterEach(async () => {
    client.close();
    await simulator.close();
  });

  const devices = (found: Awaited<ReturnType<typeof survey>>): (number | undefined)[] =>
    found.buses.map((bus) => bus.devices);

  it('says what the others have, and what is known of the dead one', async () => {
    const found = await survey(client, { ...LONG, listMs: 100 });
    assert.deepEqual(found.buses, [
      { bus: 0, adapter: 'Simulator', address: 'simulator.0' },
      { bus: 1, adapter: 'Simulator', address: 'simulator.1', devices: 1 },
    ]);
    assert.equal(found.devices, 1);
  });

  it('waits for a slow one', async () => {
    const surveyed = survey(client, LONG);
    await simulator.waitFor(({ path }) => path === `/bus.1/${LIVE}/type`);
    simulator.release();
    assert.deepEqual(devices(await surveyed), [1, 1]);
  });

  it('is over when its time is up', async () => {
    const { version, buses } = await survey(client, { ...LONG, totalMs: 500 });
    assert.match(version ?? '', /^\d/);
    assert.equal(buses[0]?.devices, undefined);
  });
});
