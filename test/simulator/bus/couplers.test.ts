import assert from 'node:assert/strict';
import { bench, closeAll, T } from '../world.js';

const UNCACHED = 0x124;
const HUB = '/1F.031000000000';
const INNER = `${HUB}/aux/1F.032000000000`;
const devices = [
  { id: '28.021000000000', values: { temperature: 20 } },
  {
    id: '1F.031000000000',
    main: [{ id: '28.022000000000', values: { temperature: 30 } }],
    aux: [
      { id: '29.026000000000' },
      {
        id: '1F.032000000000',
        main: [{ id: '28.023000000000', values: { temperature: 40, temphigh: 35 } }],
      },
    ],
  },
];

describe('couplers on the simulated bus', () => {
  afterEach(closeAll);

  it('keep the devices on their branches out of the root, and list them in theirs', async () => {
    const { list } = await bench({ devices });
    assert.equal(await list('/'), '/28.021000000000/,/1F.031000000000/');
    assert.equal(await list(`${HUB}/main`), `${HUB}/main/28.022000000000/`);
    assert.equal(
      await list(`${HUB}/aux`),
      `${HUB}/aux/29.026000000000/,${HUB}/aux/1F.032000000000/`,
    );
    assert.equal(await list(`${INNER}/main`), `${INNER}/main/28.023000000000/`);
    assert.equal(await list(`${INNER}/aux`), '');
    assert.equal(await list(`/uncached${HUB}/main`), `/uncached${HUB}/main/28.022000000000/`);
    const folders = `/bus.0${HUB}/main/simultaneous/,/bus.0${HUB}/main/alarm/`;
    assert.equal(await list(`/bus.0${HUB}/main`), `/bus.0${HUB}/main/28.022000000000/,${folders}`);
    assert.match(await list(HUB), /\/aux\/,.*\/main\//);
  });

  it('lead to the devices on their branches, and only by the right way', async () => {
    const { read, client } = await bench({ devices });
    assert.equal(await read(`${HUB}/main/28.022000000000/temperature`), '          30');
    assert.equal(await read(`${INNER}/main/28.023000000000/temperature`), '          40');
    assert.equal(await read('/28.023000000000/type'), 'DS18B20');
    assert.equal(await read('/28.023000000000/latesttemp', UNCACHED), '-2');
    assert.equal(await read('/28.023000000000/type'), '-1');
    assert.equal(await read(`${HUB}/main/29.026000000000/PIO.0`), '-1');
    assert.equal(await read(`${HUB}/main/28.021000000000/type`), '-1');
    assert.deepEqual(
      [await read(`${HUB}/main`), await read(`${HUB}/main/settings`)],
      ['-21', '-1'],
    );
    const present = await client.ask(T.presence, `${HUB}/main`);
    assert.equal(present.payload.toString('hex', 0, 7), '1f031000000000');
  });

  it('take what is behind them away when they are pulled', async () => {
    const { simulator, read, list } = await bench({ devices });
    await list(`${INNER}/main`);
    simulator.device('1F.031000000000').pull();
    assert.equal(await list('/', UNCACHED), '/28.021000000000/');
    assert.equal(await list(`${INNER}/main`, UNCACHED), '-5');
    assert.equal(await read(`${INNER}/main/28.023000000000/latesttemp`, UNCACHED), '-2');
  });

  it('show the alias of a coupler in the listings of its branches', async () => {
    const { list, write } = await bench({ devices });
    await write(`${HUB}/alias`, 'hub');
    await write('/hub/main/28.022000000000/alias', 'attic');
    assert.equal(await list(`${HUB}/main`), '/hub/main/attic/');
    assert.equal(await list('/unaliased/hub/main'), '/unaliased/hub/main/28.022000000000/');
  });

  it('have alarms of their own', async () => {
    const { list, read } = await bench({ devices });
    await read(`${INNER}/main/28.023000000000/temperature`);
    assert.equal(await list(`${INNER}/main/alarm`), `${INNER}/main/alarm/28.023000000000/`);
    assert.equal(await list('/alarm'), '');
  });

  it('do not pass a conversion of all on, whether it is started above or in a branch', async () => {
    let now = 1_000_000;
    const { simulator, read, write } = await bench({ devices, now: () => now });
    const path = `${HUB}/main/28.022000000000`;
    await write('/simultaneous/temperature', '1');
    assert.equal(await read('/28.021000000000/latesttemp', UNCACHED), '          20');
    assert.equal(await read(`${path}/latesttemp`, UNCACHED), '          85');
    assert.equal(await read(`${path}/temperature`), '          30');
    simulator.device('28.022000000000').set('temperature', 35);
    simulator.device('28.021000000000').set('temperature', 25);
    now += 1000;
    // It reaches the sensors above, but owserver thinks that those of the branch have converted.
    await write(`${HUB}/main/simultaneous/temperature`, '1');
    assert.equal(await read('/28.021000000000/latesttemp', UNCACHED), '          25');
    assert.equal(await read(`${path}/temperature`), '          30');
    assert.equal(await read(`${path}/temperature`, UNCACHED), '          35');
  });

  it('have registers: one branch at most is on, and none after clearevent', async () => {
    const { read, write } = await bench({ devices });
    assert.equal(await read(`${HUB}/branch.ALL`), '0,0');
    assert.equal((await write(`${HUB}/branch.BYTE`, '2'))[2], 0);
    assert.equal(await read(`${HUB}/branch.ALL`, UNCACHED), '0,1');
    assert.equal((await write(`${HUB}/branch.0`, '1'))[2], -22);
    await write(`${HUB}/clearevent`, '1');
    assert.equal(await read(`${HUB}/branch.BYTE`, UNCACHED), '           0');
    assert.deepEqual(
      [await read(`${HUB}/control`), await read(`${HUB}/discharge`)],
      ['           2', '-95'],
    );
    assert.equal((await write(`${HUB}/control`, '4'))[2], -22);
    await write(`${HUB}/control`, '1');
    assert.equal(await read(`${HUB}/control`), '           1');
  });

  it('are the only devices with branches', async () => {
    const main = [{ id: '28.022000000000' }];
    await assert.rejects(bench({ devices: [{ id: '3A.025000000000', main }] }), /has no branches/);
    const { list } = await bench({ devices: [{ id: '12.025000000000' }] });
    assert.equal(await list('/12.025000000000/aux'), '-5');
  });
});
