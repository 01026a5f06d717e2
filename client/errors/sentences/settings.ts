import { sentence } from './sentence.js';

/** What a node, a client or a call is set to. */
export const SETTINGS = {
  noServer: sentence('EOW_VALUE', 'No server is chosen: choose or add an owserver.'),
  wholePart: sentence(
    'EOW_VALUE',
    'offset and size work on text and binary properties, and {path} is a {kind}: leave them empty.',
  ),
  badRange: sentence(
    'EOW_VALUE',
    '{name} is {value}: it must be a whole number from {min} to {max}.',
  ),
  twoPorts: sentence(
    'EOW_VALUE',
    'The host {host} names port {named}, and the port is {port}: write {name} as the host, and as the port the one that is right.',
  ),
  tlsMissing: sentence(
    'EOW_VALUE',
    'The TLS settings of this server are not there, so nothing is sent: check them, or choose others.',
  ),
  tlsUnreadable: sentence(
    'EOW_VALUE',
    'The certificate or key for TLS could not be read: check the files, and try again.',
  ),
  tlsUnusable: sentence(
    'EOW_VALUE',
    'The certificate or key for TLS cannot be used ({reason}): check both, and the passphrase.',
  ),
  noOption: sentence('EOW_VALUE', 'There is no option {name}: the options are {names}.'),
  badOption: sentence('EOW_VALUE', 'The setting {name} is {value}: it must be {wanted}.'),
  noDeadband: sentence(
    'EOW_VALUE',
    'A value is to be sent only when it changes by a certain amount, and none is set: set one (deadband).',
  ),
  pathOfMessage: sentence(
    'EOW_VALUE',
    'There is nothing that could be looked at again and again: give a path.',
  ),
  rangeReversed: sentence(
    'EOW_VALUE',
    'No value is plausible from {min} to {max}: exchange the two (rangeMin, rangeMax).',
  ),
};
