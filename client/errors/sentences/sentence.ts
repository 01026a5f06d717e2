import type { OwErrorCode } from '../error-codes.js';

/** One sentence of an error. */
export interface Sentence {
  readonly code: OwErrorCode;
  /** In English, with `{names}` where values go: what happened, a colon, what to do. */
  readonly text: string;
  /** Is it said of a request that was given up here, and so nothing of owserver's health? */
  readonly givenUp?: true;
}

/** A sentence of an error, and the code that programs match on. */
export function sentence(code: OwErrorCode, text: string): Sentence {
  return { code, text };
}

/**
 * The same of a request that was given up here. Its connection goes, because the rest of its answer
 * would come on it; owserver may be as well as ever.
 */
export function givingUp(code: OwErrorCode, text: string): Sentence {
  return { code, text, givenUp: true };
}
