import { OwError } from '../../errors/ow-error.js';
import { decodeText, joinListing } from '../../protocol/index.js';
import { describe } from '../describe.js';
import { INDEX_ALL, type Shape } from '../shape.js';
import type { Codec, Value } from './codec.js';

/** How one element stands in text. */
export interface ElementCodec {
  readonly decode: (text: string, path: string) => Value;
  /** @param each of one element: its length is the room that one has */
  readonly encode: (value: unknown, each: Shape, path: string) => Buffer;
  /** Are the elements free text? A string is one of them then, and not all with commas. @default false */
  readonly free?: boolean;
}

/** The codec of a value whose elements are text, with commas between them for `.ALL`. */
export function listOf(element: ElementCodec): Pick<Codec, 'decode' | 'encode'> {
  return {
    decode: (bytes, shape, path) => {
      const text = decodeText(bytes);
      return shape.index === INDEX_ALL
        ? decodeArray(element, text, shape, path)
        : element.decode(text, path);
    },
    encode: (value, shape, path) =>
      shape.index === INDEX_ALL
        ? encodeArray(element, value, shape, path)
        : element.encode(value, shape, path),
  };
}

function decodeArray({ decode }: ElementCodec, text: string, shape: Shape, path: string): Value[] {
  const elements = text.split(',');
  if (shape.elements > 0 && elements.length !== shape.elements) {
    throw new OwError('elementCount', { found: elements.length, wanted: shape.elements }, { path });
  }
  return elements.map((element) => decode(element, path));
}

/** All elements at once, joined by commas; owserver would ignore what is too much. */
function encodeArray(
  { encode, free = false }: ElementCodec,
  value: unknown,
  { elements: count, length }: Shape,
  path: string,
): Buffer {
  const values: unknown = typeof value === 'string' && !free ? value.split(',') : value;
  if (!Array.isArray(values) || values.length === 0 || (count > 0 && values.length !== count)) {
    throw new OwError('wantsArray', { count, value: describe(value) }, { path });
  }
  const room = Math.floor((length + 1) / values.length) - 1;
  const each = { index: 0, elements: count, length: room };
  const elements = Array.from(values, (one: unknown) => encode(one, each, path));
  const comma = elements.find((element) => element.includes(','));
  if (comma) throw new OwError('wantsNoComma', { value: describe(comma.toString()) }, { path });
  return joinListing(free ? paddedLast(elements, room) : elements);
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
