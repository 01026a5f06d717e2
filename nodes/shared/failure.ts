import type { OwError } from '../../client/index.js';

/** An error as messages carry it: plain data that survives cloning. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly ret?: number;
}

export function toFailure(error: OwError): Failure {
  return {
    code: error.code,
    message: error.message,
    ...(error.ret !== undefined && { ret: error.ret }),
  };
}
