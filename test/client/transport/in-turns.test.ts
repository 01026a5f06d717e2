import assert from 'node:assert/strict';
import { inTurns } from '../../../client/transport/in-turns.js';

describe('work in turns', () => {
  it('does so many at a time, and keeps the order', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, (underWay += 1));
      for (let turns = item % 3; turns >= 0; turns -= 1) await Promise.resolve();
      underWay -= 1;
      return item * 2;
    });
    assert.deepEqual([doubled, most], [[2, 4, 6, 8, 10, 12, 14], 3]);
  });

  it('begins with nothing more once one has failed', async () => {
    const begun: number[] = [];
    const all = inTurns([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('two');
    });
    await assert.rejects(all, { message: 'two' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(begun, [1, 2, 3]);
  });
});
