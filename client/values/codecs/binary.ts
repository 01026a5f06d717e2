import { OwError } from '../../errors/ow-error.js';
import { describe } from '../describe.js';
import { INDEX_ALL, type Shape } from '../shape.js';
import { byteList, bytesOf, hexBytes } from './bytes.js';
import type { Codec, Value } from './codec.js';

/** Memory; elements of `.ALL` follow each other without commas. */
export const BINARY: Codec = {
  decode: decodeBinary,
  encode: encodeBinary,
  padded: false,
  parts: true,
};

/** A copy, which outlives the buffer of the socket; owlib/src/c/ow_parseoutput.c. */
function decodeBinary(bytes: Buffer, { index, elements, length }: Shape, path: string): Value {
  if (index !== INDEX_ALL || elements <= 0) return Buffer.from(bytes);
  // Each element has a byte at least: a table may promise more of them than there are bytes.
  const wanted = Math.max(length, elements);
  if (bytes.length !== wanted) {
    throw new OwError('byteCount', { found: bytes.length, wanted }, { path });
  }
  const each = wanted / elements;
  return Array.from({ length: elements }, (_, at) =>
    Buffer.from(bytes.subarray(at * each, (at + 1) * each)),
  );
}

/** `.ALL` takes exactly as many as it holds (owlib/src/c/ow_parseinput.c, `FS_input_array_no_commas`). */
function encodeBinary(value: unknown, { index, elements, length }: Shape, path: string): Buffer {
  if (index === INDEX_ALL) {
    const parts =
      Array.isArray(value) && value.length === elements
        ? Array.from(value, (part) => toBytes(part))
        : [];
    return parts.length > 0 && parts.every((part) => part !== undefined)
      ? Buffer.concat(parts.map((part) => exactly(part, length / elements, path)))
      : exactly(needBytes(value, path), length, path);
  }
  const bytes = needBytes(value, path);
  if (bytes.length > length)
    throw new OwError('tooLong', { bytes: bytes.length, limit: length }, { path });
  return bytes;
}

function needBytes(value: unknown, path: string): Buffer {
  const bytes = toBytes(value);
  if (!bytes) throw new OwError('wantsBytes', { value: describe(value) }, { path });
  return bytes;
}

/** A copy of the bytes of a Buffer, also one that went through JSON, of an array of numbers, or of hex text. */
function toBytes(value: unknown): Buffer | undefined {
  return bytesOf(value) ?? byteList(value) ?? hexBytes(value);
}

function exactly(bytes: Buffer, count: number, path: string): Buffer {
  if (bytes.length !== count) {
    throw new OwError('wantsExactBytes', { count, bytes: bytes.length }, { path });
  }
  return bytes;
}
