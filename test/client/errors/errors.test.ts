import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../../client/errors/error-codes.js';
import { OwError, toOwError } from '../../../client/errors/ow-error.js';
import { fill, MESSAGES, type MessageId } from '../../../client/errors/sentences/index.js';
import { answer } from '../../support/fake-owserver.js';
import { fails, pings, PLAIN, wholeSentence, world } from '../support.js';

const IDS = Object.keys(MESSAGES) as MessageId[];

/** Values for all places of a sentence. */
function paramsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, '7']));
}

/** What every test says, this one left out. */
function tests(folder = 'test'): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter(({ name }) => name.endsWith('.test.ts') && name !== 'errors.test.ts')
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
}

describe('every sentence', () => {
  for (const id of IDS) {
    it(`is whole and ends in a point: ${id}`, () => {
      const { text } = MESSAGES[id];
      const filled = fill(text, paramsOf(text));
      assert.doesNotMatch(filled, /[{}]| {2}|\.\.$/);
      assert.match(text, /(\.|: \{hint\})$/);
      assert.match(text, /^([A-Z{]|owserver|offset)/);
    });
  }

  it('says what to do, or what is taken instead', () => {
    const short = IDS.filter((id) => !/:|try|takes| and /.test(MESSAGES[id].text));
    assert.deepEqual(short, ['notReadable', 'notWritable']);
  });

  it('is joined from its file, and no id is in two of them', async () => {
    const folder = 'client/errors/sentences';
    const files = readdirSync(folder).filter((file) => !/^(index|sentence)\.ts$/.test(file));
    const kinds = await Promise.all(
      files.map(
        (file) =>
          import(`../../../${folder}/${file.replace(/ts$/, 'js')}`) as Promise<
            Record<string, object>
          >,
      ),
    );
    const ids = kinds.flatMap((kind) =>
      Object.entries(kind).flatMap(([name, sentences]) =>
        /^[A-Z_]+$/.test(name) ? Object.keys(sentences) : [],
      ),
    );
    assert.deepEqual(ids.sort(), [...IDS].sort());
  });

  it('keeps a place for which there is no value, and fills none twice', () => {
    assert.equal(fill('{a} {b} {a}', { a: '{b}' }), '{b} {b} {b}');
  });
});

describe('every code', () => {
  for (const code of ERROR_CODES) {
    it(`has a sentence: ${code}`, () => {
      assert.ok(
        IDS.some((id) => MESSAGES[id].code === code),
        `no sentence of MESSAGES has ${code}`,
      );
    });

    // Nothing verifies yet: the code and its sentence have their place for the option that will.
    if (code === 'EOW_VERIFY') continue;
    it(`is expected by a test: ${code}`, () => {
      assert.ok(tests().includes(`'${code}'`), `no test expects ${code}`);
    });

    it(`is explained in README: ${code}`, () => {
      const readme = readFileSync('README.md', 'utf8');
      assert.ok(readme.includes(`| \`${code}\` |`), `README does not explain ${code}`);
    });
  }
});

describe('an OwError', () => {
  const { server, client } = world();

  it('has code, id, params, path, ret, cause and a sentence', () => {
    const cause = new Error('deep');
    const error = new OwError(
      'returned',
      { ret: -5, text: 'i/o', hint: 'look.' },
      { path: '/a', ret: -5, cause },
    );
    assert.equal(error.message, 'owserver answered /a with error -5 (i/o): look.');
    assert.equal(String(error), error.message);
    assert.equal(error.name, 'OwError');
    assert.deepEqual(error.params, { path: '/a', ret: -5, text: 'i/o', hint: 'look.' });
    const { code, id, path, ret } = error;
    assert.deepEqual(
      { code, id, path, ret },
      { code: 'EOW_RETURN', id: 'returned', path: '/a', ret: -5 },
    );
    assert.equal(error.cause, cause);
  });

  it('can be told for another path', () => {
    const error = new OwError('absent', {}, { path: '/a', ret: -1 }).withPath('/b');
    assert.match(error.message, /^\/b was not found/);
    assert.deepEqual([error.path, error.ret, error.code], ['/b', -1, 'EOW_ABSENT']);
  });

  it('that has no path is about a sign of life: no sentence has an empty place', () => {
    for (const id of IDS.filter((each) => MESSAGES[each].text.includes('{path}'))) {
      const error = new OwError(id, paramsOf(MESSAGES[id].text.replace('{path}', '')));
      assert.doesNotMatch(error.message, /\{|^ | {2}/, error.message);
    }
  });

  it('is made of whatever was thrown', () => {
    const own = new OwError('silent');
    assert.equal(toOwError(own), own);
    const odd = toOwError(new TypeError('odd'), '/a');
    assert.deepEqual([odd.code, odd.id, odd.path], ['EOW_PROTOCOL', 'unexpected', '/a']);
    assert.ok(odd.cause instanceof TypeError);
    assert.match(toOwError('text').message, /\(text\)/);
    assert.match(toOwError({ code: 'T1', message: 'only like one' }).message, /\(only like one\)/);
    for (const strange of [{}, null, Object.create(null), Symbol('s')])
      assert.match(toOwError(strange).message, /\(.+\)/);
  });

  it('is what a custom dial makes of any failure', async () => {
    const dial = (): Promise<never> => Promise.reject(new Error('no modem'));
    const error = await fails(
      client({ port: 1 }, { dial }).read(PLAIN),
      'EOW_PROTOCOL',
      'unexpected',
    );
    assert.match(error.message, /no modem/);
  });

  it('has the path that was asked for, not the one of a table that was needed first', async () => {
    const owserver = await server(({ connection }) => connection.end());
    const path = '/28.AABBCCDDEEFF/temperature';
    const ways = [() => client(owserver).read(path), () => client(owserver).present(path)];
    for (const ask of ways) {
      const error = await fails(ask(), 'EOW_CLOSED');
      wholeSentence(error);
      assert.equal(error.path, path);
    }
  });

  it('comes from a caller’s own deadline, not from that of another who needed the same table', async () => {
    const owserver = await server((request) => pings(request, 40, 1_000));
    const hasty = client(owserver, { requestTimeoutMs: 400 });
    const first = '/28.AABBCCDDEEFF/temperature';
    const halfway = new Promise<void>((resolve) => {
      const onWait = (waitedMs: number): void => (waitedMs < 200 ? undefined : resolve());
      void fails(hasty.read(first, { onWait }), 'EOW_TIMEOUT', 'deadline');
    });
    await halfway;
    const start = performance.now();
    await fails(hasty.read('/28.112233445566/temperature'), 'EOW_TIMEOUT', 'deadline');
    const waited = performance.now() - start;
    assert.ok(waited > 350, `${waited} ms`);
  });

  it('is what comes of anything that is no path', async () => {
    const owserver = await server(answer);
    for (const path of [undefined, null, '', ' ', 5, {}, '/a\0b', 'x'.repeat(5_000)] as (
      string | undefined
    )[]) {
      const busy = client(owserver);
      await fails(busy.write(path!, 1), 'EOW_VALUE');
      await fails(busy.read(path!), 'EOW_VALUE');
      await fails(busy.present(path!), 'EOW_VALUE');
      if (path !== undefined) await fails(busy.dir(path), 'EOW_VALUE');
    }
    assert.equal(owserver.requests.length, 0);
  });
});
