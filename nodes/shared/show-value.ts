/** Longest text below a node that stays readable. */
const MAX_SHOWN = 20;

/** The message has all of them. */
const MOST_DECIMALS = 2;

/** A value as people see it below a node: short, with its unit. It takes anything, and next to no time. */
export function showValue(value: unknown, unit?: string): string {
  const text = unit === undefined ? showPlain(value) : `${showPlain(value)} ${unit}`;
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

/** Of what is long no more than can be shown. */
function showPlain(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.slice(0, MAX_SHOWN + 1);
    case 'boolean':
      return value ? '1' : '0';
    case 'object':
      return value === null ? 'null' : showObject(value);
    case 'number':
      return String(Number(value.toFixed(MOST_DECIMALS)));
    case 'undefined':
    case 'function':
      return '…';
    default:
      return String(value);
  }
}

/** An array may hold itself, and an object anything: neither is looked into any deeper. */
function showObject(value: object): string {
  if (value instanceof Uint8Array) return Buffer.from(value.subarray(0, MAX_SHOWN)).toString('hex');
  if (!Array.isArray(value)) return '…';
  const elements: readonly unknown[] = value.slice(0, MAX_SHOWN);
  return elements.map((each) => (Array.isArray(each) ? '…' : showPlain(each))).join(' ');
}
