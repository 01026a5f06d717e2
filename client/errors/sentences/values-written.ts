import { sentence } from './sentence.js';

/** A value that a property does not take. */
export const VALUES_WRITTEN = {
  wantsNumber: sentence(
    'EOW_VALUE',
    '{path} takes a number, and the value is {value}: send a number such as 21.5, with a point.',
  ),
  wantsInteger: sentence(
    'EOW_VALUE',
    '{path} takes a whole number from {min} to {max}, and the value is {value}.',
  ),
  wantsYesNo: sentence(
    'EOW_VALUE',
    '{path} takes on or off (also true, false, 1, 0), and the value is {value}.',
  ),
  wantsText: sentence('EOW_VALUE', '{path} takes text, and the value is {value}.'),
  wantsBytes: sentence(
    'EOW_VALUE',
    '{path} takes bytes, and the value is {value}: send a Buffer, an array of numbers from 0 to 255, or text such as 0x00FF.',
  ),
  wantsArray: sentence(
    'EOW_VALUE',
    '{path} takes an array of {count} values, and the value is {value}.',
  ),
  wantsNoComma: sentence(
    'EOW_VALUE',
    '{path} takes texts without commas, and one of them is {value}: write that element alone.',
  ),
  wantsDate: sentence(
    'EOW_VALUE',
    '{path} takes a date, and the value is {value}: send a Date, text such as 2026-11-23T18:00:00Z, milliseconds since 1970, or now.',
  ),
  wantsExactBytes: sentence(
    'EOW_VALUE',
    '{path} takes exactly {count} bytes, and the value has {bytes}.',
  ),
  tooLong: sentence(
    'EOW_VALUE',
    'The value for {path} is {bytes} bytes long, and there is room for {limit}.',
  ),
  noValue: sentence('EOW_VALUE', 'There is no value to write to {path}: give one.'),
  cannotSend: sentence(
    'EOW_VALUE',
    'A value of this kind ({value}) cannot be written to {path}: send text, a number, on or off, or a Buffer.',
  ),
};
