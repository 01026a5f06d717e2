import type { RequestFlags } from '../../client/protocol/index.js';

/**
 * One element: a number (yes/no: 0 or 1, date: seconds since 1970), text in latin-1 bytes, or
 * bytes.
 */
export type Value = number | string | Buffer;

/** What a device definition may give: a value, or a function of the clock in milliseconds. */
export type ValueSource = Value | boolean | ((ms: number) => Value | boolean);

/** The flags of a request that change how values are written and read. */
export type Units = Required<Pick<RequestFlags, 'temperatureScale' | 'pressureScale' | 'trim'>>;

/** The value of a source at a time. */
export function valueAt(source: ValueSource, now: number): Value {
  const value = typeof source === 'function' ? source(now) : source;
  return typeof value === 'boolean' ? Number(value) : value;
}

/** The value as a number; text and bytes count as 0. */
export function asNumber(value: Value): number {
  return typeof value === 'number' ? value : 0;
}
