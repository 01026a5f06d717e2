import { OwError } from '../../errors/ow-error.js';
import { describe } from '../describe.js';
import type { Codec } from './codec.js';
import { listOf } from './list.js';

/** Dates, which stay the text that owserver sends. */
export const DATE: Codec = {
  ...listOf({
    decode: (text) => text,
    encode: (value, _each, path) => Buffer.from(encodeDate(value, path)),
  }),
  padded: false,
  parts: true,
};

const CTIME =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (\w{3}) ([ \d]\d) (?:[01]\d|2[0-3])(?::[0-5]\d){2} (\d{4})$/;

/** A date as C's ctime prints it; owserver would read 31 February as 3 March. */
function encodeDate(value: unknown, path: string): string {
  if (typeof value === 'string' && isDate(value)) return value;
  throw new OwError('wantsDate', { value: describe(value) }, { path });
}

function isDate(text: string): boolean {
  const [, month = '', day = '', year = ''] = CTIME.exec(text) ?? [];
  const date = new Date(`${month} ${day} ${year} 00:00 UTC`);
  return day !== '' && date.getUTCDate() === Number(day);
}
