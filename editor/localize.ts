import { sentence, type Told } from '../words/sentences.js';

/** An error of the client as the endpoints send it, in JSON. */
export interface PlainError {
  readonly id: string;
  readonly params: object;
  /** The sentence in English. */
  readonly message: string;
  readonly code?: string;
}

/** What an error says, in the language of the editor where it has a translation. */
export function localize({ id, params, message }: PlainError): string {
  return sentence(RED._, { id, params: params as Told['params'], message });
}
