import assert from 'node:assert/strict';
import { FAST, onBuses, SIMULTANEOUS } from './world.js';

const HUB = '1F.001000000000';
const INNER = '1F.002000000000';
const TRUNK = '28.021000000000';
const MAIN = '28.022000000000';
const AUX = '3A.025000000000';
const DEEP = '01.029000000000';

describe('couplers on an emulated bus', () => {
  const devices = [
    { id: HUB },
    { id: TRUNK, temperature: 1 },
    { id: MAIN, temperature: 2, on: { hub: HUB, branch: 'main' } },
    { id: AUX, on: { hub: HUB, branch: 'aux' } },
    { id: INNER, on: { hub: HUB, branch: 'aux' } },
    { id: DEEP, on: { hub: INNER, branch: 'main' } },
  ] as const;
  const world = onBuses([{ devices, ...FAST }]);

  it('owserver lists each branch by itself, also behind a second coupler', async () => {
    const inner = `/${HUB}/aux/${INNER}`;
    assert.deepEqual(await world.list('/'), [HUB, TRUNK]);
    assert.deepEqual(await world.list(`/${HUB}/main`), [MAIN]);
    assert.deepEqual(await world.list(`/${HUB}/aux`), [INNER, AUX]);
    assert.deepEqual(await world.list(`${inner}/main`), [DEEP]);
    assert.deepEqual(await world.list(`${inner}/aux`), []);
    assert.deepEqual(await world.list('/'), [HUB, TRUNK]);
  });

  it('owserver reads and writes on the branches', async () => {
    assert.equal(await world.read(`/${HUB}/main/${MAIN}/temperature`), 2);
    await world.write(`/${HUB}/aux/${AUX}/PIO.B`, true);
    assert.equal((await world.bus.state(AUX)).outputs, 2);
    assert.equal((await world.bus.state(HUB)).branch, 'aux');
    assert.equal(await world.read(`/${TRUNK}/temperature`), 1);
    assert.equal((await world.bus.state(HUB)).branch, undefined);
  });

  it('owserver sets and reads the control of a coupler', async () => {
    for (const control of [2, 0, 1, 3]) {
      await world.write(`/${HUB}/control`, control);
      assert.equal(await world.read(`/${HUB}/control`), control);
    }
    assert.deepEqual(await world.read(`/${HUB}/sensed.ALL`), [true, true]);
  });

  it('a branch is empty when its device is pulled, and not when it is back', async () => {
    await world.bus.pull(MAIN);
    assert.deepEqual(await world.list(`/${HUB}/main`), []);
    await world.bus.plug(MAIN);
    assert.deepEqual(await world.list(`/${HUB}/main`), [MAIN]);
  });
});

describe('the DS2480B of the emulated bus', () => {
  const sensor = '28.021000000000';
  const fed = '28.022000000000';
  const devices = [
    { id: sensor, temperature: 21 },
    { id: fed, parasite: true, temperature: 22 },
  ];
  const world = onBuses([{ devices, ...FAST, master: 'DS2480B' }]);
  const alarms = async (): Promise<string[]> => (await world.client.alarm()).map(({ id }) => id);

  it('feeds a sensor that has no supply of its own while it converts', async () => {
    assert.equal(await world.read(`/${fed}/power`), false);
    assert.equal(await world.read(`/${fed}/temperature`), 22);
    await world.write(SIMULTANEOUS, true);
    assert.equal(await world.read(`/${sensor}/power`), true);
    // A broadcast does not feed it.
    assert.equal((await world.bus.state(fed)).latest, 85);
  });

  it('finds who is in alarm, or nobody', async () => {
    for (const id of [sensor, fed]) await world.write(`/${id}/templow`, 0);
    await world.read(`/${sensor}/temperature`);
    assert.deepEqual(await alarms(), []);
    await world.bus.set(sensor, { temperature: -1 });
    await world.read(`/${sensor}/temperature`);
    assert.deepEqual(await alarms(), [sensor]);
  });

  it('a shorted wire is an error, and heals', async () => {
    await world.bus.shorted(true);
    await assert.rejects(world.list(), { code: 'EOW_RETURN', ret: -5 });
    await world.bus.shorted(false);
    assert.deepEqual(await world.list(), [sensor, fed]);
  });
});
