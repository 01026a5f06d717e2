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
