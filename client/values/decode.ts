import { decodeText } from '../protocol/index.js';
import type { Value } from './codecs/codec.js';
import { parseDecimal } from './number.js';
import { isNumeric, type Property } from './structure.js';
import { traitsOf } from './types.js';

export type { Value } from './codecs/codec.js';

/**
 * The typed value of the bytes that owserver sent for a property. Without a property (no
 * `/structure`) it is a number where the text is one, otherwise text, otherwise a Buffer.
 * @throws OwError EOW_VALUE when the bytes are no value of this kind.
 */
export function decodeValue(bytes: Buffer, property: Property | undefined, path: string): Value {
  return property ? traitsOf(property).decode(bytes, property, path) : guessValue(bytes);
}

/** The bytes as they are: text without the padding of numbers, or a Buffer of their own. */
export function decodeRaw(
  bytes: Buffer,
  property: Property | undefined,
  as: 'text' | 'buffer',
): string | Buffer {
  if (as === 'buffer') return Buffer.from(bytes);
  const text = decodeText(bytes);
  return property && isNumeric(property) ? trimElements(text) : text;
}

function trimElements(text: string): string {
  return text
    .split(',')
    .map((element) => element.trim())
    .join(',');
}

/** Text of owserver holds no control characters but tab, newline and carriage return. */
function isBinary(byte: number): boolean {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

function guessValue(bytes: Buffer): Value {
  if (bytes.some(isBinary)) return Buffer.from(bytes);
  const text = decodeText(bytes);
  return guessNumber(text.trim()) ?? text;
}

/** As `%12G` and `%12d` print numbers, of 32 bits at most: the twelve digits of an id are text. */
const PRINTED = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]\d+)?$/i;

function guessNumber(text: string): number | undefined {
  const number = PRINTED.test(text) ? parseDecimal(text) : undefined;
  if (number === undefined) return undefined;
  return /^-?\d+$/.test(text) && (number > 0xffff_ffff || number < -0x8000_0000)
    ? undefined
    : number;
}
