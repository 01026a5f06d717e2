import assert from 'node:assert/strict';
import { OwserverClient, type ReadResult } from '../../client/index.js';
import { onBuses, type World } from './world.js';

const FAMILIES = ['10', '22', '28', '3B', '42'];
const SENSORS = FAMILIES.map((family) => `${family}.021000000000`);
const QUICK = '28.029000000000';
const LIMITED = '28.022000000000';

/** What is read of sensors, by id. */
async function convert(
  { client }: Pick<World, 'client'>,
  paths: readonly string[],
): Promise<Record<string, unknown>> {
  const results = await client.readAll(paths, { source: 'convert' });
  return Object.fromEntries(results.map((one) => [idOf(one), valueOf(one)]));
}

function valueOf(result: ReadResult): unknown {
  return 'error' in result ? result.error.code : result.value;
}

function idOf({ path }: ReadResult): string {
  return path.split('/').at(-2) ?? '';
}

const pathOf = (id: string): string => `/${id}/temperature`;

describe('one conversion for all thermometers of a bus', () => {
  const devices = [
    ...SENSORS.map((id) => ({ id })),
    { id: LIMITED, limits: { low: 10, high: 30 } },
    { id: '3A.025000000000' },
  ];
  const world = onBuses([{ devices, byteMs: 0.1 }]);

  /** Temperatures that every chip can show, another one for each sensor and call. */
  let round = 0;
  const warm = async (): Promise<Record<string, number>> => {
    round += 1;
    const now = Object.fromEntries(SENSORS.map((id, at) => [id, round + at * 3.5]));
    await world.bus.setAll(
      Object.fromEntries(Object.entries(now).map(([id, temperature]) => [id, { temperature }])),
    );
    return now;
  };

  it('reads every family of thermometers, with one command to the bus', async () => {
    const now = await warm();
    const { broadcasts } = await world.bus.traffic();
    assert.deepEqual(await convert(world, SENSORS.map(pathOf)), now);
    assert.equal((await world.bus.traffic()).broadcasts, broadcasts + 1);
  });

  it('says what it read as any other reading', async () => {
    await warm();
    const [id = ''] = SENSORS.slice(2);
    const { ms, value, raw, ...rest } = await world.client.read(pathOf(id), { source: 'convert' });
    assert.ok(ms > 0 && typeof value === 'number' && Number(raw) === value);
    assert.deepEqual(rest, {
      path: pathOf(id),
      id,
      family: '28',
      type: 'DS18B20',
      property: 'temperature',
      unit: '°C',
      cached: false,
      attempts: 1,
    });
  });

  it('is new for every reading', async () => {
    for (let times = 0; times < 3; times += 1) {
      const now = await warm();
      assert.deepEqual(await convert(world, SENSORS.map(pathOf)), now);
    }
  });

  it('is shared by all who ask while it is under way', async () => {
    const now = await warm();
    const { broadcasts } = await world.bus.traffic();
    const asked = SENSORS.map((id) => convert(world, [pathOf(id)]));
    const [first, ...others] = await Promise.all([...asked, convert(world, ['*/latesttemp'])]);
    assert.deepEqual(first, { [SENSORS[0] ?? '']: now[SENSORS[0] ?? ''] });
    assert.equal(others.length, SENSORS.length);
    assert.equal((await world.bus.traffic()).broadcasts, broadcasts + 1);
  });

  it('is made by a pattern for all that match', async () => {
    const now = await warm();
    const { [LIMITED]: limited, ...values } = await convert(world, ['*/temperature']);
    assert.equal(limited, 20);
    assert.deepEqual(values, now);
  });

  it('lets the alarm list know who is beyond its limits', async () => {
    await world.bus.set(LIMITED, { temperature: 31 });
    await world.client.convert();
    const inAlarm = async () => (await world.client.alarm()).map(({ id }) => id);
    assert.ok((await inAlarm()).includes(LIMITED));
    await world.bus.set(LIMITED, { temperature: 20 });
    await world.client.convert('/bus.0');
    assert.ok(!(await inAlarm()).includes(LIMITED));
  });

  it('is refused for what is no bus', async () => {
    await assert.rejects(world.client.convert('/28.021000000000'), { code: 'EOW_VALUE' });
  });
});

describe('a conversion at low resolution', () => {
  const slow = { id: SENSORS[2] ?? '', temperature: 18 };
  const quick = { id: QUICK, resolution: 9 as const, temperature: 20 };
  const world = onBuses([{ devices: [slow, quick], byteMs: 0.1 }]);

  it('is not waited for longer than it takes, once the resolution is known', async () => {
    await convert(world, [pathOf(QUICK)]);
    assert.deepEqual(await convert(world, [pathOf(QUICK)]), { [QUICK]: 20 });
    assert.equal((await world.bus.state(slow.id)).converting, true);
  });

  it('is fresh at each of many readings within a second', async () => {
    for (const temperature of [21, 55.5, -10, 0, 21.5, 30]) {
      await world.bus.set(QUICK, { temperature });
      assert.deepEqual(await convert(world, [pathOf(QUICK)]), { [QUICK]: temperature });
    }
  });

  it('does not cut short the conversion of a slower one', async () => {
    await world.bus.setAll({ [slow.id]: { temperature: 44 }, [QUICK]: { temperature: 45 } });
    const both = await Promise.all([
      convert(world, [pathOf(QUICK)]),
      convert(world, [pathOf(slow.id)]),
    ]);
    assert.deepEqual(both, [{ [QUICK]: 45 }, { [slow.id]: 44 }]);
  });

  it('is waited for longer after the resolution was raised', async () => {
    await world.write(`/${QUICK}/tempres`, 12);
    await world.bus.set(QUICK, { temperature: 61.0625 });
    assert.deepEqual(await convert(world, [pathOf(QUICK)]), { [QUICK]: 61.0625 });
  });
});

