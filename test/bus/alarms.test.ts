import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { OwserverClient, type TraceEvent } from '../../client/index.js';
import { alarmsObserver, type AlarmsLook } from '../../client/watch/alarms.js';
import type { Observer } from '../../client/watch/look.js';
import { lookOnce } from '../client/watch/watched.js';
import { openParts, type OpenParts } from '../client/watch/parts.js';
import { playEdges } from './edges.js';
import { FAST, onBuses } from './world.js';

const EIGHT = '29.026000000000';
const TWO = '12.024000000000';

/** Edges that the suite plays; `EDGES=1000` plays more of them, which takes the better part of a minute. */
const EDGES = Number(process.env.EDGES ?? 160);

describe('watching alarms on an emulated bus', () => {
  const world = onBuses([{ devices: [{ id: EIGHT }, { id: TWO }] }]);
  let open: OpenParts;
  let observer: Observer<AlarmsLook>;
  before(() => {
    open = openParts({ host: '127.0.0.1', port: world.running.port });
  });
  beforeEach(async () => {
    await world.bus.setAll({ [EIGHT]: { inputs: 0xff }, [TWO]: { inputs: 3 } });
    observer = alarmsObserver(open.parts, { latch: 'reset', arm: true, emit: 'change' });
    // What the tests before have latched.
    for (let look = 0; look < 3; look += 1) await lookOnce(observer);
  });
  after(() => open.close());

  const edges = async (): Promise<[string, readonly number[] | undefined][]> =>
    (await lookOnce(observer)).fresh.map(({ id, channels }) => [id, channels]);

  it('sets up chips that are fresh from power-on, and makes no edge of that', async () => {
    await world.bus.glitch(EIGHT, TWO);
    for (let look = 0; look < 3; look += 1) assert.deepEqual(await edges(), []);
    assert.equal(await world.read(`/${EIGHT}/set_alarm`), 133_333_333);
    assert.equal(await world.read(`/${EIGHT}/por`), false);
    assert.equal(await world.read(`/${TWO}/set_alarm`), 311);
  });

  for (const [id, inputs, channel] of [
    [EIGHT, 0xff, 5],
    [TWO, 3, 1],
  ] as const) {
    it(`${id}: a contact that closes for 50 ms is reported once, and its latch is clear then`, async () => {
      await world.bus.set(id, { inputs: inputs & ~(1 << channel) });
      await delay(50);
      await world.bus.set(id, { inputs });
      assert.deepEqual(await edges(), [[id, [channel]]]);
      assert.equal((await world.bus.state(id)).latches, 0);
      for (let look = 0; look < 3; look += 1) assert.deepEqual(await edges(), []);
    });

    it(`${id}: an edge between the report and the clearing of the latch is reported next`, async () => {
      await world.bus.set(id, { inputs: inputs & ~1 });
      const look = await observer.look('/', {});
      assert.deepEqual(look.fresh[0]?.channels, [0]);
      await world.bus.set(id, { inputs: inputs & ~1 & ~(1 << channel) });
      await look.settle?.();
      assert.deepEqual(await edges(), [[id, [channel]]]);
      assert.deepEqual(await edges(), []);
    });
  }

  it('reports each of many edges once, where a look is between those of one channel', async function () {
    this.timeout(20_000 + EDGES * 500);
    const setup = { bus: world.bus, id: EIGHT, observer, count: EDGES };
    const played = await playEdges({ ...setup, apart: true, distanceMs: 0, intervalMs: 50 });
    assert.deepEqual(played.reported, played.made, JSON.stringify(played));
  });

  it('takes edges that are closer for one, and never reports more than there were', async () => {
    const setup = { bus: world.bus, id: EIGHT, observer, count: 80 };
    const played = await playEdges({ ...setup, apart: false, distanceMs: 60, intervalMs: 50 });
    for (const [channel, made] of played.made.entries()) {
      const reported = played.reported[channel] ?? 0;
      assert.ok(reported > 0 && reported <= made, `channel ${channel}: ${reported} of ${made}`);
    }
  });
});

describe('watching alarms of a hundred devices on an emulated bus', () => {
  const devices = Array.from({ length: 100 }, (_, n) => ({
    id: `28.${n.toString(16).padStart(12, '0').toUpperCase()}`,
  }));
  const world = onBuses([{ devices: [...devices, { id: EIGHT }], byteMs: 0 }]);

  it('searches once a look, and finds with it what is in alarm', async () => {
    const { parts, close } = openParts({ host: '127.0.0.1', port: world.running.port });
    try {
      const observer = alarmsObserver(parts, { latch: 'reset', arm: true, emit: 'change' });
      await lookOnce(observer);
      const idle = await searchesOf(() => lookOnce(observer));
      assert.equal(idle, await searchesOf(() => world.client.alarm()));
      await world.bus.set(EIGHT, { inputs: 0xfe });
      const busy = await searchesOf(async () => {
        assert.equal((await lookOnce(observer)).fresh.length, 1);
      });
      // One for the chip, and one that finds nobody after it.
      assert.ok(busy - idle <= 1, `${busy} searches of one address, and ${idle} without an alarm`);
    } finally {
      close();
    }
  });

  async function searchesOf(act: () => Promise<unknown>): Promise<number> {
    const before = (await world.bus.traffic()).searches;
    await act();
    return (await world.bus.traffic()).searches - before;
  }
});

describe('a contact on a bus of which many values are being read', () => {
  const ids = Array.from({ length: 60 }, (_, n) => `28.0000000000${(n + 16).toString(16)}`);
  const world = onBuses([{ ...FAST, devices: [EIGHT, ...ids].map((id) => ({ id })) }]);

  it('does not wait for all of them to be told', async () => {
    const read: string[] = [];
    const trace = ({ event, path }: TraceEvent): void => {
      if (event === 'answered' && path.endsWith('/temphigh')) read.push(path);
    };
    const client = new OwserverClient({ host: '127.0.0.1', port: world.running.port, trace });
    try {
      const paths = ids.map((id) => `/${id}/temphigh`);
      const watch = client.watch({ alarm: '/', latch: 'reset', arm: true });
      for (let look = 0; look < 2; look += 1) await watch.look();
      await client.readAll(paths, { source: 'uncached' });
      read.length = 0;
      await world.bus.set(EIGHT, { inputs: 0xfe });
      const reading = client.readAll(paths, { source: 'uncached' });
      const { fresh } = await watch.look();
      assert.deepEqual(fresh[0]?.channels, [0]);
      assert.ok(read.length < ids.length / 2, `${read.length} of ${ids.length} were read before`);
      await reading;
    } finally {
      client.close();
    }
  });
});
