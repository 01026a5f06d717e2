const SHOWN = 40;

/** A value as a sentence shows it: text in quotes, cut at 40 characters; most others by kind. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return `"${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}"`;
  if (value instanceof Uint8Array) return `a Buffer of ${value.length} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : describeKind(value);
}

/** The kind of a value in a word, where the value itself would not help. */
export function describeKind(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Uint8Array) return 'a Buffer';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
