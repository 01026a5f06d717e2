import assert from 'node:assert/strict';
import type { AlarmsLook, Watch } from '../../client/index.js';
import { FAST, onBuses } from './world.js';

const CONTACT = '29.0260000000AA';
const SENSORS = Array.from(
  { length: 99 },
  (_, number) => `28.00000000${(number + 16).toString(16).toUpperCase()}AA`,
);

describe('watches of alarms over a hundred devices', () => {
  const devices = [...SENSORS, CONTACT].map((id) => ({ id }));
  const world = onBuses([{ ...FAST, devices }]);
  const watches: Watch<AlarmsLook>[] = [];
  afterEach(() => {
    for (const watch of watches.splice(0)) watch.close();
  });

  /** A watch of all alarms, and what it told. */
  function watched(options: { latch?: 'keep' | 'reset' }, everyMs = 200): Watched {
    const looks: AlarmsLook[] = [];
    const waiting = new Set<() => void>();
    const watch = world.client.watch(
      { alarm: '/', everyMs, all: true, check: false, emit: 'change', ...options },
      (look) => {
        looks.push(look);
        for (const wake of waiting) wake();
        waiting.clear();
      },
    );
    watches.push(watch);
    const next = (): Promise<void> => new Promise((wake) => waiting.add(wake));
    return { looks, next };
  }

  const searches = async (): Promise<number> => (await world.bus.traffic()).alarmSearches;

  before(async () => {
    await world.write(`/${CONTACT}/por`, false);
    await world.write(`/${CONTACT}/set_alarm`, 133_333_333);
    await world.write(`/${CONTACT}/latch.0`, false);
  });

  for (const count of [1, 2, 5]) {
    it(`search the bus once an interval, ${count} of them`, async () => {
      const all = Array.from({ length: count }, () => watched({}));
      await Promise.all(all.map(({ next }) => next()));
      const LOOKS = 5;
      const before = await searches();
      const from = all.map(({ looks }) => looks.length);
      for (let look = 0; look < LOOKS; look += 1) await Promise.all(all.map(({ next }) => next()));
      const made = (await searches()) - before;
      const ticks = Math.max(...all.map(({ looks }, at) => looks.length - from[at]!));
      assert.ok(made <= ticks + 1, `${made} searches in ${ticks} intervals`);
    });
  }

  for (const count of [1, 2, 3]) {
    it(`report each edge once to each of ${count} that clear latches`, async () => {
      const all = Array.from({ length: count }, () => watched({ latch: 'reset' }));
      await Promise.all(all.map(({ next }) => next()));
      const EDGES = 10;
      for (let edge = 0; edge < EDGES; edge += 1) {
        await world.bus.set(CONTACT, { levels: { 3: edge % 2 === 1 } });
        await Promise.all(all.map(({ next }) => next()));
        await Promise.all(all.map(({ next }) => next()));
        await Promise.all(all.map(({ next }) => next()));
      }
      const reported = all.map(
        ({ looks }) =>
          looks.flatMap(({ fresh }) => fresh).filter(({ channels }) => channels?.includes(3))
            .length,
      );
      assert.deepEqual(reported, Array(count).fill(EDGES));
    });
  }
});

interface Watched {
  readonly looks: readonly AlarmsLook[];
  /** Resolves with the next look. */
  readonly next: () => Promise<void>;
}
