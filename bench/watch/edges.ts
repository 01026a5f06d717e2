import { randomInt } from 'node:crypto';
import type { Step } from '../../test/support/bus/index.js';

/** An edge of a contact. */
export interface Edge {
  /** The number of the channel, from 0. */
  readonly channel: number;
  /** The level after it. */
  readonly level: boolean;
  /** When it was, in milliseconds, counted as those of the other edges. */
  readonly at: number;
}

/** What was told of one channel. */
export type Report = Edge;

/** What became of edges. */
export interface Told {
  /** Milliseconds from each edge that was told to when it was. */
  readonly waits: readonly number[];
  readonly lost: number;
  /** Reports without an edge. */
  readonly doubled: number;
  /** Reports with another level than the edge had left. */
  readonly wrong: number;
}

const CHANNELS = 8;

/**
 * So many edges at random distances (least, most), one channel after the other: eight distances lie
 * between two edges of one, so that no edge is taken for another. `levels` are those before, and then those
 * after them.
 */
export function randomEdges(count: number, gapMs: readonly [number, number], levels: boolean[]) {
  let at = 0;
  return Array.from({ length: count }, (_, n): Edge => {
    const channel = n % CHANNELS;
    const level = !(levels[channel] ?? true);
    levels[channel] = level;
    at += randomInt(gapMs[0] * 1000, gapMs[1] * 1000) / 1000;
    return { channel, level, at };
  });
}

/** The edges as a script for a bus. */
export function toSteps(id: string, edges: readonly Edge[]): Step[] {
  return edges.map(({ at, channel, level }) =>
    level ? { at, id, open: channel } : { at, id, close: channel },
  );
}

/** Finds the edge of each report: the first of its channel that was not told yet. */
export function match(edges: readonly Edge[], reports: readonly Report[]): Told {
  const untold = [...edges];
  const waits: number[] = [];
  let doubled = 0;
  let wrong = 0;
  for (const { channel, level, at } of reports) {
    const place = untold.findIndex((edge) => edge.channel === channel && edge.at <= at);
    const [edge] = place < 0 ? [] : untold.splice(place, 1);
    if (!edge) doubled += 1;
    else {
      waits.push(at - edge.at);
      const isLast = !untold.some((later) => later.channel === channel && later.at <= at);
      if (isLast && edge.level !== level) wrong += 1;
    }
  }
  return { waits, lost: untold.length, doubled, wrong };
}
