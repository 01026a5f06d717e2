import assert from 'node:assert/strict';
import type { ChipAccess } from '../../../client/watch/chip-access.js';
import { ChipEdges, readChip } from '../../../client/watch/chip-edges.js';

/** A chip whose inputs change just before the accesses that are named, counted from 0. */
class Chip implements ChipAccess {
  accesses = 0;
  latches = 0;
  #levels = 0xff;
  readonly #edges: readonly (readonly [access: number, channel: number])[];
  readonly log: string[] = [];
  failsAt = -1;

  constructor(...edges: readonly (readonly [access: number, channel: number])[]) {
    this.#edges = edges;
  }

  read(property: string): Promise<number> {
    return this.#access(property, () =>
      property.startsWith('latch') ? this.latches : this.#levels,
    );
  }

  async write(property: string): Promise<void> {
    await this.#access(`write ${property}`, () => (this.latches = 0));
  }

  #access(what: string, act: () => number): Promise<number> {
    for (const [access, channel] of this.#edges)
      if (access === this.accesses) {
        this.#levels ^= 1 << channel;
        this.latches |= 1 << channel;
      }
    this.accesses += 1;
    this.log.push(what);
    if (this.accesses - 1 === this.failsAt) return Promise.reject(new Error('no'));
    return Promise.resolve(act());
  }
}

/** Looks so often, as a watch does: read where there is something to be found, report, clear. */
async function watch(chip: Chip, looks = 3): Promise<number[]> {
  const edges = new ChipEdges(0);
  const reports: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const found = edges.take(await readChip(chip));
    if (found !== 0) reports.push(found);
    await edges.clear(chip).catch(() => undefined);
  }
  return reports;
}

const times = (reports: readonly number[], channel: number): number =>
  reports.filter((report) => (report >> channel) & 1).length;

describe('the edges of a chip', () => {
  /** Accesses of the first two looks, when the first one finds something. */
  const MOST = 16;
  const steps = Array.from({ length: MOST }, (_, access) => access);

  it('clears the latches after the report, and nothing where none is set', async () => {
    const chip = new Chip([0, 3]);
    assert.deepEqual(await watch(chip), [0b1000]);
    assert.deepEqual(chip.log, [
      'sensed.BYTE',
      'latch.BYTE',
      'sensed.BYTE',
      'latch.BYTE',
      'write latch.BYTE',
      'sensed.BYTE',
      'latch.BYTE',
      ...['sensed.BYTE', 'latch.BYTE', 'sensed.BYTE'],
      ...['sensed.BYTE', 'latch.BYTE', 'sensed.BYTE'],
    ]);
  });

  it('reports one edge once, whenever it comes', async () => {
    for (const access of steps) {
      assert.equal(times(await watch(new Chip([access, 5]), 8), 5), 1, `before access ${access}`);
    }
  });

  it('reports edges of two channels once each, whenever they come', async () => {
    for (const one of steps)
      for (const other of steps) {
        const reports = await watch(new Chip([one, 0], [other, 7]), 6);
        const found = [times(reports, 0), times(reports, 7)];
        assert.deepEqual(found, [1, 1], `before ${one} and ${other}`);
      }
  });

  it('reports two edges of one channel at most twice', async () => {
    for (const one of steps)
      for (const other of steps) {
        const found = times(await watch(new Chip([one, 0], [other, 0]), 6), 0);
        assert.ok(found <= 2, `before ${one} and ${other}: ${found}`);
      }
  });

  it('tells the level that a channel has in the end, whenever its edges come', async () => {
    for (const one of steps)
      for (const other of steps) {
        const chip = new Chip([one, 0], [other, 0], [0, 7]);
        const edges = new ChipEdges(0);
        let told: number | undefined;
        for (let look = 0; look < 6; look += 1) {
          const reading = await readChip(chip);
          const found = edges.take(reading);
          if (edges.takeStale() || found !== 0) told = reading.levels & 1;
          await edges.clear(chip);
        }
        assert.equal(told, 1, `before ${one} and ${other}`);
      }
  });

  it('loses two edges of one channel only between the last read and the write', async () => {
    for (const one of steps)
      for (const other of steps) {
        // Another channel was found, so that the latches are cleared: access 4 is that write.
        const chip = new Chip([0, 7], [one, 0], [other, 0]);
        const lost = times(await watch(chip, 6), 0) === 0;
        assert.equal(lost, one === 4 && other === 4, `before ${one} and ${other}`);
      }
  });

  it('does not report an edge again whose latch could not be cleared', async () => {
    for (const failsAt of [3, 4, 5, 6]) {
      const chip = new Chip([0, 2]);
      chip.failsAt = failsAt;
      assert.deepEqual(await watch(chip, 4), [0b100], `access ${failsAt}`);
      assert.equal(chip.latches, 0);
    }
  });

  it('finds an edge that came while the levels could not be compared', async () => {
    const chip = new Chip([0, 2], [4, 3]);
    chip.failsAt = 5;
    assert.deepEqual(await watch(chip, 3), [0b100, 0b1000]);
  });

  it('tells by the level of another edge of a latch that could not be cleared', async () => {
    const chip = new Chip([0, 2], [4, 2]);
    chip.failsAt = 3;
    assert.deepEqual(await watch(chip, 3), [0b100, 0b100]);
  });
});
