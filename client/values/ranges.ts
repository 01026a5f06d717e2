import { INDEX_BYTE, type Property } from './structure.js';

const MAX_INT32 = 0x7fff_ffff;
const MAX_UINT32 = 0xffff_ffff;

/** The whole numbers that one element of a property takes, both ends included; nothing for other kinds. */
export function wholeRange({
  type,
  index,
  elements,
}: Property): readonly [number, number] | undefined {
  if (index === INDEX_BYTE) {
    return [0, elements > 0 && elements < 32 ? 2 ** elements - 1 : MAX_UINT32];
  }
  if (type === 'i') return [-MAX_INT32 - 1, MAX_INT32];
  return type === 'u' ? [0, MAX_UINT32] : undefined;
}
