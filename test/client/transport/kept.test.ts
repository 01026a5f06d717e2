import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Kept } from '../../../client/transport/kept.js';

/** Long enough to have passed after `passed()`, in milliseconds. */
const SOON_MS = 5;

async function passed(): Promise<void> {
  const start = performance.now();
  while (performance.now() - start <= SOON_MS) await delay(SOON_MS);
}

describe('what is kept', () => {
  it('is believed for ever when nothing else is said', async () => {
    const kept = new Kept<string, number>({ limit: 2 });
    kept.set('a', 1);
    await passed();
    assert.equal(kept.get('a'), 1);
    assert.ok(kept.has('a'));
    assert.equal(kept.get('b'), undefined);
    assert.ok(!kept.has('b'));
  });

  it('is believed until its time is up, and still there for who has nothing better', async () => {
    const kept = new Kept<string, number>({ limit: 2, ms: SOON_MS });
    kept.set('a', 1);
    await passed();
    assert.equal(kept.get('a'), undefined);
    assert.ok(!kept.has('a'));
    assert.equal(kept.last('a'), 1);
    assert.equal(kept.size, 1);
  });

  it('may be believed for a time of its own', async () => {
    const kept = new Kept<string, number>({ limit: 3, ms: 60_000 });
    kept.set('short', 1, SOON_MS);
    kept.set('long', 2);
    kept.set('not at all', 3, 0);
    assert.equal(kept.get('not at all'), undefined);
    await passed();
    assert.equal(kept.get('short'), undefined);
    assert.equal(kept.get('long'), 2);
  });

  it('is believed again once it is set again', async () => {
    const kept = new Kept<string, number>({ limit: 2, ms: SOON_MS });
    kept.set('a', 1);
    await passed();
    kept.set('a', 2);
    assert.equal(kept.get('a'), 2);
    assert.equal(kept.size, 1);
  });

  it('may be weighed: the oldest go until there is room', () => {
    const kept = new Kept<string, string>({
      limit: 10,
      weigh: (value, key) => value.length + key.length,
    });
    for (const key of ['a', 'b', 'c']) kept.set(key, 'xx');
    kept.set('d', 'xxxx');
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => kept.has(key)),
      [false, false, true, true],
    );
    kept.set('d', 'x');
    kept.set('e', 'xx');
    assert.deepEqual(
      ['c', 'd', 'e'].map((key) => kept.has(key)),
      [true, true, true],
    );
    kept.clear();
    for (const key of ['a', 'b', 'c']) kept.set(key, 'xx');
    assert.equal(kept.size, 3);
  });

  it('never grows beyond its limit: the oldest goes, one for each new one', () => {
    const kept = new Kept<number, number>({ limit: 3 });
    for (let key = 0; key < 5; key += 1) kept.set(key, key);
    assert.equal(kept.size, 3);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((key) => kept.get(key)),
      [undefined, undefined, 2, 3, 4],
    );
  });

  it('is young again when it is set again, and costs no other its place', () => {
    const kept = new Kept<string, number>({ limit: 2 });
    kept.set('a', 1);
    kept.set('b', 2);
    kept.set('a', 3);
    assert.equal(kept.get('b'), 2);
    kept.set('c', 4);
    assert.equal(kept.get('a'), 3);
    assert.equal(kept.get('b'), undefined);
  });

  it('is not believed when it is doubted, until it is set again', () => {
    const kept = new Kept<string, number>({ limit: 2 });
    kept.set('a', 1);
    kept.set('b', 2);
    kept.doubt();
    assert.equal(kept.get('a'), undefined);
    assert.equal(kept.last('a'), 1);
    kept.set('a', 3);
    assert.equal(kept.get('a'), 3);
    assert.equal(kept.get('b'), undefined);
  });

  it('is gone when it is deleted, one or all', () => {
    const kept = new Kept<string, number>({ limit: 2 });
    kept.set('a', 1);
    kept.set('b', 2);
    kept.delete('a');
    assert.equal(kept.last('a'), undefined);
    assert.equal(kept.get('b'), 2);
    kept.clear();
    assert.equal(kept.size, 0);
  });
});
