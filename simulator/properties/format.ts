import { joinListing } from '../../client/protocol/index.js';
import { ALL, BYTE, type Property } from './property.js';
import { toScale } from './scales.js';
import { asNumber, type Units, type Value } from './value.js';

const WIDTH = 12;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Short names of the months in dates. */
export const MONTHS = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/**
 * The bytes that a read returns; `values` holds every element for .ALL and .BYTE, else the one
 * asked for. Numbers are right-justified in 12 characters unless trimmed;
 * owlib/src/c/ow_parseoutput.c.
 */
export function formatValues(
  property: Property,
  index: number,
  values: readonly Value[],
  units: Units,
): Buffer {
  if (index === BYTE) {
    const byte = values.reduce<number>(
      (sum, bit, position) => sum + (asNumber(bit) << position),
      0,
    );
    return Buffer.from(justify(String(byte), units));
  }
  const parts = values.map((value) => formatElement(property, value, units));
  if (index !== ALL || property.type === 'b') return Buffer.concat(parts);
  return joinListing(parts);
}

function formatElement(property: Property, value: Value, units: Units): Buffer {
  switch (property.type) {
    case 'y':
      return Buffer.from(asNumber(value) === 0 ? '0' : '1');
    case 'd':
      return Buffer.from(formatDate(asNumber(value)));
    case 'i':
      return Buffer.from(justify(String(asNumber(value) | 0), units));
    case 'u':
      return Buffer.from(justify(String(asNumber(value) >>> 0), units));
    case 'f':
    case 't':
    case 'g':
    case 'p':
      return Buffer.from(justify(formatG(toScale(property.type, asNumber(value), units)), units));
    default:
      return Buffer.isBuffer(value) ? value : Buffer.from(String(value), 'latin1');
  }
}

function justify(text: string, units: Units): string {
  return units.trim ? text : text.padStart(WIDTH);
}

/** C's `%G`: six significant digits, no trailing zeros, an exponent below 1E-04 and from 1E+06. */
export function formatG(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value < 0 ? '-INF' : 'INF';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = '0'] = value.toExponential(5).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(Number(value.toPrecision(6)));
  const sign = exponent < 0 ? '-' : '+';
  return `${String(Number(digits))}E${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** C's `ctime` without its line end: 24 characters in the local time of the server. */
function formatDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  const [day, month] = [DAYS[date.getDay()] ?? '', MONTHS[date.getMonth()] ?? ''];
  return `${day} ${month} ${String(date.getDate()).padStart(2)} ${time} ${date.getFullYear()}`;
}
