import { OwError } from '../errors/ow-error.js';
import { decodeText } from '../protocol/index.js';
import { shorten } from './describe.js';
import { parseDecimal, spellsNonFinite } from './number.js';
import { INDEX_ALL, isNumeric, type Property } from './structure.js';

/** What a property decodes to; an array for `.ALL`. */
export type Value = number | boolean | string | Buffer | Value[];

/**
 * The typed value of the bytes that owserver sent for a property. Without a property (no
 * `/structure`) it is a number where the text is one, otherwise text, otherwise a Buffer.
 * @throws OwError EOW_VALUE when the bytes are no value of this kind.
 */
export function decodeValue(bytes: Buffer, property: Property | undefined, path: string): Value {
  if (!property) return guessValue(bytes);
  if (property.type === 'b') return decodeBinary(bytes, property, path);
  const text = decodeText(bytes);
  if (property.index !== INDEX_ALL) return decodeElement(text, property, path);
  const elements = text.split(',');
  if (property.elements > 0 && elements.length !== property.elements) {
    throw new OwError(
      'elementCount',
      { found: elements.length, wanted: property.elements },
      { path },
    );
  }
  return elements.map((element) => decodeElement(element, property, path));
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

function decodeElement(text: string, property: Property, path: string): Value {
  if (isNumeric(property)) return decodeNumber(text, path);
  return property.type === 'y' ? decodeYesNo(text, path) : text;
}

function decodeNumber(text: string, path: string): number {
  const trimmed = text.trim();
  if (text === '') throw new OwError('emptyValue', {}, { path });
  if (spellsNonFinite(trimmed)) throw new OwError('notFinite', { text: trimmed }, { path });
  const number = parseDecimal(trimmed);
  if (number === undefined) throw new OwError('notNumber', { text: shorten(text) }, { path });
  return number;
}

function decodeYesNo(text: string, path: string): boolean {
  const trimmed = text.trim();
  if (text === '') throw new OwError('emptyValue', {}, { path });
  if (trimmed !== '0' && trimmed !== '1')
    throw new OwError('notYesNo', { text: shorten(text) }, { path });
  return trimmed === '1';
}

/** Binary elements of `.ALL` follow each other without commas (owlib/src/c/ow_parseoutput.c). */
function decodeBinary(bytes: Buffer, property: Property, path: string): Value {
  const { index, elements, length } = property;
  if (index !== INDEX_ALL || elements <= 0) return Buffer.from(bytes);
  if (bytes.length !== length) {
    throw new OwError('byteCount', { found: bytes.length, wanted: length }, { path });
  }
  const each = length / elements;
  return Array.from({ length: elements }, (_, at) =>
    Buffer.from(bytes.subarray(at * each, (at + 1) * each)),
  );
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
