import { OwError } from '../errors/ow-error.js';
import { inEnglish } from '../errors/sentences/index.js';
import type { Phrase, PhraseId } from '../errors/phrases.js';

/**
 * Kinds of property: D directory, i integer, u unsigned, f float, l alias, a text, b binary,
 * y yes/no, d date, t temperature, g temperature difference, p pressure; owlib/src/c/ow_read.c,
 * `FS_structure`.
 */
export const PROPERTY_TYPES = [
  'D',
  'i',
  'u',
  'f',
  'l',
  'a',
  'b',
  'y',
  'd',
  't',
  'g',
  'p',
  '?',
] as const;
export type PropertyType = (typeof PROPERTY_TYPES)[number];

/** Index of `.ALL`; owlib/src/include/ow_parsedname.h, `EXTENSION_ALL`. */
export const INDEX_ALL = -1;
/** Index of `.BYTE`; ow_parsedname.h, `EXTENSION_BYTE`. */
export const INDEX_BYTE = -2;

/** What `/structure/<family>/<property>` says about a property. */
export interface Property {
  type: PropertyType;
  /** From 0, or INDEX_ALL, or INDEX_BYTE. */
  index: number;
  /** How many elements an array has, 1 for a scalar, 0 or -1 where their number is open. */
  elements: number;
  /** `oo` neither read nor written. */
  access: 'ro' | 'rw' | 'wo' | 'oo';
  /** Longest value in bytes; of the whole array for `.ALL`. */
  length: number;
  /** How often it changes: f fixed, s stable, v volatile, t every second. */
  change: string;
}

const LINE = /^([a-z?]),([^,]*),([^,]*),(ro|rw|wo|oo),([^,]*),([a-z]),?$/i;

/** Reads a line such as `t,000000,000001,ro,000012,v,`; `xxx` for a number counts as 0. */
export function parseStructure(text: string): Property | undefined {
  const [, letter, index, elements, access, length, change] = LINE.exec(text.trim()) ?? [];
  if (letter === undefined || change === undefined) return undefined;
  return {
    type: PROPERTY_TYPES.find((known) => known === letter) ?? '?',
    index: whole(index),
    elements: whole(elements),
    access: access as Property['access'],
    length: whole(length),
    change,
  };
}

/** Whether one element of the property is a number, which owserver pads to twelve characters. */
export function isNumeric(property: Property): boolean {
  return 'iuftgp'.includes(property.type) || property.index === INDEX_BYTE;
}

/** Whether a part of the value makes sense: a part of a number would be another number. */
export function hasParts(property: Property): boolean {
  return !isNumeric(property) && property.type !== 'y';
}

const KINDS = {
  D: 'kind.directory',
  i: 'kind.wholeNumber',
  u: 'kind.wholeNumber',
  f: 'kind.number',
  l: 'kind.text',
  a: 'kind.text',
  b: 'kind.binary',
  y: 'kind.yesNo',
  d: 'kind.date',
  t: 'kind.temperature',
  g: 'kind.temperatureDifference',
  p: 'kind.pressure',
  '?': 'kind.unknown',
} as const satisfies Record<PropertyType, PhraseId>;

/** The kind of a property as a word of a sentence, to follow "is a". */
export function kindOf(property: Property): Phrase {
  return { id: property.index === INDEX_BYTE ? 'kind.wholeNumber' : KINDS[property.type] };
}

/** The kind of a property in English words. */
export function kindName(property: Property): string {
  return inEnglish(kindOf(property));
}

/** @throws OwError EOW_VALUE when the property can only be written, or not even that. */
export function checkReadable(property: Property | undefined, path: string): void {
  if (property?.access === 'wo' || property?.access === 'oo') {
    throw new OwError('notReadable', {}, { path });
  }
}

/** @throws OwError EOW_VALUE when the property can only be read, or not even that. */
export function checkWritable(property: Property | undefined, path: string): void {
  if (property?.access === 'ro' || property?.access === 'oo') {
    throw new OwError('notWritable', {}, { path });
  }
}

function whole(text = ''): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : number;
}
