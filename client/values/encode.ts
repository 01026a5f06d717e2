import { OwError } from '../errors/ow-error.js';
import { joinListing } from '../protocol/index.js';
import { checkAlias } from './alias.js';
import { describe } from './describe.js';
import { encodeBinary } from './encode-binary.js';
import { encodeDate, encodeFloat, encodeWhole, encodeYesNo } from './encode-element.js';
import { wholeRange } from './ranges.js';
import { checkWritable, INDEX_ALL, type Property } from './structure.js';

/**
 * The bytes to write for a value. owserver reads `25,5` as 25, `12abc` as 12 and `nope` as off
 * (owlib/src/c/ow_parseinput.c), so whatever it could misread is refused here.
 * @throws OwError EOW_VALUE with a sentence that says what the property takes.
 */
export function encodeValue(value: unknown, property: Property | undefined, path: string): Buffer {
  checkWritable(property, path);
  if (value === undefined || value === null) throw new OwError('noValue', {}, { path });
  if (isAlias(property, path)) return encodeAlias(value, property, path);
  if (!property) return encodeUnknown(value, path);
  if (property.type === 'b') return encodeBinary(value, property, path);
  if (property.index === INDEX_ALL) return encodeArray(value, property, path);
  return encodeElement(value, property, path);
}

function encodeElement(value: unknown, property: Property, path: string): Buffer {
  return property.type === 'a'
    ? fitting(toTextBytes(value, path), property.length, path)
    : Buffer.from(spell(value, property, path));
}

/** A value of any kind but text and binary, as owserver parses it. */
function spell(value: unknown, property: Property, path: string): string {
  const range = wholeRange(property);
  if (range) return encodeWhole(value, ...range, path);
  switch (property.type) {
    case 'f':
    case 't':
    case 'g':
    case 'p':
      return encodeFloat(value, path);
    case 'y':
      return encodeYesNo(value, path);
    case 'd':
      return encodeDate(value, path);
    default:
      return toText(value, path);
  }
}

/** All elements at once, joined by commas; owserver would ignore what is too much. */
function encodeArray(value: unknown, property: Property, path: string): Buffer {
  const { type, elements: count, length } = property;
  const values: unknown = typeof value === 'string' && type !== 'a' ? value.split(',') : value;
  if (!Array.isArray(values) || values.length === 0 || (count > 0 && values.length !== count)) {
    throw new OwError('wantsArray', { count, value: describe(value) }, { path });
  }
  const each = { ...property, index: 0, length: Math.floor((length + 1) / values.length) - 1 };
  const elements = Array.from(values, (one: unknown) => encodeElement(one, each, path));
  const comma = elements.find((element) => element.includes(','));
  if (comma) throw new OwError('wantsNoComma', { value: describe(comma.toString()) }, { path });
  return joinListing(type === 'a' ? paddedLast(elements, each.length) : elements);
}

/**
 * owserver loses count of the bytes in an array of texts and lets garbage follow the last one,
 * unless that fills its room (owlib/src/c/ow_parseinput.c, `FS_input_ascii_array`).
 */
function paddedLast(elements: readonly Buffer[], room: number): Buffer[] {
  return elements.map((element, at) =>
    at === elements.length - 1
      ? Buffer.concat([element, Buffer.alloc(room - element.length, ' ')])
      : element,
  );
}

function isAlias(property: Property | undefined, path: string): boolean {
  return property?.type === 'l' || path.endsWith('/alias');
}

/** owserver drops blanks around an alias; an empty one removes the alias. */
function encodeAlias(value: unknown, property: Property | undefined, path: string): Buffer {
  const alias = toText(value, path).trim();
  checkAlias(alias, path);
  return fitting(Buffer.from(alias), property?.length ?? MAX_ALIAS_BYTES, path);
}

/** owlib/src/include/ow_filetype.h, `PROPERTY_LENGTH_ALIAS`. */
const MAX_ALIAS_BYTES = 256;

function encodeUnknown(value: unknown, path: string): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'boolean') return Buffer.from(value ? '1' : '0');
  if (typeof value === 'string' || isFiniteNumber(value)) return Buffer.from(String(value));
  throw new OwError('cannotSend', { value: describe(value) }, { path });
}

/** Text as UTF-8; a Buffer goes as it is, for displays with characters of their own. */
function toTextBytes(value: unknown, path: string): Buffer {
  return Buffer.from(value instanceof Uint8Array ? value : toText(value, path));
}

function toText(value: unknown, path: string): string {
  if (typeof value === 'string' || isFiniteNumber(value)) return String(value);
  throw new OwError('wantsText', { value: describe(value) }, { path });
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function fitting(bytes: Buffer, limit: number, path: string): Buffer {
  if (bytes.length > limit) throw new OwError('tooLong', { bytes: bytes.length, limit }, { path });
  return bytes;
}
