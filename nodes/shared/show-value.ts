/** Longest text below a node that stays readable. */
const MAX_SHOWN = 20;

/** A value as people see it below a node: short, with its unit. */
export function showValue(value: unknown, unit?: string): string {
  const text = unit === undefined ? showPlain(value) : `${showPlain(value)} ${unit}`;
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

function showPlain(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(showPlain).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
