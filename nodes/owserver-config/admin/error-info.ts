import type { OwError } from '../../../client/index.js';
import type { ErrorInfo, ErrorSentence } from '../../../contract/admin-api.js';

/** An error as data; the editor has the sentence in its own language. */
export function toErrorSentence({ id, params, message }: OwError): ErrorSentence {
  return { id, params, message };
}

/** The same with its code. */
export function toErrorInfo({ code, id, params, message }: OwError): ErrorInfo {
  return { code, id, params, message };
}
