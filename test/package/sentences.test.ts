import { strict as assert } from 'node:assert';
import { MESSAGES, PHRASES } from '../../client/internal.js';
import { LANGUAGES, readJson } from './project.js';

const NAME = 'owserver-config';
const LOCALES = `dist/nodes/${NAME}/locales`;

interface Catalogue {
  label: Record<string, string>;
  dialog: Record<string, string>;
  errors?: Record<string, string>;
  phrases?: Record<string, Record<string, string>>;
}

const catalogue = (folder: string, language: string): Catalogue =>
  readJson(folder, language, `${NAME}.json`) as Catalogue;

/** Sentences and phrases by their id, as the client names them. */
function texts({ errors = {}, phrases = {} }: Catalogue): Map<string, string> {
  const words = Object.entries(phrases).flatMap(([group, names]) =>
    Object.entries(names).map(([name, text]): [string, string] => [`${group}.${name}`, text]),
  );
  return new Map([...Object.entries(errors), ...words]);
}

/** Words of Node-RED, which people who use the library alone do not know. */
const OF_NODES =
  /\b(nodes?|flows?|msg|(re)?deploy(ed)?|editor|palette|configuration|catch|node-red|enter)\b/i;

const places = (text: string): string[] => (text.match(/__[a-z]+__/gi) ?? []).sort();

describe('the sentences of the client', () => {
  it('are all in the English catalogue, word for word where nodes say no more', () => {
    const sentences = Object.entries(MESSAGES).map(([id, { text }]): [string, string] => [
      id,
      text,
    ]);
    const wanted = [...sentences, ...Object.entries(PHRASES)].map(
      ([id, text]) => [id, text.replaceAll('{', '__').replaceAll('}', '__')] as const,
    );
    const inNodes = Object.entries(catalogue('locales', 'en-US').errors ?? {});
    const built = texts(catalogue(LOCALES, 'en-US'));
    assert.deepEqual(built, new Map([...wanted, ...inNodes]));
  });

  it('are written once: the catalogue has only those that speak of nodes, flows and dialogs', () => {
    const { errors = {}, phrases } = catalogue('locales', 'en-US');
    assert.equal(phrases, undefined);
    for (const text of Object.values(errors)) assert.match(text, OF_NODES);
  });

  it('speak of none of these where there is no Node-RED', () => {
    const told = Object.entries(MESSAGES).filter(([, { text }]) => OF_NODES.test(text));
    const hinted = Object.entries(PHRASES).filter(([, text]) => OF_NODES.test(text));
    assert.deepEqual([...told, ...hinted], []);
  });

  for (const language of LANGUAGES) {
    it(`have a place for every value: ${language}`, () => {
      const own = texts(catalogue(LOCALES, language));
      for (const [id, text] of texts(catalogue(LOCALES, 'en-US'))) {
        assert.deepEqual(places(own.get(id) ?? ''), places(text), `${language}: ${id}`);
      }
    });

    it(`name a setting as its field is labelled: ${language}`, () => {
      if (language === 'en-US') return;
      const { label, dialog, phrases } = catalogue(LOCALES, language);
      const labels: Record<string, string> = { ...label, ...dialog };
      for (const [name, text] of Object.entries(phrases?.setting ?? {})) {
        const field = labels[name.replace(/Ms$/, '')];
        const unit = name.endsWith('Ms') ? ' (ms)' : '';
        if (field !== undefined) assert.equal(text, `${field}${unit}`, name);
      }
      for (const name of ['host', 'connectTimeoutMs', 'maxQueue', 'source', 'offset'])
        assert.ok(phrases?.setting?.[name], name);
    });

    it(`say what happened, a colon, and what to do: ${language}`, () => {
      const { errors = {} } = catalogue(LOCALES, language);
      for (const [id, { text }] of Object.entries(MESSAGES)) {
        if (text.includes(': ')) assert.match(errors[id] ?? '', /.(: |：)./, `${language}: ${id}`);
      }
    });
  }
});
