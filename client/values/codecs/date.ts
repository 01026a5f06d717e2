import { OwError } from '../../errors/ow-error.js';
import { describe } from '../describe.js';
import { parseDecimal } from '../number.js';
import type { Codec } from './codec.js';
import { listOf } from './list.js';

/** Dates, which stay the text that owserver sends. */
export const DATE: Codec = {
  ...listOf({
    decode: (text) => text,
    encode: (value, _each, path) => Buffer.from(ctime(toMoment(value, path))),
  }),
  padded: false,
  parts: true,
};

/**
 * The seconds since 1970 of what people have as a date: a Date, ISO text, milliseconds since 1970,
 * nothing or `now`, and text as owserver sends it. What does not say its zone is local time.
 * @throws OwError EOW_VALUE
 */
export function encodeSeconds(value: unknown, path: string): string {
  return String(Math.floor(toMoment(value, path) / 1000));
}

/** A clock counts in 32 bits. */
const MAX_MS = 0xffff_ffff * 1000;

/** Of numbers below, seconds were meant: as milliseconds they are of 1973 and before. */
const MIN_NUMBER = 100_000_000_000;

function toMoment(value: unknown, path: string): number {
  const ms = momentOf(value);
  if (ms !== undefined && ms >= 0 && ms <= MAX_MS) return ms;
  throw new OwError('wantsDate', { value: describe(value) }, { path });
}

function momentOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number') return value >= MIN_NUMBER ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || /^now$/i.test(text)) return Date.now();
  const number = parseDecimal(text);
  return number === undefined ? (fromIso(text) ?? fromCtime(text)) : momentOf(number);
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)? ?(?:(Z)|([+-]\d\d):?(\d\d))?$/i;

function fromIso(text: string): number | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0', utc, hours, minutes = '0'] =
    ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const parts = [year, month, day, hour, minute, second].map(Number);
  if (hours === undefined) return moment(parts, utc !== undefined);
  const ms = moment(parts, true);
  const ahead = Number(hours) * 60 + Number(minutes) * (hours.startsWith('-') ? -1 : 1);
  return ms === undefined ? undefined : ms - ahead * 60_000;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const CTIME = /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;

function fromCtime(text: string): number | undefined {
  const [, month = '', ...rest] = CTIME.exec(text) ?? [];
  const [day, hour, minute, second, year] = rest.map(Number);
  return moment([year, MONTHS.indexOf(month) + 1, day, hour, minute, second], false);
}

/** 31 February is none, where JavaScript and owserver would both take it for 3 March. */
function moment(parts: readonly (number | undefined)[], utc: boolean): number | undefined {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = parts;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const same = new Date(ms).getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!same || month < 1 || month > 12) return undefined;
  return utc ? ms : new Date(year, month - 1, day, hour, minute, second).getTime();
}

/** A date as C's ctime prints it and owserver reads it, in local time. */
function ctime(ms: number): string {
  const [weekday, month, day = '', year, time] = new Date(ms).toString().split(' ');
  return `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
}
