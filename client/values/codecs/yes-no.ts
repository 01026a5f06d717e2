import { OwError } from '../../errors/ow-error.js';
import { describe, shorten } from '../describe.js';
import type { Codec } from './codec.js';
import { listOf } from './list.js';

/** On and off. */
export const YES_NO: Codec = {
  ...listOf({
    decode: decodeYesNo,
    encode: (value, _each, path) => Buffer.from(encodeYesNo(value, path)),
  }),
  padded: false,
  parts: false,
};

function decodeYesNo(text: string, path: string): boolean {
  const trimmed = text.trim();
  if (text === '') throw new OwError('emptyValue', {}, { path });
  if (trimmed !== '0' && trimmed !== '1')
    throw new OwError('notYesNo', { text: shorten(text) }, { path });
  return trimmed === '1';
}

const ON = ['1', 'on', 'true', 'yes'];
const OFF = ['0', 'off', 'false', 'no'];

/** `1` or `0` for the words that people and programs use for on and off. */
function encodeYesNo(value: unknown, path: string): string {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : String(toScalar(value));
  if (ON.includes(word)) return '1';
  if (OFF.includes(word)) return '0';
  throw new OwError('wantsYesNo', { value: describe(value) }, { path });
}

function toScalar(value: unknown): number | boolean | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
