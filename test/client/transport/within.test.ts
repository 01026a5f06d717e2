import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { within } from '../../../client/transport/within.js';

const LONG_MS = 60_000;
const SHORT_MS = 5;
const ROUNDS = 20;

/** Timers that keep this process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

/** Never comes. */
const never = new Promise<string>(() => undefined);

describe('what a promise gives in time', () => {
  it('is its value', async () => {
    assert.equal(await within(LONG_MS, Promise.resolve('value')), 'value');
  });

  it('is its error', async () => {
    await assert.rejects(within(LONG_MS, Promise.reject(new RangeError('its own'))), RangeError);
  });

  it('leaves no timer behind, whether it came, failed or was late', async () => {
    const before = timers();
    const rounds = Array.from({ length: ROUNDS }, async () => {
      await within(LONG_MS, Promise.resolve('value'));
      await within(LONG_MS, Promise.reject(new Error('broken'))).catch(() => undefined);
      await within(SHORT_MS, never);
    });
    await Promise.all(rounds);
    // The runner of the tests has timers too.
    assert.ok(timers() < before + ROUNDS);
  });

  it('is not called late', async () => {
    let late = 0;
    await within(SHORT_MS, Promise.resolve('value'), () => (late += 1));
    await delay(2 * SHORT_MS);
    assert.equal(late, 0);
  });
});

describe('what is late', () => {
  it('is nothing, and who wants to hears of it', async () => {
    let late = 0;
    assert.equal(await within(SHORT_MS, never), undefined);
    assert.equal(await within(SHORT_MS, never, () => (late += 1)), undefined);
    assert.equal(late, 1);
  });

  it('is an error, if the caller chooses so', async () => {
    const late = (): void => {
      throw new RangeError('too late');
    };
    await assert.rejects(within(SHORT_MS, never, late), RangeError);
  });

  it('may fail later without anybody hearing of it', async () => {
    let fail = (_: Error): void => undefined;
    const promise = new Promise<string>((_, reject) => {
      fail = reject;
    });
    assert.equal(await within(SHORT_MS, promise), undefined);
    fail(new Error('much later'));
    await new Promise(setImmediate);
  });
});
