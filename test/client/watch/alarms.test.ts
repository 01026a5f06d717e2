import assert from 'node:assert/strict';
import { isAnswered } from '../../../client/watch/answers.js';
import {
  alarmsObserver,
  type AlarmsLook,
  type AlarmsObserverOptions,
} from '../../../client/watch/alarms.js';
import { listings } from '../simulated.js';
import { lookOnce, watchedHouses, type WatchedHouse } from './watched.js';

const EIGHT = '29.026000000000';
const TWO = '12.024000000000';
const RELAY = '3A.025000000000';
const KEY = '01.029000000000';

type Seen = readonly [id: string, channels: readonly number[] | undefined];
const seen = (devices: AlarmsLook['fresh']): Seen[] =>
  devices.map(({ id, channels }) => [id, channels]);
const listed = ({ answers }: AlarmsLook): Seen[] =>
  answers.flatMap((answer) => (isAnswered(answer) ? seen(answer.value) : []));
const ids = (look: AlarmsLook): string[] => look.warnings.map(({ id }) => id);

describe('watching alarms', () => {
  const house = watchedHouses();
  const open = async (
    devices: readonly string[],
    options: AlarmsObserverOptions,
  ): Promise<WatchedHouse & { look: () => Promise<AlarmsLook> }> => {
    const opened = await house({ devices: devices.map((id) => ({ id })) });
    const observer = alarmsObserver(opened.parts, { emit: 'change', ...options });
    return { ...opened, look: () => lookOnce(observer) };
  };

  for (const [id, pin] of [
    [EIGHT, 'sensed.3'],
    [TWO, 'sensed.B'],
  ] as const) {
    const channel = id === EIGHT ? 3 : 1;

    it(`${id}: set up, each edge is told once, and its latch is cleared after that`, async () => {
      const { simulator, look } = await open([id], { latch: 'reset', arm: true });
      const first = await look();
      assert.deepEqual([first.due, listed(first), ids(first)], [true, [], []]);
      const chip = simulator.device(id);
      for (const level of [0, 1, 0]) {
        chip.set(pin, level);
        const { due, fresh } = await look();
        assert.deepEqual([due, seen(fresh)], [true, [[id, [channel]]]]);
        assert.equal(fresh[0]?.state?.[channel], level === 1);
        const next = await look();
        assert.deepEqual([next.due, next.fresh, next.ended], [false, [], []]);
      }
    });

    it(`${id}: a contact that goes back before its latch is cleared is one event, and its level is told`, async () => {
      const { simulator, parts } = await open([id], {});
      const observer = alarmsObserver(parts, { emit: 'change', latch: 'reset', arm: true });
      await lookOnce(observer);
      simulator.device(id).set(pin, 0);
      const closed = await observer.look('/', {});
      assert.deepEqual(seen(closed.fresh), [[id, [channel]]]);
      const cleared = closed.settle?.();
      simulator.device(id).set(pin, 1);
      await cleared;
      const opened = await lookOnce(observer);
      assert.deepEqual([opened.due, seen(opened.fresh)], [true, [[id, []]]]);
      assert.equal(opened.fresh[0]?.state?.[channel], true);
      assert.equal((await lookOnce(observer)).due, false);
    });

    it(`${id}: with its latches kept it is in alarm until somebody clears them`, async () => {
      const { simulator, parts, look } = await open([id], { arm: true });
      await look();
      simulator.device(id).set(pin, 0);
      const alarm = await look();
      assert.deepEqual([alarm.due, seen(alarm.fresh)], [true, [[id, [channel]]]]);
      assert.equal(alarm.settle, undefined);
      const still = await look();
      assert.deepEqual([still.due, listed(still)], [false, [[id, [channel]]]]);
      // Another level is news, too.
      simulator.device(id).set(pin, 1);
      const changed = await look();
      assert.deepEqual([changed.due, changed.fresh], [true, []]);
      const { Deadline } = await import('../../../client/transport/deadline.js');
      await parts.writer.write(`/${id}/latch.BYTE`, 1, {}, { deadline: new Deadline(5_000) });
      const over = await look();
      assert.deepEqual([over.due, seen(over.ended)], [true, [[id, [channel]]]]);
    });
  }

  it('latches are as they were while the look is told', async () => {
    const { simulator, parts } = await open([EIGHT], {});
    const observer = alarmsObserver(parts, { latch: 'reset', arm: true });
    await lookOnce(observer);
    simulator.device(EIGHT).set('sensed.0', 0);
    const clears = (): number =>
      simulator.requests.filter(({ type, path }) => type === 'write' && path.includes('latch'))
        .length;
    const before = clears();
    const look = await observer.look('/', {});
    assert.equal(clears(), before);
    await look.settle?.();
    assert.equal(clears(), before + 1);
  });

  for (const id of [EIGHT, TWO]) {
    it(`${id}: one that has lost its supply is set up again, and no edge is made of that`, async () => {
      const { simulator, look } = await open([id], { latch: 'reset', arm: true });
      await look();
      simulator.device(id).dip();
      for (let turn = 0; turn < 2; turn += 1) {
        const { fresh, ended, warnings } = await look();
        assert.deepEqual([fresh, ended, warnings], [[], [], []]);
      }
      simulator.device(id).set(id === EIGHT ? 'sensed.0' : 'sensed.A', 0);
      assert.deepEqual(seen((await look()).fresh), [[id, [0]]]);
      assert.deepEqual((await look()).fresh, []);
    });
  }

  it('one that came up and is not to be set up is listed, and said to be so once', async () => {
    const { look } = await open([EIGHT], {});
    const first = await look();
    assert.deepEqual([listed(first), first.fresh], [[[EIGHT, []]], []]);
    assert.deepEqual(ids(first).sort(), ['freshFromPowerOn', 'unarmed']);
    const next = await look();
    assert.deepEqual([next.due, listed(next), ids(next)], [false, [[EIGHT, []]], []]);
  });

  it('a chip that answers no alarm search is named once, with what to write', async () => {
    const { look } = await open([EIGHT, KEY], { latch: 'reset' });
    const first = await look();
    assert.deepEqual(ids(first), ['unarmed']);
    const [warning] = first.warnings;
    assert.equal(warning?.path, `/${EIGHT}`);
    assert.match(warning.message, /133333333/);
    assert.deepEqual(ids(await look()), []);
  });

  it('a DS2413 is said to be of no use where nobody else can be in alarm', async () => {
    assert.deepEqual(ids(await (await open([RELAY, KEY], {})).look()), ['cannotAlarm']);
    assert.deepEqual(ids(await (await open([RELAY, '28.021000000000'], {})).look()), []);
    const asked = await open([RELAY, '28.021000000000'], { family: '3A' });
    assert.deepEqual(ids(await asked.look()), ['cannotAlarm']);
  });

  it('who only lists now and then is not checked', async () => {
    const { simulator, look } = await open([EIGHT], { check: false });
    const first = await look();
    assert.deepEqual([listed(first), ids(first)], [[[EIGHT, []]], []]);
    assert.deepEqual(listings(simulator), ['/alarm']);
    assert.ok(!simulator.requests.some(({ path }) => path.endsWith('set_alarm')));
  });

  it('searches once a look, whatever the number of devices, and reads only who is in alarm', async () => {
    const many = Array.from(
      { length: 100 },
      (_, n) => `28.${n.toString(16).padStart(12, '0').toUpperCase()}`,
    );
    const { simulator, look } = await open([...many, EIGHT], { latch: 'reset', arm: true });
    await look();
    const before = simulator.requests.length;
    await look();
    await look();
    assert.deepEqual(
      simulator.requests.slice(before).map(({ path }) => path),
      ['/alarm', '/alarm'],
    );
  });

  it('a dead bus beside others is told, and the alarms of its devices have not ended', async () => {
    const { simulator, parts } = await house({
      devices: [{ id: EIGHT }, { id: TWO, bus: 1 }],
    });
    const observer = alarmsObserver(parts, { arm: true, emit: 'change' });
    await lookOnce(observer);
    simulator.device(TWO).set('sensed.A', 0);
    assert.deepEqual(seen((await lookOnce(observer)).fresh), [[TWO, [0]]]);
    simulator.bus(1).dead(true);
    const dead = await lookOnce(observer);
    assert.deepEqual([dead.ended, dead.warnings.map(({ path }) => path)], [[], ['/bus.1']]);
    simulator.bus(1).dead(false);
    const alive = await lookOnce(observer);
    assert.deepEqual([alive.fresh, alive.ended, listed(alive)], [[], [], [[TWO, [0]]]]);
  });

  it('a client that may not write says so once, and goes on', async () => {
    const { simulator, parts } = await house({ devices: [{ id: EIGHT }] }, { readOnly: true });
    simulator.device(EIGHT).set('set_alarm', 133_333_333);
    const observer = alarmsObserver(parts, { latch: 'reset', emit: 'change' });
    await lookOnce(observer);
    simulator.device(EIGHT).set('sensed.0', 0);
    assert.deepEqual(seen((await lookOnce(observer)).fresh), [[EIGHT, [0]]]);
    const next = await lookOnce(observer);
    assert.deepEqual([next.fresh, next.warnings.map(({ code }) => code)], [[], ['EOW_READ_ONLY']]);
    assert.deepEqual((await lookOnce(observer)).warnings, []);
  });
});
