/** Every sentence an error can say, by kind of failure. */
import { PHRASES, type PhraseId } from '../phrases.js';
import type { Params as AnyParams, Word as AnyWord } from '../words.js';
import { ALARMS } from './alarms.js';
import { ALIASES } from './aliases.js';
import { CONNECTION } from './connection.js';
import { LISTINGS } from './listings.js';
import { FLOWS } from './flows.js';
import { PATHS } from './paths.js';
import { PATTERNS } from './patterns.js';
import { PROTOCOL } from './protocol.js';
import { RETURNED } from './returned.js';
import { SETTINGS } from './settings.js';
import { VALUES_READ } from './values-read.js';
import { VALUES_WRITTEN } from './values-written.js';
import { WAITING } from './waiting.js';
import { WRITES } from './writes.js';

/** Every sentence an error can say: what happened, and what to do. */
export const MESSAGES = {
  ...CONNECTION,
  ...WAITING,
  ...PROTOCOL,
  ...LISTINGS,
  ...RETURNED,
  ...PATHS,
  ...PATTERNS,
  ...VALUES_READ,
  ...VALUES_WRITTEN,
  ...WRITES,
  ...ALARMS,
  ...ALIASES,
  ...SETTINGS,
  ...FLOWS,
};

/** Names of the sentences, for translation catalogues. */
export type MessageId = keyof typeof MESSAGES;

/** What can stand in a sentence: a value, somebody else's text, or words of our own. */
export type Word = AnyWord<PhraseId, MessageId>;

/** What fills the `{names}` of a sentence; plain data. */
export type Params = AnyParams<PhraseId, MessageId>;

/** Puts the values into an English sentence; a name without a value stays as it is. */
export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => inEnglish(params[name] ?? whole));
}

/** A word of a sentence in English. */
export function inEnglish(word: Word): string {
  if (typeof word !== 'object') return String(word);
  if ('id' in word) return fill(PHRASES[word.id], word.params ?? {});
  const [happened = ''] = MESSAGES[word.error].text.split(': ');
  return fill(happened, word.params);
}