describe('a conversion with trouble', () => {
  const ids = ['28.031000000000', '28.032000000000', '28.033000000000'];
  const [faulty = '', gone = '', well = ''] = ids;
  const devices = ids.map((id, at) => ({ id, temperature: 20 + at }));
  const world = onBuses([{ devices, byteMs: 0.1 }]);

  it('reads 85 °C again with a conversion of its own', async () => {
    await convert(world, ids.map(pathOf));
    const reading = world.client.read(pathOf(faulty), { source: 'convert' });
    await untilConverting(world, faulty);
    await world.bus.glitch(faulty);
    const { value, attempts } = await reading;
    assert.deepEqual([value, attempts], [20, 2]);
  });

  it('passes 85 °C on when told to, fails when told to, and believes it when it is true', async () => {
    const read = (powerOn: 'reread' | 'pass' | 'error') =>
      world.client.read(pathOf(faulty), { source: 'convert', powerOn });
    await world.bus.set(faulty, { temperature: 85 });
    assert.equal((await read('pass')).value, 85);
    assert.equal((await read('reread')).value, 85);
    await assert.rejects(read('error'), { id: 'powerOn' });
    await world.bus.set(faulty, { temperature: 20 });
  });

  it('costs the others nothing when a sensor is gone, and has it again when it is back', async () => {
    await world.bus.pull(gone);
    const without = { [faulty]: 20, [gone]: 'EOW_ABSENT', [well]: 22 };
    assert.deepEqual(await convert(world, ids.map(pathOf)), without);
    assert.deepEqual(await convert(world, ids.map(pathOf)), without);
    await world.bus.plug(gone);
    // A list would ask for it again within 30 s; whoever asks for it alone has it at once, and so have lists then.
    assert.equal((await world.client.read(pathOf(gone), { source: 'uncached' })).value, 21);
    assert.deepEqual(await convert(world, ids.map(pathOf)), { ...without, [gone]: 21 });
  });

  it('reads the right value or none when checksums fail', async () => {
    for (const crcFails of [1, 2, Infinity]) {
      await world.bus.set(faulty, { crcFails });
      const values = await convert(world, ids.map(pathOf));
      assert.ok([20, 'EOW_RETURN', 'EOW_ABSENT'].includes(values[faulty] as never));
      assert.deepEqual([values[gone], values[well]], [21, 22]);
    }
    await world.bus.set(faulty, { crcFails: 0 });
    assert.equal((await convert(world, [pathOf(faulty)]))[faulty], 20);
  });
});

describe('a conversion of two buses of which one dies', () => {
  const live = ['28.041000000000', '28.042000000000'];
  const dead = ['28.051000000000', '28.052000000000'];
  const on = (ids: readonly string[], temperature: number) => ({
    devices: ids.map((id) => ({ id, temperature })),
    byteMs: 0.1,
  });
  const world = onBuses([on(live, 11), on(dead, 12)]);
  const paths = [...dead, ...live].map(pathOf);
  const all = (first: unknown, second: unknown): Record<string, unknown> =>
    Object.fromEntries([
      ...dead.map((id) => [id, first] as const),
      ...live.map((id) => [id, second] as const),
    ]);

  it('takes one command to each', async () => {
    assert.deepEqual(await convert(world, paths), all(12, 11));
    for (const bus of world.running.buses) assert.equal((await bus.traffic()).broadcasts, 1);
  });

  it('reads the one that lives while the other is silent, and says why there is no more', async function () {
    this.timeout(60_000);
    await world.running.buses[1]?.dead(true);
    const whole = world.client.readAll(paths, { source: 'convert' });
    const quick = await convert(world, live.map(pathOf));
    assert.deepEqual(quick, Object.fromEntries(live.map((id) => [id, 11])));
    const results = await whole;
    assert.deepEqual(results.map(valueOf), ['EOW_TIMEOUT', 'EOW_TIMEOUT', 11, 11]);
    assert.match(String(results.map((one) => 'error' in one && one.error.message)), /bus 1/);
  });

  it('never shows what was measured before, and reads again when the bus is back', async function () {
    this.timeout(60_000);
    await world.running.buses[1]?.dead(false);
    await world.running.buses[1]?.setAll(
      Object.fromEntries(dead.map((id) => [id, { temperature: 33 }])),
    );
    let values = await convert(world, paths);
    assert.ok(dead.every((id) => values[id] === 33 || values[id] === 'EOW_TIMEOUT'));
    const client = new OwserverClient({ host: '127.0.0.1', port: world.running.port });
    values = await convert({ client }, paths).finally(() => client.close());
    assert.deepEqual(values, all(33, 11));
  });
});

async function untilConverting({ bus }: World, id: string): Promise<void> {
  while (!(await bus.state(id)).converting);
}
