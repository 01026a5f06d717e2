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
    'msg.action is {action}, which is nothing that a node can do: make it one of {actions}, or remove it.',
  ),
  noRepeat: sentence(
    'EOW_VALUE',
    'msg.action is {action}, but this node does not look by itself: set in it how often it is to, or remove msg.action.',
  ),
};
