import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Expected } from '../../../client/watch/expected.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function held(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('what is expected of patterns', () => {
  it('takes no room for patterns that stood for nothing, which messages may name without end', () => {
    const expected = new Expected();
    const before = held();
    for (let number = 0; number < 100_000; number += 1)
      assert.deepEqual(expected.beside(`/28.*/pages/page.${number}`, []), []);
    const grown = held() - before;
    assert.ok(grown < 2 ** 20, `${(grown / 2 ** 20).toFixed(1)} MiB`);
    assert.deepEqual(expected.beside('/28.*/temperature', ['/28.0A/temperature']), []);
    assert.deepEqual(expected.beside('/28.*/temperature', []), ['/28.0A/temperature']);
  });
});
