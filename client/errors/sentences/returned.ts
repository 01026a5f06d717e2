import { sentence } from './sentence.js';

/** What owserver refused, with a return value or without. */
export const RETURNED = {
  returned: sentence('EOW_RETURN', 'owserver answered {path} with error {ret} ({text}): {hint}'),
  absent: sentence(
    'EOW_ABSENT',
    '{path} was not found: the device is not on the bus, or it has no such property; check both names.',
  ),
  deviceLost: sentence(
    'EOW_ABSENT',
    '{path} was not read, because its device has not been on the bus since {since}: it is looked for every {seconds} s; check whether it is plugged in, and its wiring.',
  ),
  busAbsent: sentence(
    'EOW_ABSENT',
    'owserver has no bus of this number, so {path} was not found: see which buses there are, and check the path.',
  ),
  serverReadOnly: sentence(
    'EOW_READ_ONLY',
    'owserver refused to write {path} because it runs with --readonly: start it without that switch to write.',
  ),
  noConversion: sentence(
    'EOW_ABSENT',
    'This owserver cannot let all thermometers measure at once: read them one by one.',
  ),
};
