import assert from 'node:assert/strict';
import { bench, closeAll, T, type Bench } from '../world.js';

const SENSOR = '/28.021000000000';
const OTHER = '/28.022000000000';
const UNCACHED = 0x124;

/** Two sensors on one bus, at 20 degrees, as cold as after power-on. */
const pair = (more: object = {}) =>
  ['28.021000000000', '28.022000000000'].map((id) => ({
    id,
    values: { temperature: 20 },
    ...(id.startsWith('28.021') ? more : {}),
  }));

/** How long it takes, in milliseconds. */
async function timed(task: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}

/** Runs the others while the first is under way; which ended in what order. */
async function race(
  { connect, simulator }: Bench,
  first: string,
  ...others: string[]
): Promise<string[]> {
  const order: string[] = [];
  const ask = (path: string): Promise<unknown> =>
    connect()
      .ask(T.read, path, { flags: UNCACHED })
      .then(() => order.push(path));
  const seen = simulator.waitFor(({ path, flags }) => path === first && flags === UNCACHED);
  const begun = ask(first);
  await seen;
  await Promise.all([begun, ...others.map(ask)]);
  return order;
}

describe('conversions on the simulated bus', () => {
  afterEach(closeAll);

  it('take as long as their bits need, and always 12 for temperature', async () => {
    const devices = pair({ resolution: 9 });
    const { read } = await bench({ devices, conversionMs: 160 });
    await read(`${SENSOR}/power`);
    const times: number[] = [];
    for (const name of ['temperature9', 'temperature10', 'temperature'])
      times.push(await timed(() => read(`${SENSOR}/${name}`, UNCACHED)));
    const [nine = 0, ten = 0, twelve = 0] = times;
    assert.ok(nine > 18 && ten > 38 && twelve > 158, times.join());
    assert.ok(nine < twelve, times.join());
  });

  it('of all at once take what each sensor is set to, and round to it', async () => {
    let now = 1_000_000;
    const devices = pair({ resolution: 9, values: { temperature: 20.3 } });
    const { read, write } = await bench({ devices, conversionMs: 800, now: () => now });
    await write('/simultaneous/temperature', '1');
    now += 100;
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '        20.5');
    assert.equal(await read(`${OTHER}/latesttemp`, UNCACHED), '          85');
    now += 700;
    assert.equal(await read(`${OTHER}/latesttemp`, UNCACHED), '          20');
  });

  it('leave the last reading in the register until they end', async () => {
    let now = 1_000_000;
    const { simulator, read, write } = await bench({
      devices: pair(),
      conversionMs: 750,
      now: () => now,
    });
    const latest = (): Promise<string> => read(`${SENSOR}/latesttemp`, UNCACHED);
    await write('/simultaneous/temperature', '1');
    now += 750;
    assert.equal(await latest(), '          20');
    simulator.device('28.021000000000').set('temperature', 30);
    await write('/simultaneous/temperature', '1');
    now += 749;
    assert.equal(await latest(), '          20');
    now += 1;
    assert.equal(await latest(), '          30');
  });

  it('of all are used by cached readings, unless the last one fell into the same second', async () => {
    let now = 1_000_000;
    const { simulator, read, write } = await bench({ devices: pair(), now: () => now });
    assert.equal(await read(`${SENSOR}/temperature`), '          20');
    simulator.device('28.021000000000').set('temperature', 30);
    now += 999;
    await write('/simultaneous/temperature', '1');
    assert.equal(await read(`${SENSOR}/temperature`), '          20');
    now += 1;
    await write('/simultaneous/temperature', '1');
    assert.equal(await read(`${SENSOR}/temperature`), '          30');
    assert.equal(await read('/simultaneous/temperature'), '0');
  });

  it('of all are waited for by whole seconds, and the bus is free meanwhile', async () => {
    let now = 1_000_000;
    const made = await bench({ devices: pair(), conversionMs: 150, now: () => now });
    const { client, connect, read, write } = made;
    await read(`${SENSOR}/temphigh`);
    await write('/simultaneous/temperature', '1');
    const order: string[] = [];
    const waits = client.ask(T.read, `${SENSOR}/temperature`).then(() => order.push('cached'));
    await made.simulator.waitFor(({ path }) => path === `${SENSOR}/temperature`);
    now += 150;
    const asks = { flags: UNCACHED };
    const free = connect().ask(T.read, `${OTHER}/latesttemp`, asks);
    await Promise.all([waits, free.then(() => order.push('latest'))]);
    assert.deepEqual(order, ['latest', 'cached']);
  });

  it('of all are not waited for once enough whole seconds went by', async () => {
    let now = 1_000_900;
    const { read, write } = await bench({
      devices: pair(),
      conversionMs: 60_000,
      now: () => now,
    });
    await write('/simultaneous/temperature', '1');
    now += 100;
    // owserver allows 80 s for it, and counts them from the start of that second.
    await write('/settings/timeout/volatile', '100');
    now += 79_000;
    assert.equal(await read(`${SENSOR}/temperature`), '          20');
  });

  it('of one sensor hold its bus, but not another', async () => {
    const devices = [...pair(), { id: '28.023000000000', bus: 1 }];
    const made = await bench({ devices, conversionMs: 120 });
    await made.list('/');
    const [first, ...rest] = await race(
      made,
      `${SENSOR}/temperature`,
      `${OTHER}/latesttemp`,
      '/28.023000000000/latesttemp',
    );
    assert.equal(first, '/28.023000000000/latesttemp');
    assert.deepEqual(rest.sort(), [`${SENSOR}/temperature`, `${OTHER}/latesttemp`]);
  });

  it('of all do not serve a sensor without a supply; it converts by itself and holds the bus', async () => {
    const made = await bench({ devices: pair({ parasite: true }), conversionMs: 75 });
    const { simulator, read, write } = made;
    assert.equal(await read(`${SENSOR}/power`), '0');
    assert.equal(await read(`${OTHER}/power`), '1');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          20');
    simulator.device('28.021000000000').set('temperature', 30);
    await write('/simultaneous/temperature', '1');
    await new Promise((resolve) => setTimeout(resolve, 80));
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          20');
    assert.equal(await read(`${OTHER}/latesttemp`, UNCACHED), '          20');
    const took = await timed(() => read(`${SENSOR}/temperature`, UNCACHED));
    assert.ok(took > 98, String(took));
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          30');
  });

  it('of all do not hold the bus, not even for a sensor without a supply', async () => {
    const devices = pair({ parasite: true });
    const { read, write } = await bench({ devices, conversionMs: 600_000 });
    assert.equal((await write('/simultaneous/temperature', '1'))[2], 0);
    assert.equal(await read(`${OTHER}/latesttemp`, UNCACHED), '          85');
  });

  it('are tried three times before 85 degrees are believed, but not of a DS18S20', async () => {
    const conversions = { '28': 0, '10': 0 };
    const devices = (['28', '10'] as const).map((family) => ({
      id: `${family}.021000000000`,
      values: { temperature: () => ((conversions[family] += 1), 85) },
    }));
    const { read } = await bench({ devices });
    for (const { id } of devices)
      assert.equal(await read(`/${id}/temperature`, UNCACHED), '          85');
    assert.deepEqual(conversions, { '28': 3, '10': 1 });
  });

  it('replace what a dip of the supply left in the register', async () => {
    const { simulator, read } = await bench({ devices: pair() });
    await read(`${SENSOR}/temperature`);
    simulator.device('28.021000000000').dip();
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          85');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          20');
    simulator.device('28.021000000000').powerOn(2);
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          85');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          85');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          20');
  });

  it('with a sensor that was pulled hold the bus in vain, then say that it is gone', async () => {
    const made = await bench({ devices: pair(), absentMs: 120 });
    const { simulator, read } = made;
    await read(`${SENSOR}/temperature`);
    await read(`${OTHER}/temperature`);
    simulator.device('28.021000000000').pull();
    const path = `${SENSOR}/temperature`;
    assert.equal(await read(path), '          20');
    const took = await timed(() => race(made, path, `${OTHER}/latesttemp`));
    assert.ok(took > 118, String(took));
    assert.deepEqual([await read(path, UNCACHED), await read(path)], ['-1', '-1']);
    simulator.device('28.021000000000').plug();
    assert.equal(await read(path, UNCACHED), '          20');
  });

  it('fail at once when owserver has to set the bits of a sensor that is gone', async () => {
    const { simulator, read, list } = await bench({ devices: pair(), absentMs: 600_000 });
    await list('/');
    simulator.device('28.021000000000').pull();
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '-2');
  });
});
