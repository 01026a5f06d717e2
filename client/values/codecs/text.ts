import { OwError } from '../../errors/ow-error.js';
import { checkAlias } from '../alias.js';
import { describe } from '../describe.js';
import type { Shape } from '../shape.js';
import { bytesOf } from './bytes.js';
import type { Codec } from './codec.js';
import { listOf } from './list.js';

const asItIs = (text: string): string => text;

/** Text as UTF-8; a Buffer goes as it is, for displays with characters of their own. */
export const TEXT: Codec = {
  ...listOf({
    decode: asItIs,
    encode: (value, { length }, path) => fitting(toTextBytes(value, path), length, path),
    free: true,
  }),
  padded: false,
  parts: true,
};

/** What owserver has no type for, or we do not know: text, as long as it likes. */
export const UNTYPED: Codec = {
  ...listOf({
    decode: asItIs,
    encode: (value, _each, path) => Buffer.from(toText(value, path)),
  }),
  padded: false,
  parts: true,
};

/** The name of a device. */
export const ALIAS: Codec = {
  decode: UNTYPED.decode,
  encode: encodeAlias,
  padded: false,
  parts: true,
};

/** owlib/src/include/ow_filetype.h, `PROPERTY_LENGTH_ALIAS`. */
const MAX_ALIAS_BYTES = 256;

/**
 * owserver drops blanks around an alias; an empty one removes the alias.
 * @throws OwError EOW_VALUE when a device cannot be called that.
 */
export function encodeAlias(value: unknown, shape: Shape | undefined, path: string): Buffer {
  const alias = toText(value, path).trim();
  checkAlias(alias, path);
  return fitting(Buffer.from(alias), shape?.length ?? MAX_ALIAS_BYTES, path);
}

function toTextBytes(value: unknown, path: string): Buffer {
  return bytesOf(value) ?? Buffer.from(toText(value, path));
}

function toText(value: unknown, path: string): string {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  throw new OwError('wantsText', { value: describe(value) }, { path });
}

function fitting(bytes: Buffer, limit: number, path: string): Buffer {
  if (bytes.length > limit) throw new OwError('tooLong', { bytes: bytes.length, limit }, { path });
  return bytes;
}
