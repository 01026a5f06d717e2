import assert from 'node:assert/strict';
import { alarmsObserver, type AlarmsLook } from '../../../client/watch/alarms.js';
import { devicesObserver } from '../../../client/watch/devices.js';
import { entriesObserver } from '../../../client/watch/entries.js';
import { presenceObserver } from '../../../client/watch/presence.js';
import type { Observer } from '../../../client/watch/look.js';
import { listings } from '../simulated.js';
import { lookOnce, watchedHouses } from './watched.js';

const EIGHT = '29.026000000000';
const PIN = 'sensed.3';

describe('several watches of alarms', () => {
  const house = watchedHouses();
  const open = async (count: number, where = '/') => {
    const { simulator, parts } = await house({ devices: [{ id: EIGHT }] });
    const observers = Array.from({ length: count }, () =>
      alarmsObserver(parts, { emit: 'change', latch: 'reset', arm: true }),
    );
    for (const observer of observers) await lookOnce(observer, where);
    return { simulator, parts, observers };
  };
  const edges = async (observer: Observer<AlarmsLook>, where = '/') =>
    (await lookOnce(observer, where)).fresh.map(({ channels }) => channels);

  it('each tell every edge of a chip once, also one that another has found and cleared', async () => {
    const { simulator, observers } = await open(3);
    const [one, two, three] = observers as [Observer<AlarmsLook>, ...Observer<AlarmsLook>[]];
    for (const level of [0, 1]) {
      simulator.device(EIGHT).set(PIN, level);
      assert.deepEqual(await edges(one), [[3]]);
      assert.deepEqual(await edges(two!), [[3]]);
      assert.deepEqual(await edges(one), []);
      assert.deepEqual(await edges(two!), []);
    }
    // Two edges are one for who has not looked meanwhile.
    assert.deepEqual(await edges(three!), [[3]]);
    assert.deepEqual(await edges(three!), []);
  });

  it('look at the same moment, and tell each edge once', async () => {
    const { simulator, observers } = await open(4);
    for (const level of [0, 1, 0]) {
      simulator.device(EIGHT).set(PIN, level);
      const told = await Promise.all(observers.map((observer) => edges(observer)));
      assert.deepEqual(told, Array(4).fill([[3]]));
      const next = await Promise.all(observers.map((observer) => edges(observer)));
      assert.deepEqual(next, Array(4).fill([]));
    }
  });

  it('search the bus once for all who look at the same moment', async () => {
    const { simulator, observers } = await open(5);
    const before = listings(simulator).length;
    await Promise.all(observers.map((observer) => lookOnce(observer)));
    assert.equal(listings(simulator).length, before + 1);
  });

  it('keep nothing for one that is closed', async () => {
    const { simulator, observers } = await open(2);
    const [one, gone] = observers as [Observer<AlarmsLook>, Observer<AlarmsLook>];
    gone.close?.();
    simulator.device(EIGHT).set(PIN, 0);
    assert.deepEqual(await edges(one), [[3]]);
    assert.deepEqual(await edges(gone), []);
  });
});

describe('several watches of one kind', () => {
  const house = watchedHouses();
  const KEY = '01.029000000000';

  it('that look at the same moment ask owserver once', async () => {
    const { simulator, parts } = await house({ devices: [{ id: EIGHT }, { id: KEY }] });
    const several = [
      () => devicesObserver(parts, { emit: 'change' }),
      () => entriesObserver(parts, { emit: 'change', depth: 1 }),
      () => presenceObserver(parts, { emit: 'change' }),
    ];
    for (const make of several) {
      const observers = [make(), make(), make()];
      const where = make === several[2] ? `/${KEY}` : '/';
      // What is learned once is known then.
      for (const each of observers) await each.look(where, {});
      const before = simulator.requests.length;
      await observers[0]?.look(where, {});
      const alone = simulator.requests.length - before;
      await Promise.all(observers.map((each) => each.look(where, {})));
      assert.equal(simulator.requests.length - before - alone, alone);
    }
  });
});
