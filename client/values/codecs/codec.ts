import type { Shape } from '../shape.js';

/** What a property decodes to; an array for `.ALL`. */
export type Value = number | boolean | string | Buffer | Value[];

/** How one type of value stands in the bytes of owserver. */
export interface Codec {
  /** The value of the bytes that owserver sent. @throws OwError EOW_VALUE when they are none. */
  readonly decode: (bytes: Buffer, shape: Shape, path: string) => Value;
  /** The bytes to write. @throws OwError EOW_VALUE with a sentence that says what is taken. */
  readonly encode: (value: unknown, shape: Shape, path: string) => Buffer;
  /** Is one element a number, which owserver pads to twelve characters? */
  readonly padded: boolean;
  /** Does a part of the value make sense? A part of a number would be another number. */
  readonly parts: boolean;
}
