import type { Shape } from './shape.js';

/** The whole numbers that one element of a property takes, both ends included. */
export type WholeRange = (shape: Shape) => readonly [min: number, max: number];

const MAX_INT32 = 0x7fff_ffff;
const MAX_UINT32 = 0xffff_ffff;

const SIGNED = [-MAX_INT32 - 1, MAX_INT32] as const;
const UNSIGNED = [0, MAX_UINT32] as const;

/** What fits into 32 bits with a sign. */
export const int32: WholeRange = () => SIGNED;

/** What fits into 32 bits without a sign. */
export const uint32: WholeRange = () => UNSIGNED;

/** One bit for each element, of which there are 32 at most. */
export const bits: WholeRange = ({ elements }) =>
  elements > 0 && elements < 32 ? [0, 2 ** elements - 1] : UNSIGNED;
