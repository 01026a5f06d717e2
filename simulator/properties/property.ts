/**
 * integer, unsigned, float, alias, ascii, binary, yes/no, date, temperature, gap, pressure,
 * Directory.
 */
export type ValueType = 'i' | 'u' | 'f' | 'l' | 'a' | 'b' | 'y' | 'd' | 't' | 'g' | 'p' | 'D';

/** One property of a family or of the server, as `/structure` describes it. */
export interface Property {
  /** With its folder: `pages/page`. */
  name: string;
  type: ValueType;
  /** 1 for a scalar. */
  elements: number;
  /** Extensions are A, B, ... instead of 0, 1, ... */
  letters: boolean;
  access: 'ro' | 'rw' | 'wo' | 'oo';
  /** Bytes of one element. */
  length: number;
  /** f: fixed, s: stable, v: volatile, t: each second. */
  change: string;
  /** Where it is listed: everywhere, only below /structure, nowhere. */
  listed: 'everywhere' | 'structure' | 'nowhere';
  /** Of the chips in one family only this one lists it; the others hide it. */
  chip?: string;
}

/** Which part of a property a path names: an element, or one of these. */
export const ALL = -1;
export const BYTE = -2;

const ROW = /^(\S+) +([a-zD])(?:\[(\d+)(A?)\])? +(r[ow]|wo|oo) +(\d+) ([fsvt])(?: (\S+))?$/;

/**
 * Reads a table of `name type[elements] access length change [listed or chip]`; `A` after the
 * count: lettered; `%20` is a blank.
 */
export function parseTable(text: string): Property[] {
  const rows = text.split('\n').map((line) => line.trim());
  return rows
    .filter((line) => line !== '')
    .map(parseRow)
    .sort(byName);
}

function parseRow(line: string): Property {
  const [, name, type, elements, letters, access, length, change, where] = ROW.exec(line) ?? [];
  if (name === undefined) throw new Error(`No property in "${line}"`);
  const isChip = where !== undefined && /\d/.test(where);
  return {
    name: name.replaceAll('%20', ' '),
    type: type as ValueType,
    elements: Number(elements ?? 1),
    letters: letters === 'A',
    access: access as Property['access'],
    length: Number(length),
    change: change ?? 'v',
    listed: isChip ? 'everywhere' : ((where ?? 'everywhere') as Property['listed']),
    ...(isChip && { chip: where }),
  };
}

/** owserver lists the properties of a family in the order of their bytes. */
function byName(a: Property, b: Property): number {
  return a.name < b.name ? -1 : 1;
}

/** An array of bits, which may be read as .BYTE too. */
export function isBitfield(property: Property): boolean {
  return property.type === 'y' && property.elements > 1;
}

/**
 * The property with the extension of one element: `PIO.A`, `page.3`, or just the name of a scalar.
 */
export function elementName(property: Property, index: number): string {
  if (property.elements === 1) return property.name;
  return `${property.name}.${extension(property, index)}`;
}

/** What stands behind the dot for an element, ALL or BYTE. */
export function extension(property: Property, index: number): string {
  if (index === ALL) return 'ALL';
  if (index === BYTE) return 'BYTE';
  return property.letters ? String.fromCharCode(65 + index) : String(index);
}

/** The element that an extension names, in any case; undefined when there is none. */
export function parseExtension(property: Property, text: string | undefined): number | undefined {
  if (property.elements === 1) return text === undefined ? 0 : undefined;
  const upper = text?.toUpperCase() ?? '';
  if (upper === 'ALL') return ALL;
  if (upper === 'BYTE') return isBitfield(property) ? BYTE : undefined;
  const pattern = property.letters ? /^[A-Z]$/ : /^\d+$/;
  if (!pattern.test(upper)) return undefined;
  const index = property.letters ? upper.charCodeAt(0) - 65 : Number(upper);
  return index < property.elements ? index : undefined;
}

/** The text of `/structure/<family>/<property>`; owlib/src/c/ow_read.c, `FS_structure`. */
export function structureText(property: Property, index: number): string {
  const { type, elements, access, change } = property;
  const sign = index < 0 ? '-' : '';
  const part = sign + sixDigits(Math.abs(index));
  const length = sixDigits(fullLength(property, index));
  return `${type},${part},${sixDigits(elements)},${access},${length},${change},`;
}

/** Bytes of an element, of .ALL or of .BYTE. */
export function fullLength(property: Property, index: number): number {
  const { length, elements, type } = property;
  if (index === BYTE) return 12;
  if (index !== ALL) return length;
  return length * elements + (type === 'b' ? 0 : elements - 1);
}

function sixDigits(value: number): string {
  return String(value).padStart(6, '0');
}
