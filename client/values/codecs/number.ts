import { OwError } from '../../errors/ow-error.js';
import { describe, shorten } from '../describe.js';
import { parseDecimal, spellsNonFinite } from '../number.js';
import type { WholeRange } from '../ranges.js';
import type { Codec } from './codec.js';
import { listOf } from './list.js';

/** Numbers with a point or an exponent. */
export const FLOAT: Codec = {
  ...listOf({
    decode: decodeNumber,
    encode: (value, _each, path) => Buffer.from(encodeFloat(value, path)),
  }),
  padded: true,
  parts: false,
};

/** Whole numbers, and which of them an element takes. */
export function whole(range: WholeRange): Codec & { readonly range: WholeRange } {
  return {
    ...listOf({
      decode: decodeNumber,
      encode: (value, each, path) => Buffer.from(encodeWhole(value, ...range(each), path)),
    }),
    range,
    padded: true,
    parts: false,
  };
}

function decodeNumber(text: string, path: string): number {
  const trimmed = text.trim();
  if (text === '') throw new OwError('emptyValue', {}, { path });
  if (spellsNonFinite(trimmed))
    throw new OwError('notFinite', { text: shorten(trimmed) }, { path });
  const number = parseDecimal(trimmed);
  if (number === undefined) throw new OwError('notNumber', { text: shorten(text) }, { path });
  return number;
}

/** A whole number as C's strtol reads it: digits only, where JavaScript might write an exponent. */
function encodeWhole(value: unknown, min: number, max: number, path: string): string {
  const number = toNumber(value);
  if (number === undefined || !Number.isInteger(number) || number < min || number > max) {
    throw new OwError('wantsInteger', { min, max, value: describe(value) }, { path });
  }
  return String(number + 0);
}

/** Smallest double with full precision: C's strtod refuses smaller ones. */
const SMALLEST = 2 ** -1022;

/** A finite number as C's strtod reads it; what is too small for that is 0. */
function encodeFloat(value: unknown, path: string): string {
  const number = toNumber(value);
  if (number === undefined) throw new OwError('wantsNumber', { value: describe(value) }, { path });
  return String(Math.abs(number) < SMALLEST ? 0 : number);
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return parseDecimal(value.trim());
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
