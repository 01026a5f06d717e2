import { cut } from '../errors/cut.js';
import type { Phrase } from '../errors/phrases.js';

const SHOWN = 40;

/** A value as a sentence shows it: text in quotes, cut at 40 characters; most others by kind. */
export function describe(value: unknown): string | Phrase {
  if (typeof value === 'string') return `"${shorten(value)}"`;
  if (value instanceof Uint8Array) return { id: 'value.bytes', params: { count: value.length } };
  if (Array.isArray(value)) return { id: 'value.elements', params: { count: value.length } };
  if (value === null) return 'null';
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : describeKind(value);
}

/** The kind of a value in a word, where the value itself would not help. */
export function describeKind(value: unknown): Phrase {
  if (Array.isArray(value)) return { id: 'value.array' };
  if (value instanceof Uint8Array) return { id: 'value.buffer' };
  return { id: `value.${typeof value}` };
}

/** Text for a sentence, cut at 40 characters. */
export function shorten(text: string): string {
  return cut(text, SHOWN);
}
