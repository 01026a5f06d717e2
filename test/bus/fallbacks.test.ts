import assert from 'node:assert/strict';
import { OwserverClient, type OwserverOptions } from '../../client/index.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { FAST, onBuses } from './world.js';

const SENSOR = '28.021000000000';
const PARASITE = '28.022000000000';
const BEHIND = '28.023000000000';
const RELAY = '3A.025000000000';
const MONITOR = '26.028000000000';
const COUPLER = '1F.021000000000';

describe('what cannot take part in a conversion of the whole bus', () => {
  const devices = [
    { id: SENSOR, temperature: 21 },
    { id: PARASITE, temperature: 22, parasite: true },
    { id: RELAY },
    { id: MONITOR, temperature: 24 },
  ];
  const world = onBuses([{ devices, ...FAST }]);
  const read = async (path: string, client = world.client) => {
    const { value, fallback, cached } = await client.read(path, { source: 'convert' });
    return { value, fallback, cached };
  };

  it('is a sensor without a supply of its own', async () => {
    for (const temperature of [22, 30, 22.5]) {
      await world.bus.set(PARASITE, { temperature });
      assert.deepEqual(await read(`/${PARASITE}/temperature`), {
        value: temperature,
        fallback: 'parasite-power',
        cached: false,
      });
    }
  });

  it('does not hinder the others', async () => {
    const results = await world.client.readAll('28.*/temperature', { source: 'convert' });
    const shown = results.map((one) => ('error' in one ? one.error.code : one.value));
    assert.deepEqual(shown.sort(), [21, 22.5]);
  });

  it('is another property, or another family', async () => {
    const fallback = 'no-conversion';
    assert.equal((await read(`/${RELAY}/PIO.A`)).fallback, fallback);
    assert.equal((await read(`/${SENSOR}/temphigh`)).fallback, fallback);
    const { value, ...monitor } = await read(`/${MONITOR}/temperature`);
    assert.deepEqual(monitor, { fallback, cached: false });
    assert.ok(Math.abs(Number(value) - 24) < 0.05);
  });

  it('is everything where nothing may be written, and no write is sent then', async () => {
    const { broadcasts } = await world.bus.traffic();
    const client = new OwserverClient({
      host: '127.0.0.1',
      port: world.running.port,
      readOnly: true,
    });
    try {
      await world.bus.set(SENSOR, { temperature: 66 });
      assert.deepEqual(await read(`/${SENSOR}/temperature`, client), {
        value: 66,
        fallback: 'read-only',
        cached: false,
      });
      await assert.rejects(client.convert(), { code: 'EOW_READ_ONLY' });
    } finally {
      client.close();
    }
    assert.equal((await world.bus.traffic()).broadcasts, broadcasts);
  });
});

describe('an owserver that was started with --readonly', () => {
  const world = onBuses([{ devices: [{ id: SENSOR, temperature: 19 }], ...FAST }], ['--readonly']);

  it('lets each sensor measure on its own', async () => {
    for (const temperature of [19, 20]) {
      await world.bus.set(SENSOR, { temperature });
      const reading = await world.client.read(`/${SENSOR}/temperature`, { source: 'convert' });
      assert.deepEqual([reading.value, reading.fallback], [temperature, 'read-only']);
    }
  });
});

describe('a thermometer behind a coupler', () => {
  const on = { hub: COUPLER, branch: 'main' as const };
  const devices = [{ id: COUPLER }, { id: SENSOR }, { id: BEHIND, temperature: 27, on }];
  const world = onBuses([{ devices, ...FAST }]);

  it('measures on its own', async () => {
    for (const temperature of [27, 28]) {
      await world.bus.set(BEHIND, { temperature });
      const path = `/${COUPLER}/main/${BEHIND}/temperature`;
      const reading = await world.client.read(path, { source: 'convert' });
      assert.deepEqual([reading.value, reading.fallback], [temperature, 'behind-coupler']);
    }
  });
});

describe('an owserver without latesttemp', () => {
  let simulator: Simulator;
  let client: OwserverClient;
  const start = async (options?: OwserverOptions): Promise<void> => {
    const devices = [{ id: SENSOR, temperature: 20 }];
    simulator = await startSimulator({
      devices,
      conversionMs: 5,
      switches: { noLatesttemp: true },
    });
    client = new OwserverClient({ host: '127.0.0.1', port: simulator.port, ...options });
  };
  afterEach(async () => {
    client.close();
    await simulator.close();
  });

  it('lets each sensor measure on its own', async () => {
    await start();
    for (const temperature of [20, 30]) {
      simulator.device(SENSOR).set('temperature', temperature);
      const reading = await client.read(`/${SENSOR}/temperature`, { source: 'convert' });
      assert.deepEqual([reading.value, reading.fallback], [temperature, 'no-latesttemp']);
    }
    assert.ok(simulator.requests.every(({ type }) => type !== 'write'));
  });
});
