import assert from 'node:assert/strict';
import { OwserverClient, type ClientStatus } from '../../client/index.js';
import { startOwserverOnBuses, type OwserverOnBuses } from '../support/bus/index.js';
import { need } from '../support/need.js';
import { startProxy, type Proxy } from '../support/proxy.js';
import { FAST } from './world.js';

const SENSOR = '28.021000000000';
const NEW = '28.022000000000';

describe('a real owserver that is replaced behind a port that never refuses', () => {
  need('owserver');
  need('socat');
  let old: OwserverOnBuses;
  let next: OwserverOnBuses;
  let proxy: Proxy;
  let client: OwserverClient;
  const statuses: ClientStatus['type'][] = [];
  before(async () => {
    const empty = { devices: [{ id: '01.021000000000' }], ...FAST };
    const slow = { devices: [{ id: SENSOR, temperature: 20 }], byteMs: 0.1 };
    [old, next] = await Promise.all([
      startOwserverOnBuses({ buses: [empty, slow] }),
      startOwserverOnBuses({
        buses: [
          {
            devices: [
              { id: SENSOR, temperature: 30 },
              { id: NEW, temperature: 40 },
            ],
            ...FAST,
          },
        ],
      }),
    ]);
    proxy = await startProxy(old.port);
    client = new OwserverClient({ host: '127.0.0.1', port: proxy.port });
    client.onStatus(({ type }) => void statuses.push(type));
    await client.connect();
  });
  after(async () => {
    client.close();
    await Promise.all([proxy.close(), old.stop(), next.stop()]);
  });

  it('is noticed while it measures: no value of the new one is of a conversion of the old', async () => {
    const read = async () => {
      const results = await client.readAll('28.*/temperature', { source: 'convert' });
      return results.map((one) => ('error' in one ? one.error.code : [one.id, one.value]));
    };
    assert.deepEqual(await read(), [[SENSOR, 20]]);
    const bus = old.buses[1]!;
    const { broadcasts } = await bus.traffic();
    const measured = client.read(`/${SENSOR}/temperature`, { source: 'convert' });
    while ((await bus.traffic()).broadcasts === broadcasts);
    proxy.leadTo(next.port);
    await old.owserver.kill();
    const { value, fallback } = await measured;
    assert.deepEqual([value, fallback], [30, undefined]);
    assert.deepEqual(await read(), [
      [NEW, 40],
      [SENSOR, 30],
    ]);
    const told = statuses.filter((type) => type !== 'connecting');
    assert.deepEqual(told, ['connected', 'disconnected', 'connected']);
  });
});
