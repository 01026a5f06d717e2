import { Refusal, Ret } from '../refusal.js';
import { ALL, fullLength, type Property } from './property.js';

/** Text and bytes are written as they are, cut to the room there is. */
export function takesBytes(property: Property): boolean {
  return property.type === 'a' || property.type === 'l' || property.type === 'b';
}

/**
 * The part of what was written that fits behind `offset`: owserver drops the rest without an error
 * and says so only in the size of its reply (owlib/src/c/ow_parseinput.c, `FS_check_length`).
 * @throws Refusal when .ALL of a binary property is not written whole.
 */
export function fitBytes(property: Property, index: number, data: Buffer, offset: number): Buffer {
  const room = fullLength(property, index);
  if (index === ALL && (offset !== 0 || data.length !== room)) throw new Refusal(Ret.invalid);
  if (offset < 0 || offset > room) return data.subarray(0, 0);
  return data.subarray(0, Math.min(data.length, room - offset));
}

/**
 * `old` with `part` written over it at `offset`; as long as `old`, or longer when the part ends
 * behind it.
 */
export function overlay(old: Buffer, part: Buffer, offset: number): Buffer {
  const whole = Buffer.alloc(Math.max(old.length, offset + part.length));
  old.copy(whole);
  part.copy(whole, offset);
  return whole;
}

/** The slice that a read of `size` bytes from `offset` returns; nothing behind the end. */
export function sliceFor(bytes: Buffer, offset: number, size: number): Buffer {
  return offset < 0 ? bytes.subarray(0, 0) : bytes.subarray(offset, offset + size);
}

/** How the elements of an array travel: whole, or with commas between. */
export type Elements = 'whole' | 'numbers' | 'bits';

/** How a property travels that is asked for as .ALL; nothing for one element, and for .BYTE. */
export function elementsOf({ type }: Property, index: number): Elements | undefined {
  if (index !== ALL) return undefined;
  if (type === 'y') return 'bits';
  return type === 'a' || type === 'l' || type === 'b' ? 'whole' : 'numbers';
}

/**
 * What a read of .ALL returns, element by element: owserver has each written into the room that is
 * left, where a number is cut and anything else must fit; owlib/src/c/ow_parseoutput.c.
 * @throws Refusal where the room is too small
 */
export function sliceOfAll(all: Buffer, elements: Elements, offset: number, size: number): Buffer {
  if (elements === 'whole') {
    if (offset < all.length && (offset > 0 || size < all.length)) throw new Refusal(Ret.badSize);
    return sliceFor(all, offset, size);
  }
  const texts = all.toString('latin1').split(',');
  if (offset < 0 || offset >= (texts[0] ?? '').length) return all.subarray(0, 0);
  let written = '';
  for (const [at, text] of texts.entries()) {
    const room = size - written.length;
    if (at > 0 && elements === 'bits' && room < 1) throw new Refusal(Ret.badSize);
    written += text.slice(offset, offset + room);
    if (at === texts.length - 1) break;
    if (written.length >= size) throw new Refusal(Ret.empty);
    written += ',';
  }
  return Buffer.from(written, 'latin1');
}
