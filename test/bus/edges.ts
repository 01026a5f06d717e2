import { setTimeout as delay } from 'node:timers/promises';
import type { Observer } from '../../client/watch/look.js';
import type { AlarmsLook } from '../../client/watch/alarms.js';
import type { EmulatedBus } from '../support/bus/index.js';

/** Edges to play on the inputs of a DS2408, and how it is watched meanwhile. */
export interface EdgesSetup {
  readonly bus: EmulatedBus;
  readonly id: string;
  readonly observer: Observer<AlarmsLook>;
  /** How many in all; channel after channel has its turn. */
  readonly count: number;
  /** Between the edges of one channel, in milliseconds, at least. */
  readonly distanceMs: number;
  /** Does the next edge of a channel wait until a look that began after the last one is over? */
  readonly apart: boolean;
  /** Between the begins of looks, in milliseconds. */
  readonly intervalMs: number;
}

/** By channel, how many edges there were and how many were reported. */
export interface EdgesPlayed {
  readonly made: readonly number[];
  readonly reported: readonly number[];
  readonly looks: number;
  /** Longest time from the begin of a look to the end of what follows it, in milliseconds. */
  readonly longestMs: number;
  /** Shortest time between two edges of one channel, in milliseconds. */
  readonly closestMs: number;
}

const CHANNELS = 8;

/** Opens and closes contacts while they are watched, and counts both. */
export async function playEdges(setup: EdgesSetup): Promise<EdgesPlayed> {
  const { bus, id, observer, count, distanceMs, apart, intervalMs } = setup;
  const made = Array<number>(CHANNELS).fill(0);
  const reported = Array<number>(CHANNELS).fill(0);
  let begun = 0;
  let looks = 0;
  let wake = (): void => undefined;
  let longestMs = 0;
  let playing = true;
  const watching = async (): Promise<void> => {
    // One more when all is done, for what the last one found out too late.
    for (let left = 2; left > 0; left = playing ? 2 : left - 1) {
      const start = performance.now();
      begun += 1;
      const look = await observer.look(['/'], {});
      for (const { channels = [] } of look.fresh)
        for (const channel of channels) reported[channel]! += 1;
      await look.settle?.();
      looks += 1;
      wake();
      longestMs = Math.max(longestMs, performance.now() - start);
      await delay(Math.max(0, start + intervalMs - performance.now()));
    }
  };
  const watched = watching();
  let inputs = 0xff;
  let closestMs = Infinity;
  const last = new Map<number, { at: number; look: number }>();
  for (let edge = 0; edge < count; edge += 1) {
    const channel = edge % CHANNELS;
    const before = last.get(channel);
    await delay(distanceMs / CHANNELS);
    while (apart && before && looks <= before.look)
      await new Promise<void>((resolve) => (wake = resolve));
    inputs ^= 1 << channel;
    await bus.set(id, { inputs });
    const at = performance.now();
    if (before) closestMs = Math.min(closestMs, at - before.at);
    last.set(channel, { at, look: begun });
    made[channel]! += 1;
  }
  playing = false;
  await watched;
  return { made, reported, looks, longestMs, closestMs };
}
