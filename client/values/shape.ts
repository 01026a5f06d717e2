/** Index of `.ALL`; owlib/src/include/ow_parsedname.h, `EXTENSION_ALL`. */
export const INDEX_ALL = -1;
/** Index of `.BYTE`; ow_parsedname.h, `EXTENSION_BYTE`. */
export const INDEX_BYTE = -2;

/** Which part of a property is read or written, and how much room it has. */
export interface Shape {
  /** From 0, or INDEX_ALL, or INDEX_BYTE. */
  readonly index: number;
  /** How many elements an array has, 1 for a scalar, 0 or -1 where their number is open. */
  readonly elements: number;
  /** Longest value in bytes; of the whole array for `.ALL`. */
  readonly length: number;
}
