import type { OwErrorCode } from '../error-codes.js';

/** One sentence of an error. */
export interface Sentence {
  readonly code: OwErrorCode;
  /** In English, with `{names}` where values go: what happened, a colon, what to do. */
  readonly text: string;
}

/** A sentence of an error, and the code that programs match on. */
export function sentence(code: OwErrorCode, text: string): Sentence {
  return { code, text };
}
