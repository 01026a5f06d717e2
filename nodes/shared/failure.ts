import { OwError } from '../../client/index.js';
import { isOfConnection, reasonOf } from '../../client/internal.js';

/** An error as messages carry it: plain data that survives cloning. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly ret?: number;
}

/** What was thrown, as an Error: JSONata throws objects that are none. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(reasonOf(thrown), { cause: thrown });
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

/** Is there no connection? The state of the connection tells so already. */
export function isOutage(error: Error): boolean {
  return error instanceof OwError && isOfConnection(error);
}
