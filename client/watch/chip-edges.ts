import { setTimeout as delay } from 'node:timers/promises';
import type { ChipAccess } from './chip-access.js';

/** What a chip said: bit n is channel n. */
export interface ChipReading {
  readonly latches: number;
  readonly levels: number;
}

/** Times that a chip is read until its levels stay the same around a read of its latches. */
const MOST_READS = 4;

/**
 * Reads latches and levels that belong together: no edge was between them. owserver reads a chip anew for
 * each property, so the levels are read before and after the latches. @throws OwError
 */
export async function readChip(chip: ChipAccess): Promise<ChipReading> {
  let before = await chip.read('sensed.BYTE');
  for (let read = 1; ; read += 1) {
    const latches = await chip.read('latch.BYTE');
    const levels = await chip.read('sensed.BYTE');
    if (levels === before || read === MOST_READS) return { latches, levels };
    before = levels;
  }
}

/**
 * How long latches are left set from when they were read: contacts bounce, and one that closes for 50 ms
 * has two edges and is one event. On a serial adapter the requests alone take as long.
 */
const HELD_MS = 60;

/**
 * The edges of one chip, each reported once. owserver clears latches only all together, by a write to any
 * of them (owlib/src/c/ow_2408.c, `FS_w_latch`), so that an edge between the read of the latches and that
 * write goes with them: the levels before and after tell of it. Edges of one channel until its latch is
 * cleared are one; the level that it has then is told, if it is another than was told. Of a channel without
 * a report only a pulse between the last read and the write stays unknown: shorter than 25 ms on a bus
 * with nothing else to do.
 */
export class ChipEdges {
  /** Levels when the latches were last read. */
  #levels = 0;
  /** Latches that were reported and not cleared: they are still set for the same edges. */
  #reported = 0;
  /** Edges that no latch shows any more, to be reported with the next look. */
  #owed = 0;
  /** Were the latches cleared and the levels not compared? */
  #blind = false;
  /** Is a level another than was told with the last edge of its channel? */
  #stale = false;
  #readAt = -Infinity;
  readonly #heldMs: number;

  /** @param heldMs how long latches are left set */
  constructor(heldMs = HELD_MS) {
    this.#heldMs = heldMs;
  }

  /** Is there something to be found that no alarm search would find? */
  get unfinished(): boolean {
    return this.#owed !== 0 || this.#blind || this.#stale;
  }

  /** Levels when they were last read. */
  get levels(): number {
    return this.#levels;
  }

  /** Was a level another than was told? It counts as told from now on. */
  takeStale(): boolean {
    const stale = this.#stale;
    this.#stale = false;
    return stale;
  }

  /** The channels with an edge that was not reported yet; they count as reported from now on. */
  take({ latches, levels }: ChipReading): number {
    // Of a latch that is still set only the level tells of another edge.
    const again = this.#reported & latches & (levels ^ this.#levels);
    const missed = this.#blind ? (levels ^ this.#levels) & ~latches : 0;
    const edges = (latches & ~this.#reported) | again | missed | this.#owed;
    this.#owed = 0;
    this.#blind = false;
    this.#reported = latches;
    this.#levels = levels;
    this.#readAt = performance.now();
    return edges;
  }

  /** The same of a chip that no search found: it is read only where its levels are not known. @throws OwError */
  async takeOwed(chip: ChipAccess): Promise<number> {
    if (this.#blind) return this.take(await readChip(chip));
    const edges = this.#owed;
    this.#owed = 0;
    return edges;
  }

  /** Clears the latches that were reported, and looks for edges that went with them. @throws OwError */
  async clear(chip: ChipAccess): Promise<void> {
    const reported = this.#reported;
    if (reported === 0) return;
    await delay(Math.max(0, this.#readAt + this.#heldMs - performance.now()));
    // What was latched while the others were reported: nothing but the write comes between now.
    this.#owed |= (await chip.read('latch.BYTE')) & ~reported;
    await chip.write('latch.BYTE', 1);
    this.#reported = 0;
    this.#blind = true;
    const levels = await chip.read('sensed.BYTE');
    const latches = await chip.read('latch.BYTE');
    this.#blind = false;
    const changed = (levels ^ this.#levels) & ~latches;
    this.#owed |= changed & ~reported;
    this.#stale ||= (changed & reported) !== 0;
    this.#levels = levels;
  }
}
