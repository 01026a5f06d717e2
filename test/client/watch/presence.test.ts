import assert from 'node:assert/strict';
import { isAnswered } from '../../../client/watch/answers.js';
import { presenceObserver, type PresenceLook } from '../../../client/watch/presence.js';
import { lookOnce, watchedHouses } from './watched.js';

const KEY = '01.029000000000';
const OTHER = '01.0B0000000000';

describe('watching whether something is there', () => {
  const house = watchedHouses();
  const seen = ({ answers }: PresenceLook): unknown[] =>
    answers.map((answer) => (isAnswered(answer) ? answer.value : answer.error.code));

  it('a key comes at once and goes after two looks, which tell meanwhile what they see', async () => {
    const { simulator, parts } = await house({ devices: [{ id: KEY }] });
    const observer = presenceObserver(parts, { emit: 'change' });
    const path = `/${KEY}`;
    const look = async (): Promise<unknown[]> => {
      const found = await lookOnce(observer, path);
      return [found.due, seen(found)[0], found.present.get(path), found.changed];
    };
    assert.deepEqual(await look(), [true, true, true, []]);
    assert.deepEqual(await look(), [false, true, true, []]);
    simulator.device(KEY).pull();
    assert.deepEqual(await look(), [false, false, true, []]);
    assert.deepEqual(await look(), [true, false, false, [{ path, present: false }]]);
    assert.deepEqual(await look(), [false, false, false, []]);
    simulator.device(KEY).plug();
    assert.deepEqual(await look(), [true, true, true, [{ path, present: true }]]);
    // Misses count in a row.
    simulator.device(KEY).pull();
    assert.deepEqual(await look(), [false, false, true, []]);
    simulator.device(KEY).plug();
    assert.deepEqual(await look(), [false, true, true, []]);
    simulator.device(KEY).pull();
    assert.deepEqual(await look(), [false, false, true, []]);
  });

  it('of several each has its own misses, and what fails is told beside', async () => {
    const { simulator, parts } = await house({ devices: [{ id: KEY }, { id: OTHER }] });
    const observer = presenceObserver(parts, { emit: 'change', misses: 1 });
    const paths = [`/${KEY}`, `/${OTHER}`, '/28.*'];
    const first = await lookOnce(observer, ...paths);
    assert.deepEqual([first.due, seen(first)], [true, [true, true, 'EOW_VALUE']]);
    simulator.device(OTHER).pull();
    const { due, changed } = await lookOnce(observer, ...paths);
    assert.deepEqual([due, changed], [true, [{ path: `/${OTHER}`, present: false }]]);
    assert.equal((await lookOnce(observer, ...paths)).due, false);
  });

  it('is told each time where that is wanted', async () => {
    const { parts } = await house({ devices: [{ id: KEY }] });
    const observer = presenceObserver(parts, {});
    for (let look = 0; look < 3; look += 1)
      assert.equal((await lookOnce(observer, `/${KEY}`)).due, true);
  });
});
