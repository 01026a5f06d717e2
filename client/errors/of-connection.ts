import type { OwError } from './ow-error.js';

/** Does a failure say something of the connection, and nothing of what was asked for? */
export function isOfConnection({ code }: OwError): boolean {
  return code === 'EOW_CONNECT' || code === 'EOW_CLOSED';
}
