import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import {
  OwError,
  type OwserverClient,
  type Reading,
  type WatchOptions,
  type WatchTimes,
} from '../../../client/index.js';
import { ReadingsObserver } from '../../../client/watch/readings.js';
import { Timetable } from '../../../client/watch/timetable.js';
import { Watch } from '../../../client/watch/watch.js';
import { held } from '../../support/heap.js';
import { houses } from '../simulated.js';
import { HandClock } from './hand-clock.js';

const HOUR_MS = 3_600_000;
const MIB = 2 ** 20;
const IDS = Array.from({ length: 20 }, (_, at) => `28.${String(at).padStart(12, '0')}`);
const PATHS = IDS.map((id) => `/${id}/temperature`);

const reading = (path: string, value: number): Reading => ({
  path,
  value,
  raw: String(value),
  cached: false,
  ms: 1,
  attempts: 1,
});

describe('24 hours of watching', () => {
  it('take no more memory than 2, with values that change and sensors that come and go', async function () {
    this.timeout(120_000);
    const clock = new HandClock();
    const timetable = new Timetable(clock);
    let reads = 0;
    const observer = new ReadingsObserver(
      {
        one: () => assert.fail('a list'),
        all: () => {
          reads += 1;
          return Promise.resolve(
            PATHS.map((path, at) =>
              (reads + at * 37) % 500 < 20
                ? { path, error: new OwError('deviceLost', { since: '', seconds: 30 }, { path }) }
                : reading(path, (reads * (at + 1)) % 97),
            ),
          );
        },
        onFound: () => () => undefined,
      },
      { emit: 'change', decimals: 1 },
    );
    let told = 0;
    const listener = (): void => void (told += 1);
    const times: WatchTimes = { everyMs: 1_000, once: false };
    const where = PATHS;
    const onClose = (): void => undefined;
    const watch = new Watch({ timetable, observer, where, times, listener, onClose });
    watch.start();
    await clock.pass(2 * HOUR_MS);
    const before = await held();
    await clock.pass(22 * HOUR_MS);
    const grown = (await held()) - before;
    assert.equal(reads, 24 * 3_600);
    assert.equal(told, reads);
    assert.ok(grown < MIB, `${(grown / 1024).toFixed(0)} KiB more`);
    watch.close();
    assert.equal(clock.timers, 0);
  });
});

const SUBJECTS = [
  { read: '/28.*/temperature', source: 'uncached' },
  { read: PATHS[0]!, source: 'uncached' },
  { devices: '/', emit: 'change' },
  { entries: '/' },
  { alarm: '/', latch: 'reset' },
  { present: IDS.slice(0, 2).map((id) => `/${id}`) },
] as const satisfies readonly WatchOptions[];

/** Timers that are set, whatever for. */
const timers = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('watches of all kinds', () => {
  const house = houses();
  const LOOKS = 3;

  /** Opens a watch of each kind, and resolves when each has looked some times. */
  async function watched(
    client: OwserverClient,
    signal: AbortSignal,
  ): Promise<{ close(): void }[]> {
    const looked: Promise<void>[] = [];
    const watches = SUBJECTS.map((subject) => {
      let looks = 0;
      let enough = (): void => undefined;
      looked.push(new Promise<void>((resolve) => (enough = resolve)));
      const open = client.watch as (options: WatchOptions, listener: () => void) => Closable;
      return open({ ...subject, everyMs: 100, all: true, signal }, () => {
        looks += 1;
        if (looks === LOOKS) enough();
      });
    });
    await Promise.all(looked);
    return watches;
  }

  /** Leaves a loop over each. */
  async function looped(client: OwserverClient): Promise<void> {
    const open = client.watch as (options: WatchOptions) => AsyncIterable<unknown>;
    await Promise.all(
      SUBJECTS.map(async (subject) => {
        let looks = 0;
        for await (const look of open({ ...subject, everyMs: 100, all: true })) {
          assert.ok(look);
          looks += 1;
          if (looks === LOOKS) break;
        }
      }),
    );
  }

  it('leave no timer, listener or request behind when each of them is closed', async () => {
    const { client, simulator } = await house({ devices: IDS.map((id) => ({ id })) });
    const { signal } = new AbortController();
    const controller = new AbortController();
    const ends: ((watches: readonly Closable[]) => void)[] = [
      (watches) => watches.forEach((watch) => watch.close()),
      () => controller.abort(),
    ];
    await client.ping();
    const before = timers();
    for (const end of [...ends, undefined]) {
      if (end) end(await watched(client, end === ends[0] ? signal : controller.signal));
      else await looped(client);
      // What is under way then ends.
      await client.ping();
      const requests = simulator.requests.length;
      assert.equal(getEventListeners(signal, 'abort').length, 0);
      assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
      assert.ok(timers() <= before, `${timers()} timers, and ${before} before`);
      await client.ping();
      assert.equal(simulator.requests.length, requests + 1);
    }
  });

  it('leave nothing behind when their client is closed', async () => {
    const { simulator, another } = await house({ devices: IDS.map((id) => ({ id })) });
    const before = timers();
    for (let round = 0; round < 3; round += 1) {
      const client = another();
      const { signal } = new AbortController();
      const watches = await watched(client, signal);
      client.close();
      await simulator.waitForConnections(0);
      assert.equal(watches.length, SUBJECTS.length);
      assert.equal(getEventListeners(signal, 'abort').length, 0);
      await new Promise((resolve) => setImmediate(resolve));
      assert.ok(timers() <= before, `${timers()} timers, and ${before} before, in round ${round}`);
    }
  });
});

interface Closable {
  close(): void;
}
