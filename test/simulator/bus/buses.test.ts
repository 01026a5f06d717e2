import assert from 'node:assert/strict';
import { bench, closeAll, inTurn, T } from '../world.js';

const UNCACHED = 0x124;
const HERE = '28.021000000000';
const THERE = '28.022000000000';
const devices = [
  { id: HERE, values: { temperature: 20 } },
  { id: THERE, bus: 1, values: { temperature: 30 } },
];

describe('several simulated buses', () => {
  afterEach(closeAll);

  it('are listed together, newest first, and each by its number', async () => {
    const { list } = await bench({ devices });
    assert.equal(await list('/'), `/${THERE}/,/${HERE}/`);
    const rest = 'uncached/,/settings/,/system/,/statistics/,/structure/,/simultaneous/,/alarm/';
    assert.equal(await list('/', 0x106), `/${THERE}/,/${HERE}/,/bus.1/,/bus.0/,/${rest}`);
    const folders = '/bus.1/simultaneous/,/bus.1/alarm/';
    assert.equal(await list('/bus.1'), `/bus.1/interface/,/bus.1/${THERE}/,${folders}`);
    assert.equal(await list('/bus.2'), '-1');
  });

  it('have an interface each', async () => {
    const { read, write } = await bench({ devices, buses: 3 });
    const address = (bus: number): Promise<string> =>
      read(`/bus.${bus}/interface/settings/address`);
    assert.deepEqual(await inTurn([0, 1, 2], address), [
      'simulator.0',
      'simulator.1',
      'simulator.2',
    ]);
    assert.equal(await read('/bus.1/interface/settings/name'), 'Simulator');
    await write('/bus.1/interface/settings/overdrive', '1');
    assert.equal(await read('/bus.1/interface/settings/overdrive'), '1');
    assert.equal(await read('/bus.2/interface/settings/overdrive'), '0');
    assert.equal(await read('/system/connections/count_current_buses'), '           3');
    assert.equal(await read('/interface/settings/name'), '-1');
  });

  it('are found by owserver when no bus is named, and believed when one is', async () => {
    const { read } = await bench({ devices });
    assert.equal(await read(`/${THERE}/temperature`), '          30');
    assert.equal(await read(`/bus.1/${THERE}/temperature`, UNCACHED), '          30');
    assert.equal(await read(`/bus.0/${THERE}/type`), 'DS18B20');
    assert.equal(await read(`/bus.0/${THERE}/latesttemp`, UNCACHED), '-22');
    assert.equal(await read(`/bus.0/${THERE}/present`, UNCACHED), '0');
    assert.equal(await read(`/bus.0/28.0F0F0F0F0F0F/templow`), '-22');
    assert.equal(await read('/28.0F0F0F0F0F0F/type'), '-1');
  });

  it('convert together or alone; a mark of one counts for all', async () => {
    let now = 1_000_000;
    const { simulator, read, write } = await bench({ devices, now: () => now });
    const latest = (id: string): Promise<string> => read(`/${id}/latesttemp`, UNCACHED);
    await write('/bus.1/simultaneous/temperature', '1');
    assert.deepEqual([await latest(HERE), await latest(THERE)], ['          85', '          30']);
    await write('/simultaneous/temperature', '1');
    assert.deepEqual([await latest(HERE), await latest(THERE)], ['          20', '          30']);
    simulator.device(HERE).set('temperature', 25);
    now += 1000;
    await write('/bus.1/simultaneous/temperature', '1');
    assert.equal(await read(`/${HERE}/temperature`), '          20');
    assert.equal(await read(`/${HERE}/temperature`, UNCACHED), '          25');
  });

  it('lose a dead one from the common listing, and fail when asked for it', async () => {
    const { simulator, list, read, write } = await bench({ devices });
    await list('/');
    simulator.bus(0).dead(true);
    assert.equal(await list('/'), `/${THERE}/,/${HERE}/`);
    assert.equal(await list('/', UNCACHED), `/${THERE}/`);
    assert.deepEqual([await list('/bus.0'), await list('/bus.0/alarm')], ['-5', '-5']);
    assert.equal(await read(`/bus.0/${HERE}/latesttemp`, UNCACHED), '-22');
    assert.equal(await read(`/${HERE}/latesttemp`, UNCACHED), '-2');
    assert.equal(await read(`/${HERE}/latesttemp`, UNCACHED), '-1');
    assert.equal((await write('/bus.0/simultaneous/temperature', '1'))[2], 0);
    assert.equal(await read(`/${THERE}/temperature`), '          30');
    simulator.bus(1).dead(true);
    assert.equal(await list('/', UNCACHED), '-5');
    simulator.bus(0).dead(false);
    assert.equal(await list('/', UNCACHED), `/${HERE}/`);
    assert.equal(await read(`/${HERE}/temperature`), '          20');
  });

  it('do not wait for a dead one, but owserver does when it looks for a device', async () => {
    const made = await bench({ devices, deadMs: 60 });
    const { simulator, list, read, connect } = made;
    await list('/');
    simulator.bus(0).dead(true);
    const order: string[] = [];
    const ask = (path: string): Promise<unknown> =>
      connect()
        .ask(T.read, path, { flags: UNCACHED })
        .then(() => order.push(path));
    const paths = [`/bus.0/${HERE}/latesttemp`, '/28.0F0F0F0F0F0F/type', `/${THERE}/latesttemp`];
    await Promise.all(paths.map(ask));
    assert.equal(order[0], `/${THERE}/latesttemp`);
    const startedAt = performance.now();
    assert.equal(await list('/bus.0'), '-5');
    assert.ok(performance.now() - startedAt > 350);
    assert.equal(await read(`/${THERE}/latesttemp`, UNCACHED), '          85');
  });

  it('are as many as the devices ask for, and no more', async () => {
    const { simulator } = await bench({ devices });
    assert.equal(simulator.bus(1).number, 1);
    assert.throws(() => simulator.bus(2), /There is no bus 2/);
    assert.throws(() => simulator.add({ id: '01.029000000000', bus: 2 }), /There is no bus 2/);
    simulator.add({ id: '01.029000000000', bus: 1 });
    assert.equal(simulator.device('01.029000000000').id, '01.029000000000');
  });
});
