import type { OwError } from '../../client/index.js';

/** An error as messages carry it: plain data that survives cloning. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly ret?: number;
}

/** What people read of an error. */
export type Tell = (error: OwError) => string;

export function toFailure(error: OwError, tell: Tell): Failure {
  return {
    code: error.code,
    message: tell(error),
    ...(error.ret !== undefined && { ret: error.ret }),
  };
}
