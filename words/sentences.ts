import type { Word } from '../client/errors/words.js';

/** Catalogue that holds the words that all nodes share. */
export const CATALOGUE = 'node-red-contrib-owserver/owserver-config:';

/** `RED._`, of the runtime or of the editor. */
export type Translate = (key: string, params?: Record<string, unknown>) => string;

/** An error of the client, or what is left of it in JSON. */
export interface Told {
  readonly id: string;
  readonly params: Words;
  /** The sentence in English. */
  readonly message: string;
}

/** The words of an error; where they came as JSON, null is a number that is none. */
type Words = Readonly<Record<string, Word | null>>;

/** The sentence of an error in the language of `translate`; in English when a word of it is not translated. */
export function sentence(translate: Translate, { id, params, message }: Told): string {
  return say(translate, lookUp(translate, `errors.${id}`, params), params) ?? message;
}

/** The values are put in here and not by RED._, which would look for places and keys in them, too. */
function say(translate: Translate, text: string | undefined, params: Words): string | undefined {
  if (text === undefined) return undefined;
  const words = new Map<string, string | undefined>();
  // A word that the sentence has no place for need not be translated.
  for (const [name, word] of Object.entries(params))
    if (text.includes(`__${name}__`)) words.set(name, sayWord(translate, word));
  if ([...words.values()].includes(undefined)) return undefined;
  return text.replace(/__([a-z]+)__/gi, (whole, name: string) => words.get(name) ?? whole);
}

function sayWord(translate: Translate, word: Word | null): string | undefined {
  if (typeof word !== 'object' || word === null) return String(word);
  const { params = {} } = word;
  if ('id' in word) return say(translate, lookUp(translate, `phrases.${word.id}`, params), params);
  return say(translate, happened(lookUp(translate, `errors.${word.error}`, params)), params);
}

/** A sentence says what happened, then a colon, then what to do. */
function happened(text: string | undefined): string | undefined {
  return text?.split(/: |：/)[0]?.trimEnd();
}

/** The words of a key, with `__name__` in their places; RED._ answers with the key when there are none. */
function lookUp(translate: Translate, key: string, params: Words): string | undefined {
  const places = Object.fromEntries(Object.keys(params).map((name) => [name, `__${name}__`]));
  const text = translate(`${CATALOGUE}${key}`, { replace: places });
  return text === key || text === `${CATALOGUE}${key}` ? undefined : text;
}
