import assert from 'node:assert/strict';
import { Timetable } from '../../../client/watch/timetable.js';
import { HandClock } from './hand-clock.js';

describe('the timetable of a client', () => {
  let clock: HandClock;
  let timetable: Timetable;
  beforeEach(() => {
    clock = new HandClock();
    timetable = new Timetable(clock);
  });

  /** When somebody looked who looks at this interval. */
  const looks = (ms: number, look: () => Promise<unknown> = () => Promise.resolve()) => {
    const at: number[] = [];
    const repeat = timetable.every(ms, () => {
      at.push(clock.now());
      return look();
    });
    return { at, ...repeat };
  };

  it('lets all of one interval look at the same moment, whenever they came', async () => {
    const first = looks(1_000);
    await clock.pass(300);
    const second = looks(1_000);
    await clock.pass(3_000);
    assert.deepEqual(first.at, [1_000, 2_000, 3_000]);
    assert.deepEqual(second.at, first.at);
    assert.equal(clock.timers, 1);
  });

  it('puts different intervals apart', async () => {
    const all = [10_000, 20_000, 30_000].map((ms) => looks(ms));
    await clock.pass(600_000);
    const moments = all.flatMap(({ at }) => at);
    assert.equal(new Set(moments).size, moments.length);
    const sorted = moments.sort((one, other) => one - other);
    const least = Math.min(...sorted.slice(1).map((at, index) => at - (sorted[index] ?? 0)));
    assert.ok(least > 500, `two looks are ${least} ms apart`);
  });

  it('leaves out what is due while the look before is under way, counts it, and makes up for none', async () => {
    let end = (): void => undefined;
    const slow = looks(1_000, () => new Promise<void>((resolve) => (end = resolve)));
    await clock.pass(4_500);
    assert.deepEqual(slow.at, [1_000]);
    assert.equal(slow.takeSkipped(), 3);
    end();
    await clock.pass(1_000);
    assert.deepEqual(slow.at, [1_000, 5_000]);
    assert.equal(slow.takeSkipped(), 0);
  });

  it('holds nobody up for one who is slow', async () => {
    looks(1_000, () => new Promise(() => undefined));
    const quick = looks(1_000);
    await clock.pass(3_000);
    assert.deepEqual(quick.at, [1_000, 2_000, 3_000]);
  });

  it('makes up for nothing when the machine has slept', async () => {
    const one = looks(1_000);
    clock.sleep(60_500);
    await clock.pass(1_000);
    assert.equal(one.at.length, 2);
    assert.equal(one.at[1], 61_000);
    assert.equal(one.takeSkipped(), 0);
  });

  it('has no timer left when the last one has stopped', async () => {
    const all = [looks(1_000), looks(1_000), looks(2_000)];
    await clock.pass(2_000);
    for (const each of all) each.stop();
    assert.equal(clock.timers, 0);
    await clock.pass(10_000);
    assert.equal(all[0]?.at.length, 2);
  });

  it('lets one stop while those of its moment look', async () => {
    const first = looks(1_000, () => {
      second.stop();
      return Promise.resolve();
    });
    const second = looks(1_000);
    await clock.pass(2_000);
    assert.equal(first.at.length, 2);
    assert.deepEqual(second.at, []);
  });

  it('looks at once when it is asked to, and not twice at a time', async () => {
    const one = looks(1_000, () => new Promise((resolve) => clock.after(500, () => resolve(0))));
    one.now();
    one.now();
    await clock.pass(2_000);
    assert.deepEqual(one.at, [0, 1_000, 2_000]);
  });

  it('looks 86,400 times in a day of one second each, with one timer', async () => {
    let count = 0;
    timetable.every(1_000, () => Promise.resolve((count += 1)));
    await clock.pass(86_400_000);
    assert.equal(count, 86_400);
    assert.equal(clock.timers, 1);
  }).timeout(60_000);
});
