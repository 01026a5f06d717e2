/** Kinds of value, in plain words. */
export type ValueKind =
  | 'yesno'
  | 'whole'
  | 'number'
  | 'temperature'
  | 'temperatureDifference'
  | 'pressure'
  | 'text'
  | 'date'
  | 'binary'
  | 'unknown';

/** What a person wants to know of a property before reading or writing it. */
export interface PropertyInfo {
  readonly kind: ValueKind;
  /** Unit of the values, in the scale that was set. */
  readonly unit?: string;
  readonly readable: boolean;
  readonly writable: boolean;
  /** How many values the array behind `.ALL` has; missing for one value alone. */
  readonly count?: number;
  /** Smallest and largest whole number that can be written. */
  readonly min?: number;
  readonly max?: number;
  /** Longest text or memory, in bytes. */
  readonly length?: number;
  /** How many paths a pattern stands for now; missing for a path without `*`. */
  readonly matches?: number;
}
