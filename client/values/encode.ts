import { OwError } from '../errors/ow-error.js';
import { bytesOf } from './codecs/bytes.js';
import { encodeSeconds } from './codecs/date.js';
import { encodeAlias } from './codecs/text.js';
import { describe } from './describe.js';
import { checkWritable, type Property } from './structure.js';
import { traitsOf } from './types.js';

/**
 * The bytes to write for a value, of a date `asSeconds` since 1970. owserver reads `25,5` as 25, `12abc` as 12 and `nope` as off
 * (owlib/src/c/ow_parseinput.c), so whatever it could misread is refused here.
 * @throws OwError EOW_VALUE with a sentence that says what the property takes.
 */
export function encodeValue(
  value: unknown,
  property: Property | undefined,
  path: string,
  asSeconds = false,
): Buffer {
  checkWritable(property, path);
  if (value === undefined || value === null) throw new OwError('noValue', {}, { path });
  if (asSeconds) return Buffer.from(encodeSeconds(value, path));
  // Without its tables owserver takes an alias all the same.
  if (path.endsWith('/alias')) return encodeAlias(value, property, path);
  return property ? traitsOf(property).encode(value, property, path) : encodeUnknown(value, path);
}

function encodeUnknown(value: unknown, path: string): Buffer {
  const bytes = bytesOf(value);
  if (bytes) return bytes;
  if (typeof value === 'boolean') return Buffer.from(value ? '1' : '0');
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    return Buffer.from(String(value));
  throw new OwError('cannotSend', { value: describe(value) }, { path });
}
