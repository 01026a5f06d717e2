import type { ErrorSentence } from '../contract/admin-api.js';
import { sentence } from '../words/sentences.js';

/** What an error says, in the language of the editor where it has a translation. */
export function localize(error: ErrorSentence): string {
  return sentence(RED._, error);
}
