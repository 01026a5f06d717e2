import { sentence } from './sentence.js';

/** A path that cannot be asked for. */
export const PATHS = {
  noPath: sentence(
    'EOW_VALUE',
    'No path was given: give one such as /28.FF1122334455/temperature.',
  ),
  pathType: sentence(
    'EOW_VALUE',
    'The path is {kind}: it must be text such as /28.FF1122334455/temperature.',
  ),
  pathNul: sentence('EOW_VALUE', 'The path holds a NUL character: check where it comes from.'),
  pathLong: sentence(
    'EOW_VALUE',
    'The path is {bytes} bytes long, owserver takes {limit} at most: check where it comes from.',
  ),
  pathMount: sentence(
    'EOW_VALUE',
    '{path} begins with {folder}, a folder of files that owserver does not have: write {instead}.',
  ),
  noBus: sentence(
    'EOW_VALUE',
    '{path} is no bus: let all thermometers measure with /, or those of one bus with /bus.0.',
  ),
  notReadable: sentence('EOW_VALUE', '{path} can be written but not read.'),
  notWritable: sentence('EOW_VALUE', '{path} can be read but not written.'),
};
