import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { buildSync } from 'esbuild';
import { OwError } from '../../client/index.js';
import type { Params } from '../../client/internal.js';
import { resolveOptions } from '../../client/options.js';
import { returnError } from '../../client/errors/return-codes.js';
import { localize, localized } from '../../nodes/shared/localize.js';
import type { NodeAPI } from '../../nodes/shared/red.js';
import { sentence, type Told, type Translate } from '../../words/sentences.js';
import { germanRuntime } from './german.js';

const HOSTILE = [
  '<b>&amp;"\'/</b>',
  '__path__ __value__ __nix__',
  '$t(errors.absent)',
  '$t(node-red-contrib-owserver/owserver-config:errors.absent, {"a": 1})',
  '$& $1 $` $$',
  '{path} {{path}}',
  'constructor __proto__ toString',
];

function badPort(): unknown {
  try {
    return resolveOptions({ port: 0 });
  } catch (thrown) {
    return thrown;
  }
}

describe('an error in the language of the runtime', () => {
  let german: Awaited<ReturnType<typeof germanRuntime>>;
  let RED: NodeAPI;
  before(async () => {
    german = await germanRuntime();
    RED = { _: german.translate } as NodeAPI;
  });
  after(() => german.close());
  const says = (error: unknown, text: string): void => assert.equal(localize(RED, error), text);

  it('is said with its values', () => {
    says(
      new OwError('refused', { host: 'pi', port: 4304 }),
      'Auf pi:4304 hört niemand: läuft owserver?',
    );
    says(returnError(-1, '/28.1/a'), '/28.1/a wurde nicht gefunden: beide Namen prüfen.');
  });

  it('is said with its phrases, and with theirs', () => {
    const wanted = 'eine ganze Zahl von 1 bis 65535';
    says(badPort(), `Die Einstellung Port ist 0: sie muss ${wanted} sein.`);
    const hint = 'der Bus antwortet nicht; Kabel prüfen.';
    says(returnError(-5, '/a'), `owserver: Fehler -5 (Ein-/Ausgabefehler) bei /a: ${hint}`);
    says(returnError(-5, '/a', 'i/o'), `owserver: Fehler -5 (i/o) bei /a: ${hint}`);
  });

  it('keeps a number that the translator would take for a plural', () => {
    const value = { id: 'value.elements', params: { count: 1 } } as const;
    const error = new OwError('wantsArray', { count: 2, value }, { path: '/a' });
    says(error, '/a nimmt 2 Werte, nicht eine Liste von 1.');
  });

  it('tells what happened before, without its advice, whatever colon the language has', () => {
    const uncertain = (error: 'closedByServer' | 'silent', params: Params): OwError =>
      new OwError('uncertain', { reason: { error, params } }, { path: '/b' });
    says(
      uncertain('closedByServer', { path: '/a: b' }),
      'Ungewiss, ob /b geschrieben wurde (owserver beendete die Verbindung vor der Antwort zu /a: b): erst zurücklesen.',
    );
    says(
      uncertain('silent', { host: 'pi', port: 1, seconds: 5, path: '/a' }),
      'Ungewiss, ob /b geschrieben wurde (pi:1 schwieg 5 s nach der Frage nach /a): erst zurücklesen.',
    );
  });

  for (const text of HOSTILE) {
    it(`leaves a value as it came: ${text}`, () => {
      says(returnError(-1, text), `${text} wurde nicht gefunden: beide Namen prüfen.`);
      const error = new OwError('wantsText', { value: `"${text}"` }, { path: '/a' });
      says(error, `/a nimmt Text, nicht "${text}".`);
    });
  }

  it('is in English as a whole when a word of it is not translated', () => {
    const error = new OwError('wholePart', { kind: { id: 'kind.number' } }, { path: '/a' });
    says(error, error.message);
    const unsaid = new OwError('queueFull', { limit: 5 }, { path: '/a' });
    says(unsaid, unsaid.message);
  });

  it('is in English where only the English catalogue has it', () => {
    says(new OwError('noPath'), 'No path, says the English catalogue.');
  });

  it('is what it was when it is no error of the client', () => {
    says(new TypeError('odd'), 'odd');
    says('text', 'text');
    const other = new TypeError('odd');
    assert.equal(localized(RED, other), other);
  });

  it('stays the same error in what programs look at', () => {
    const cause = new Error('deep');
    const english = new OwError('absent', {}, { path: '/a', ret: -1, cause });
    const error = localized(RED, english);
    assert.ok(error instanceof OwError);
    assert.equal(String(error), '/a wurde nicht gefunden: beide Namen prüfen.');
    assert.deepEqual(
      [error.code, error.id, error.path, error.ret, error.cause],
      ['EOW_ABSENT', 'absent', '/a', -1, cause],
    );
    assert.match(english.message, /was not found/);
  });

  it('is the very same error where there is nothing to translate', () => {
    const error = new OwError('noPath');
    assert.equal(localized({ _: (key: string) => key } as NodeAPI, error), error);
  });
});

describe('an error in the language of the editor', () => {
  let german: Awaited<ReturnType<typeof germanRuntime>>;
  before(async () => {
    german = await germanRuntime();
  });
  after(() => german.close());

  const asSent = ({ id, params, message }: OwError): Told =>
    JSON.parse(JSON.stringify({ id, params, message })) as Told;

  it('says the same as in the runtime, of an error that came as JSON', () => {
    const error = badPort() as OwError;
    const said = inBrowser(german.translate)(asSent(error));
    assert.equal(said, sentence(german.translate, error));
    assert.match(said, /^Die Einstellung Port/);
  });

  it('is in English before the catalogue has come', () => {
    const error = new OwError('uncertain', {
      reason: { error: 'silent', params: { host: '<i>', port: 1, seconds: 5, path: '/a' } },
    });
    assert.equal(inBrowser((key) => key.replace(/^.*:/, ''))(asSent(error)), error.message);
  });
});

/** The editor's function, bundled as a node's page has it. */
function inBrowser(translate: Translate): (error: Told) => string {
  const { outputFiles } = buildSync({
    entryPoints: ['editor/localize.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundle',
    logLevel: 'error',
  });
  const page: { RED: object; bundle?: { localize: (error: Told) => string } } = {
    RED: { _: translate },
  };
  runInNewContext(outputFiles[0]!.text.replace('var bundle', 'globalThis.bundle'), page);
  return page.bundle!.localize;
}
