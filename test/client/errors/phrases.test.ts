import assert from 'node:assert/strict';
import { OwError, normalizePath } from '../../../client/index.js';
import { fill, inEnglish, MESSAGES, type Params } from '../../../client/errors/sentences/index.js';
import { resolveOptions, type OwserverOptions } from '../../../client/options.js';
import { PHRASES, type PhraseId } from '../../../client/errors/phrases.js';
import { returnError } from '../../../client/errors/return-codes.js';
import { encodeValue } from '../../../client/values/encode.js';
import { parseStructure } from '../../../client/values/structure.js';
import { fails, PLAIN, wholeSentence, world } from '../support.js';

const IDS = Object.keys(PHRASES) as PhraseId[];
const group = (name: string): PhraseId[] => IDS.filter((id) => id.startsWith(`${name}.`));

/** The error that a call throws. */
function thrownBy(call: () => unknown): OwError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof OwError) return thrown;
    throw thrown;
  }
  return assert.fail('nothing was thrown');
}

const option = (options: OwserverOptions) => () => resolveOptions(options);
const write = (value: unknown, structure: string) => () =>
  encodeValue(value, parseStructure(structure), '/a');
const YES_NO = 'y,000000,000001,rw,000001,v,';

/** Errors with words of our own inside, and what they say in English. */
const SAID: readonly [sentence: string, make: () => OwError][] = [
  [
    'The setting port is 0: it must be a whole number from 1 to 65535.',
    () => thrownBy(option({ port: 0 })),
  ],
  [
    'The setting temperatureScale is "X": it must be one of C, F, K, R.',
    () => thrownBy(option({ temperatureScale: 'X' as 'C' })),
  ],
  [
    'The setting host is " ": it must be a name or an address.',
    () => thrownBy(option({ host: ' ' })),
  ],
  [
    'The path is a number: it must be text such as /28.FF1122334455/temperature.',
    () => thrownBy(() => normalizePath(5)),
  ],
  [
    'The path is an object: it must be text such as /28.FF1122334455/temperature.',
    () => thrownBy(() => normalizePath({})),
  ],
  [
    '/a takes on or off (also true, false, 1, 0), and the value is an array of 3.',
    () => thrownBy(write([1, 2, 3], YES_NO)),
  ],
  [
    '/a takes on or off (also true, false, 1, 0), and the value is "perhaps".',
    () => thrownBy(write('perhaps', YES_NO)),
  ],
  [
    'owserver answered /a with error -98 (device busy): the device could not be locked; try again.',
    () => returnError(-98, '/a'),
  ],
  [
    "owserver answered /a with error -77 (no text): look into owserver's log, and try again.",
    () => returnError(-77, '/a'),
  ],
  [
    'owserver answered /a with error -98 (own text): the device could not be locked; try again.',
    () => returnError(-98, '/a', 'own text'),
  ],
];

describe('words inside a sentence', () => {
  for (const [sentence, make] of SAID) {
    it(`are said in English: ${sentence}`, () => assert.equal(make().message, sentence));
  }

  it('are plain data, from which the sentence can be made again', () => {
    for (const [sentence, make] of SAID) {
      const { id, params } = make();
      const read = JSON.parse(JSON.stringify(params)) as Params;
      assert.deepEqual(read, params);
      assert.equal(fill(MESSAGES[id].text, read), sentence);
    }
  });

  it('have a group and a name each', () => {
    for (const id of IDS) assert.match(id, /^[a-z]+\.[a-zA-Z\d]+$/);
  });

  it('are words and no sentences, but for the hints, which end a sentence', () => {
    for (const id of IDS) {
      const ends = PHRASES[id].endsWith('.');
      assert.equal(ends, id.startsWith('hint.'), id);
    }
  });

  it('explain an answer of owserver with a hint each', () => {
    const names = (ids: PhraseId[]): string[] => ids.map((id) => id.split('.')[1] ?? '').sort();
    assert.deepEqual(names(group('answer')), names(group('hint')));
  });

  it('keep a text of somebody else as it came', () => {
    const hostile = '{path} $& __path__ <b>"&amp;"</b>';
    const { message, params } = returnError(-98, '/a', hostile);
    assert.equal(params.text, hostile);
    assert.ok(message.includes(`(${hostile}):`), message);
  });
});

describe('what happened, told inside another sentence', () => {
  const { server, client } = world();

  it('names the sentence that tells it in full', async () => {
    const owserver = await server(({ connection }) => connection.end());
    const error = await fails(client(owserver).write(PLAIN, 1), 'EOW_UNCERTAIN', 'uncertain');
    wholeSentence(error);
    assert.deepEqual(error.params, {
      path: PLAIN,
      reason: { error: 'closedByServer', params: { path: PLAIN } },
    });
    assert.match(error.message, /\(owserver closed the connection before it answered [^ ]+\):/);
  });

  it('ends before the advice, wherever values have colons', () => {
    const params = { host: 'a: b', port: 1, seconds: 5, path: '/c: d' };
    assert.equal(
      inEnglish({ error: 'silent', params }),
      'a: b:1 sent nothing for 5 s after /c: d was asked',
    );
  });
});

describe('an error told in another language', () => {
  const cause = new Error('deep');
  const english = new OwError(
    'returned',
    { ret: -5, text: 'a', hint: 'b.' },
    { path: '/a', cause },
  );
  const german = english.inWords('Etwas ist $& passiert.');

  it('says it, in its message, as text and in its stack', () => {
    assert.equal(german.message, 'Etwas ist $& passiert.');
    assert.equal(String(german), german.message);
    assert.match(german.stack ?? '', /^\w+: Etwas ist \$& passiert\.\n/);
  });

  it('is the same error otherwise, and leaves the first one as it was', () => {
    assert.ok(german instanceof OwError);
    const facts = ({ code, id, params, path, ret, cause }: OwError): object => {
      return { code, id, params, path, ret, cause };
    };
    assert.deepEqual(facts(german), facts(english));
    assert.equal(german.cause, cause);
    assert.match(english.message, /^owserver answered \/a/);
  });
});
