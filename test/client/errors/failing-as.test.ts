import assert from 'node:assert/strict';
import { failingAs } from '../../../client/errors/failing-as.js';
import { OwError } from '../../../client/errors/ow-error.js';

const PATH = '/28.FF1122334455/temperature';

async function failure(work: () => Promise<unknown>): Promise<OwError> {
  const error: unknown = await failingAs(PATH, work).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof OwError);
  assert.equal(error.path, PATH);
  return error;
}

describe('work for a path', () => {
  it('gives what it gives', async () => {
    assert.equal(await failingAs(PATH, () => Promise.resolve(21.5)), 21.5);
  });

  it('fails as its path, whatever failed on the way', async () => {
    const table = new OwError('absent', {}, { path: '/structure/28/temperature', ret: -1 });
    const error = await failure(() => Promise.reject(table));
    assert.equal(error.id, 'absent');
    assert.equal(error.ret, -1);
    assert.match(error.message, /^\/28\.FF1122334455\/temperature was not found/);
  });

  it('fails as its path also where nothing was said of a path', async () => {
    const error = await failure(() => Promise.reject(new OwError('clientReadOnly')));
    assert.match(error.message, /^\/28\.FF1122334455\/temperature was not written/);
  });

  it('fails with the very error that has the path already', async () => {
    const own = new OwError('absent', {}, { path: PATH });
    assert.equal(await failure(() => Promise.reject(own)), own);
  });

  it('fails with an error of this library, whatever was thrown, at once or later', async () => {
    const cause = new TypeError('a bug');
    const thrown = await failure(() => {
      throw cause;
    });
    assert.equal(thrown.id, 'unexpected');
    assert.equal(thrown.cause, cause);
    assert.equal((await failure(() => Promise.reject(cause))).id, 'unexpected');
  });
});
