import { sentence } from './sentence.js';

/** A path with a `*` that stands for nothing, or for what it may not stand for. */
export const PATTERNS = {
  patternNothing: sentence(
    'EOW_ABSENT',
    '{path} matches no device: list the devices to see what is there, and check the pattern.',
  ),
  patternNoProperty: sentence(
    'EOW_ABSENT',
    'None of the devices that {path} matches has such a property: check what follows the device.',
  ),
  patternDirectory: sentence(
    'EOW_VALUE',
    '{path} matches directories, which have no value: add a property, for example /temperature.',
  ),
  patternPlace: sentence(
    'EOW_VALUE',
    '{path} has a * below {element}: it can only stand in the name of a bus, a device or a property of a device.',
  ),
  patternWrite: sentence(
    'EOW_VALUE',
    '{path} must name the property to write: there a * can only stand for the index, as in PIO.*.',
  ),
  patternOne: sentence(
    'EOW_VALUE',
    '{path} may stand for several paths: read them with readAll, and write to them with writeAll.',
  ),
  patternList: sentence(
    'EOW_VALUE',
    '{path} is a pattern, which can be read and written, not listed: give the path of one directory or device.',
  ),
};
