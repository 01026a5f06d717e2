import type { OwError } from './ow-error.js';
import { MESSAGES } from './sentences/index.js';

/** Was a request given up here, which says nothing of owserver: is it neither down nor another one now? */
export function isGivenUp({ id }: OwError): boolean {
  return MESSAGES[id].givenUp === true;
}

/** Was a connection ended here, for a reason that says nothing of owserver? */
export function endedHere(error: OwError): boolean {
  return error.id === 'clientClosed' || isGivenUp(error);
}
