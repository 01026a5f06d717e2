import { Refusal, Ret } from '../refusal.js';
import { MONTHS } from './format.js';
import { ALL, BYTE, type Property } from './property.js';
import { fromScale } from './scales.js';
import type { Units, Value } from './value.js';

const FLOAT = /^\s*([+-]?(?:inf(?:inity)?|nan|0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))/i;
const INTEGER = /^\s*([+-]?\d+)/;
const MAX_LONG = 2n ** 64n - 1n;
const CTIME = /^\w{3} +(\w{3}) +(\d{1,2}) +(\d\d):(\d\d):(\d\d) +(\d{4})/;
const WORD_DATE = /^(?:\w{3} +)?(\w{3}) +(\d{1,2}) +(\d{4}) +(\d\d):(\d\d):(\d\d)/;
const SHORT_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d\d) +(\d\d):(\d\d):(\d\d)/;

/**
 * The elements in what a client wrote, as lax as owserver reads it: a number ends where it stops
 * being one, words count by their first letters. For text and bytes see `fitBytes`.
 * owlib/src/c/ow_parseinput.c.
 * @throws Refusal
 */
export function parseValues(
  property: Property,
  index: number,
  data: Buffer,
  units: Units,
  now: number,
): Value[] {
  const text = untilNul(data);
  if (index === BYTE) return bits(parseUnsigned(text), property.elements);
  if (index !== ALL) return [parseElement(property, text, units, now)];
  const parts = text.split(',');
  if (parts.length < property.elements) throw new Refusal(Ret.invalid);
  return parts.slice(0, property.elements).map((part) => {
    if (part === '') throw new Refusal(Ret.invalid);
    return parseElement(property, part, units, now);
  });
}

function parseElement(property: Property, text: string, units: Units, now: number): Value {
  switch (property.type) {
    case 'y':
      return parseYesNo(text);
    case 'd':
      return parseDate(text, now);
    case 'i':
      return parseUnsigned(text) | 0;
    case 'u':
      return parseUnsigned(text);
    default:
      return fromScale(property.type, parseFloatPrefix(text), units);
  }
}

function untilNul(data: Buffer): string {
  const text = data.toString('latin1');
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
}

function bits(byte: number, count: number): number[] {
  return Array.from({ length: count }, (_, position) => (byte >>> position) & 1);
}

function parseYesNo(text: string): number {
  const number = INTEGER.exec(text)?.[1];
  if (number !== undefined) return Number(number) === 0 ? 0 : 1;
  const word = text.replace(/^[ \t]+/, '').toLowerCase();
  if (word === '') throw new Refusal(Ret.empty);
  if (word.startsWith('y') || word.startsWith('on')) return 1;
  if (word.startsWith('n') || word.startsWith('off')) return 0;
  throw new Refusal(Ret.invalid);
}

/** The low 32 bits of the whole number at the start, as a C cast leaves them. */
function parseUnsigned(text: string): number {
  const digits = INTEGER.exec(text)?.[1];
  if (digits === undefined) throw new Refusal(Ret.invalid);
  const whole = BigInt(digits);
  if (whole > MAX_LONG || whole < -MAX_LONG) throw new Refusal(Ret.outOfRange);
  return Number(BigInt.asUintN(32, whole));
}

function parseFloatPrefix(text: string): number {
  const found = FLOAT.exec(text)?.[1]?.toLowerCase();
  if (found === undefined) throw new Refusal(Ret.invalid);
  const sign = found.startsWith('-') ? -1 : 1;
  const body = found.replace(/^[+-]/, '');
  return sign * (body.startsWith('inf') ? Infinity : Number(body));
}

function parseDate(text: string, now: number): number {
  if (text.length < 2 || text.startsWith('\n')) return Math.floor(now / 1000);
  const long = CTIME.exec(text);
  if (long) {
    const [, month = '', day, hours, minutes, seconds, year] = long;
    return localSeconds(Number(year), MONTHS.indexOf(month), [day, hours, minutes, seconds]);
  }
  const word = WORD_DATE.exec(text);
  if (word) {
    const [, month = '', day, year, ...time] = word;
    return localSeconds(Number(year), MONTHS.indexOf(month), [day, ...time]);
  }
  const [, month, day, year, ...time] = SHORT_DATE.exec(text) ?? [];
  return localSeconds(2000 + Number(year), Number(month) - 1, [day, ...time]);
}

function localSeconds(year: number, month: number, rest: readonly (string | undefined)[]): number {
  const [day = NaN, hours, minutes, seconds] = rest.map(Number);
  const ms = month < 0 ? NaN : new Date(year, month, day, hours, minutes, seconds).getTime();
  if (Number.isNaN(ms)) throw new Refusal(Ret.invalid);
  return Math.floor(ms / 1000);
}
