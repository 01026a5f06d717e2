import { CATALOGUE } from './fields.js';
import type { BrowseEntry, PropertyInfo } from './browse/directory.js';

/** A word or sentence of the catalogue that all nodes share, in the language of the editor. */
export function word(key: string, params?: Record<string, unknown>): string {
  return RED._(`${CATALOGUE}${key}`, params);
}

/** Kind and unit of a property, such as "temperature in °C" or "8 × on or off". */
export function kindWords({ kind, unit, count, min, max, length }: PropertyInfo): string {
  const params = { unit, min, max, length };
  const key = unit === undefined ? kind : `${kind}In`;
  const one =
    kind === 'whole' && max !== undefined && max < 0xffff
      ? word('kind.wholeRange', params)
      : word(`kind.${key}`, params);
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
