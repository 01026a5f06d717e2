import { OwError } from '../errors/ow-error.js';
import { describe } from './describe.js';
import { parseDecimal } from './number.js';

const ON = ['1', 'on', 'true', 'yes'];
const OFF = ['0', 'off', 'false', 'no'];

/** A whole number as C's strtol reads it: digits only, where JavaScript might write an exponent. */
export function encodeWhole(value: unknown, min: number, max: number, path: string): string {
  const number = toNumber(value);
  if (number === undefined || !Number.isInteger(number) || number < min || number > max) {
    throw new OwError('wantsInteger', { min, max, value: describe(value) }, { path });
  }
  return String(number + 0);
}

/** Smallest double with full precision: C's strtod refuses smaller ones. */
const SMALLEST = 2 ** -1022;

/** A finite number as C's strtod reads it; what is too small for that is 0. */
export function encodeFloat(value: unknown, path: string): string {
  const number = toNumber(value);
  if (number === undefined) throw new OwError('wantsNumber', { value: describe(value) }, { path });
  return String(Math.abs(number) < SMALLEST ? 0 : number);
}

/** `1` or `0` for the words that people and programs use for on and off. */
export function encodeYesNo(value: unknown, path: string): string {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : String(toScalar(value));
  if (ON.includes(word)) return '1';
  if (OFF.includes(word)) return '0';
  throw new OwError('wantsYesNo', { value: describe(value) }, { path });
}

const DATE =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (\w{3}) ([ \d]\d) (?:[01]\d|2[0-3])(?::[0-5]\d){2} (\d{4})$/;

/** A date as C's ctime prints it; owserver would read 31 February as 3 March. */
export function encodeDate(value: unknown, path: string): string {
  if (typeof value === 'string' && isDate(value)) return value;
  throw new OwError('wantsDate', { value: describe(value) }, { path });
}

function isDate(text: string): boolean {
  const [, month = '', day = '', year = ''] = DATE.exec(text) ?? [];
  const date = new Date(`${month} ${day} ${year} 00:00 UTC`);
  return day !== '' && date.getUTCDate() === Number(day);
}

function toScalar(value: unknown): number | boolean | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return parseDecimal(value.trim());
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
