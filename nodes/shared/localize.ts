import { OwError } from '../../client/index.js';
import type { NodeAPI } from './red.js';
import { sentence } from '../../words/sentences.js';

/** What an error says, in the language of the runtime where it has a translation. */
export function localize(RED: NodeAPI, error: unknown): string {
  if (error instanceof OwError) return sentence(RED._, error);
  return error instanceof Error ? error.message : String(error);
}

/** The same error, whose message people read in the language of the runtime. */
export function localized(RED: NodeAPI, error: Error): Error {
  const message = localize(RED, error);
  return error instanceof OwError && message !== error.message ? error.inWords(message) : error;
}
