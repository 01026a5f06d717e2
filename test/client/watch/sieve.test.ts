import assert from 'node:assert/strict';
import type { Reading, Value } from '../../../client/index.js';
import { Sieve, type SieveOptions } from '../../../client/watch/sieve.js';
import { fails } from '../support.js';

const PATH = '/28.000000000001/temperature';
const reading = (value: Value, path = PATH): Reading => ({
  path,
  value,
  cached: false,
  ms: 1,
  attempts: 1,
});

/** What came of values, one after the other: those that were told, `-` for one that was not. */
function told(options: SieveOptions, values: readonly Value[]): Value[] {
  const sieve = new Sieve(options);
  return values.map((value) => {
    const { reading: sifted, due } = sieve.sift(reading(value));
    return due ? sifted.value : '-';
  });
}

/** Which of the values were believed. */
function believed(options: SieveOptions, values: readonly number[]): boolean[] {
  const sieve = new Sieve({ ...options, implausible: 'flag' });
  return values.map((value) => sieve.sift(reading(value)).reading.implausible !== true);
}

describe('readings that are to be told', () => {
  it('are all of them by default, as they are', () => {
    assert.deepEqual(told({}, [20.0625, 20.0625]), [20.0625, 20.0625]);
  });

  it('are those that differ from the one told last', () => {
    assert.deepEqual(told({ emit: 'change' }, [20, 20, 21, 21, 20]), [20, '-', 21, '-', 20]);
    assert.deepEqual(told({ emit: 'change' }, [true, true, false]), [true, '-', false]);
    const same = [[true, false], [true, false], [false, false]]; // prettier-ignore
    assert.deepEqual(told({ emit: 'change' }, same), [same[0], '-', same[2]]);
    const bytes = [Buffer.from('ab'), Buffer.from('ab'), Buffer.from('b')];
    assert.deepEqual(told({ emit: 'change' }, bytes), [bytes[0], '-', bytes[2]]);
  });

  it('are those that differ enough from the one told last, not from the one read last', () => {
    const values = [20, 20.25, 20.5, 20.75, 21, 20.75, 20.5];
    const wanted = [20, '-', 20.5, '-', 21, '-', 20.5];
    assert.deepEqual(told({ emit: 'deadband', deadband: 0.5 }, values), wanted);
  });

  it('differ enough when they do so by just the dead band, whatever binary makes of it', () => {
    const options: SieveOptions = { emit: 'deadband', deadband: 0.1 };
    assert.deepEqual(told(options, [20.1, 20.2, 20.3]), [20.1, 20.2, 20.3]);
  });

  it('differ at each change where they are no numbers', () => {
    const options: SieveOptions = { emit: 'deadband', deadband: 5 };
    assert.deepEqual(told(options, [false, true, true]), [false, true, '-']);
    assert.deepEqual(told(options, ['a', 'a', 'b']), ['a', '-', 'b']);
  });

  it('are compared after rounding', () => {
    const values = [20.04, 20.02, 20.06];
    assert.deepEqual(told({ emit: 'change', decimals: 1 }, values), [20, '-', 20.1]);
  });

  it('are rounded as people round', () => {
    assert.deepEqual(told({ decimals: 2 }, [2.675, -2.675, 1.005, 1e-7]), [2.68, -2.68, 1.01, 0]);
    assert.deepEqual(told({ decimals: 0 }, [0.5, -0.4, 1e21]), [1, 0, 1e21]);
    assert.ok(Object.is(told({ decimals: 0 }, [-0.4])[0], 0));
    assert.deepEqual(told({ decimals: 1 }, [[1.25, 2.04]]), [[1.3, 2]]);
    assert.deepEqual(told({ decimals: 1 }, ['1.26', true]), ['1.26', true]);
  });

  it('have a memory for each path', () => {
    const sieve = new Sieve({ emit: 'change' });
    assert.ok(sieve.sift(reading(20, '/a/b')).due);
    assert.ok(sieve.sift(reading(20, '/a/c')).due);
    assert.ok(!sieve.sift(reading(20, '/a/b')).due);
  });
});

describe('a value that cannot be right', () => {
  it('is one outside of its range, however often it comes', async () => {
    const range = { rangeMin: -30, rangeMax: 50 };
    const values = [-30, 50, 50.1, 50.1, 50.1, 50.1, -30.1];
    assert.deepEqual(believed(range, values), [true, true, false, false, false, false, false]);
    const sift = (value: number) =>
      Promise.resolve().then(() => new Sieve(range).sift(reading(value)));
    const { message } = await fails(sift(64), 'EOW_VALUE', 'aboveRange');
    assert.match(message, /64.*50/);
    await fails(sift(-55), 'EOW_VALUE', 'belowRange');
  });

  it('is one too far from the last that was believed', () => {
    const values = [20, 26, 20.5, 25, 25.5];
    assert.deepEqual(believed({ maxStep: 5 }, values), [true, false, true, true, true]);
  });

  it('is believed once three like it were refused', () => {
    const values = [20, 40, 41, 42, 43, 44];
    assert.deepEqual(believed({ maxStep: 5 }, values), [true, false, false, false, true, true]);
  });

  it('is not believed for three that were refused and are not like each other', () => {
    const values = [20, 40, 60, 80, 100, 40];
    assert.deepEqual(believed({ maxStep: 5 }, values), [true, false, false, false, false, false]);
  });

  it('is counted anew after one that was believed, or was out of range', () => {
    const believedBetween = believed({ maxStep: 5 }, [20, 40, 40, 20, 40, 40, 40, 40]);
    assert.deepEqual(believedBetween, [true, false, false, true, false, false, false, true]);
    const outBetween = believed({ maxStep: 5, rangeMax: 90 }, [20, 40, 40, 99, 40, 40]);
    assert.deepEqual(outBetween, [true, false, false, false, false, false]);
  });

  it('is doubted before it is rounded, and passed on with a mark where that is wanted', () => {
    const sieve = new Sieve({ rangeMax: 50, decimals: 0, implausible: 'flag' });
    const { reading: sifted } = sieve.sift(reading(50.4));
    assert.equal(sifted.implausible, true);
    assert.equal(sifted.value, 50);
  });

  it('is looked for in each number of several', () => {
    const sieve = new Sieve({ rangeMax: 50, implausible: 'flag' });
    assert.equal(sieve.sift(reading([20, 64])).reading.implausible, true);
    assert.equal(sieve.sift(reading([20, 30])).reading.implausible, undefined);
  });
});
