import assert from 'node:assert/strict';
import { held } from '../../support/heap.js';
import { Expected } from '../../../client/watch/expected.js';

const ONE = '28.000000000001/temperature';
const OTHER = '28.000000000002/temperature';
const PATTERN = '/bus.*/28.*/temperature';

describe('what a pattern is expected to stand for', () => {
  it('is all that it ever stood for', () => {
    const expected = new Expected();
    assert.deepEqual(expected.beside(PATTERN, [`/bus.0/${ONE}`, `/bus.0/${OTHER}`]), []);
    assert.deepEqual(expected.beside(PATTERN, [`/bus.0/${ONE}`]), [`/bus.0/${OTHER}`]);
    assert.deepEqual(expected.beside(PATTERN, []), [`/bus.0/${ONE}`, `/bus.0/${OTHER}`]);
    assert.deepEqual(expected.beside(PATTERN, [`/bus.0/${ONE}`, `/bus.0/${OTHER}`]), []);
  });

  it('is another thing for another pattern', () => {
    const expected = new Expected();
    expected.beside('/28.*/temperature', [`/${ONE}`]);
    assert.deepEqual(expected.beside('/10.*/temperature', []), []);
  });

  it('is not where a device was before it went to another bus, or behind a coupler', () => {
    const expected = new Expected();
    expected.beside(PATTERN, [`/bus.0/${ONE}`]);
    assert.deepEqual(expected.beside(PATTERN, [`/bus.1/${ONE}`]), []);
    assert.deepEqual(expected.beside(PATTERN, []), [`/bus.1/${ONE}`]);
    assert.deepEqual(expected.beside(PATTERN, [`/1F.000000000001/main/${ONE}`]), []);
  });

  it('is bounded, however many new devices a server lists', () => {
    const expected = new Expected();
    const many = Array.from({ length: 30_000 }, (_, at) => `/28.${at}/temperature`);
    expected.beside(PATTERN, many);
    assert.equal(expected.beside(PATTERN, []).length, 20_000);
  });

  it('takes no room for patterns that stood for nothing, which messages may name without end', async () => {
    const expected = new Expected();
    const before = await held();
    for (let number = 0; number < 100_000; number += 1)
      assert.deepEqual(expected.beside(`/28.*/pages/page.${number}`, []), []);
    const grown = (await held()) - before;
    assert.ok(grown < 2 ** 20, `${(grown / 2 ** 20).toFixed(1)} MiB`);
    assert.deepEqual(expected.beside(PATTERN, [`/bus.0/${ONE}`]), []);
    assert.deepEqual(expected.beside(PATTERN, []), [`/bus.0/${ONE}`]);
  });
});
