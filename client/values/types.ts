import type { PhraseId } from '../errors/phrases.js';
import { BINARY } from './codecs/binary.js';
import type { Codec } from './codecs/codec.js';
import { DATE } from './codecs/date.js';
import { FLOAT, whole } from './codecs/number.js';
import { ALIAS, TEXT, UNTYPED } from './codecs/text.js';
import { YES_NO } from './codecs/yes-no.js';
import type { ValueKind } from './property-info.js';
import { bits, int32, uint32, type WholeRange } from './ranges.js';
import { pressureUnit, temperatureUnit, type Scales } from './scales.js';
import { INDEX_BYTE } from './shape.js';

/** All there is to say of one type of value. */
export interface TypeTraits extends Codec {
  /** What the editor calls it, and fits its fields to. */
  readonly kind: ValueKind;
  /** What sentences call it. */
  readonly phrase: Extract<PhraseId, `kind.${string}`>;
  /** Its unit, where it has one. */
  readonly unit?: (scales: Scales) => string;
  /** Which whole numbers it takes, where it takes only such. */
  readonly range?: WholeRange;
  /** Do people have to know how many bytes there is room for? @default false */
  readonly sized?: boolean;
}

/**
 * The types of owserver by their letters in `/structure`; owlib/src/c/ow_read.c, `FS_structure`.
 * What else depends on the type of a value is read from here.
 */
export const TYPES = {
  i: { kind: 'whole', phrase: 'kind.wholeNumber', ...whole(int32) },
  u: { kind: 'whole', phrase: 'kind.wholeNumber', ...whole(uint32) },
  f: { kind: 'number', phrase: 'kind.number', ...FLOAT },
  t: { kind: 'temperature', phrase: 'kind.temperature', unit: temperatureUnit, ...FLOAT },
  g: {
    kind: 'temperatureDifference',
    phrase: 'kind.temperatureDifference',
    unit: temperatureUnit,
    ...FLOAT,
  },
  p: { kind: 'pressure', phrase: 'kind.pressure', unit: pressureUnit, ...FLOAT },
  y: { kind: 'yesno', phrase: 'kind.yesNo', ...YES_NO },
  d: { kind: 'date', phrase: 'kind.date', ...DATE },
  a: { kind: 'text', phrase: 'kind.text', sized: true, ...TEXT },
  l: { kind: 'text', phrase: 'kind.text', sized: true, ...ALIAS },
  b: { kind: 'binary', phrase: 'kind.binary', sized: true, ...BINARY },
  /** A directory, such as a branch of a coupler. */
  D: { kind: 'unknown', phrase: 'kind.directory', ...UNTYPED },
  /** Any other letter. */
  '?': { kind: 'unknown', phrase: 'kind.unknown', ...UNTYPED },
} as const satisfies Record<string, TypeTraits>;

/** A letter of `/structure`. */
export type PropertyType = keyof typeof TYPES;

/** All elements of an array as the bits of one number. */
const BYTE: TypeTraits = { kind: 'whole', phrase: 'kind.wholeNumber', ...whole(bits) };

/** Is it a letter that we know? */
export function isPropertyType(letter: string): letter is PropertyType {
  return Object.hasOwn(TYPES, letter);
}

/** What is to be said of a property, or of the part of one that `index` means. */
export function traitsOf({ type, index }: { type: PropertyType; index: number }): TypeTraits {
  return index === INDEX_BYTE ? BYTE : TYPES[type];
}
