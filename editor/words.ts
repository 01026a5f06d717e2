import type { BrowseEntry, PropertyInfo, ValueKind } from '../contract/admin-api.js';
import { CATALOGUE } from './fields.js';

/** A word or sentence of the catalogue that all nodes share, in the language of the editor. */
export function word(key: string, params?: Record<string, unknown>): string {
  return RED._(`${CATALOGUE}${key}`, params);
}

/** What the catalogue calls the words for a kind of value. */
const KIND_KEYS: Readonly<Record<ValueKind, (info: PropertyInfo) => string>> = {
  yesno: () => 'yesno',
  whole: ({ max }) => (max !== undefined && max < 0xffff ? 'wholeRange' : 'whole'),
  number: () => 'number',
  temperature: ({ unit }) => withUnit('temperature', unit),
  temperatureDifference: ({ unit }) => withUnit('temperatureDifference', unit),
  pressure: ({ unit }) => withUnit('pressure', unit),
  text: () => 'text',
  date: () => 'date',
  binary: () => 'binary',
  unknown: () => 'unknown',
};

function withUnit(key: string, unit: string | undefined): string {
  return unit === undefined ? key : `${key}In`;
}

/** The kind that Node-RED's side tells; it may be newer than this page, and tell one unknown here. */
export function knownKind(kind: string): ValueKind {
  return isValueKind(kind) ? kind : 'unknown';
}

function isValueKind(kind: string): kind is ValueKind {
  return Object.keys(KIND_KEYS).includes(kind);
}

/** Kind and unit of a property, such as "temperature in °C" or "8 × on or off". */
export function kindWords(info: PropertyInfo): string {
  const { unit, count, min, max, length } = info;
  const one = word(`kind.${KIND_KEYS[knownKind(info.kind)](info)}`, { unit, min, max, length });
  return count === undefined ? one : word('kind.several', { count, kind: one });
}

/** Whether a property can be read, written or both. */
export function accessWords({ readable, writable }: PropertyInfo): string {
  if (readable) return word(writable ? 'access.both' : 'access.read');
  return word(writable ? 'access.write' : 'access.none');
}

/** What people call a device: its alias, or its id. */
export function deviceName({ device, name }: BrowseEntry): string {
  return device?.alias ?? device?.id ?? name;
}

/** A value as people read it, with its unit. */
export function valueWords(value: unknown, unit?: string): string {
  const text = plain(value);
  return unit === undefined || text === '' ? text : `${text} ${unit}`;
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return word(value ? 'value.on' : 'value.off');
  // Eight times "on" or "off" would fill a line.
  if (Array.isArray(value)) return value.map((one) => plain(bit(one))).join(' ');
  if (value === '') return word('value.empty');
  return String(value);
}

function bit(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}
