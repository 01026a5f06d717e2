import { sentence } from './sentence.js';

/** What a node, a client or a call is set to. */
export const SETTINGS = {
  noServer: sentence(
    'EOW_VALUE',
    'No server is chosen: open the node and choose or add an owserver.',
  ),
  wholePart: sentence(
    'EOW_VALUE',
    'offset and size work on text and binary properties, and {path} is a {kind}: leave them empty.',
  ),
  badRange: sentence(
    'EOW_VALUE',
    '{name} is {value}: it must be a whole number from {min} to {max}.',
  ),
  badOption: sentence('EOW_VALUE', 'The setting {name} is {value}: it must be {wanted}.'),
};
