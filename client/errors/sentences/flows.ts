import { sentence } from './sentence.js';

/** What a node is told by a flow, and cannot do. */
export const FLOWS = {
  notEvaluated: sentence(
    'EOW_VALUE',
    'The expression {expression} cannot be evaluated ({reason}): correct it, or what it takes from the message.',
  ),
  outputFailed: sentence(
    'EOW_VALUE',
    'The value could not be stored in {output} ({reason}): check the output that is chosen.',
  ),
  outputTaken: sentence(
    'EOW_VALUE',
    'The value could not be stored in {output}, because what is to hold it is no object: choose another output, or change what is there already.',
  ),
  noAction: sentence(
    'EOW_VALUE',
    '{action} is no action: make it one of {actions}, or leave it out.',
  ),
  noRepeat: sentence(
    'EOW_VALUE',
    '{action} is not possible without a repeat: set how often to look, or leave the action out.',
  ),
};
