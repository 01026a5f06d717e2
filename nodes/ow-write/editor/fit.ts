import type { ValueKind } from '../../../contract/admin-api.js';

/** What is known of a property, as far as a value has to fit it. */
export interface Wanted {
  readonly kind: ValueKind;
  readonly unit?: string;
  /** How many values the array behind `.ALL` has. */
  readonly count?: number;
  readonly min?: number;
  readonly max?: number;
  /** Longest text or memory, in bytes. */
  readonly length?: number;
}

/** Types of a typedInput that hold a value themselves. */
export type FixedType = 'bool' | 'num' | 'str' | 'bin' | 'json';

/** A sentence of the catalogue, and what stands in its places. */
export interface Line {
  readonly key: string;
  readonly params?: Record<string, unknown>;
}

/** How a value of one kind is given. */
interface Field {
  /** Of a fixed value; nothing where none can be given. */
  readonly type?: FixedType;
  /** Takes it whole numbers only? @default false */
  readonly whole?: boolean;
  /** What the catalogue calls the sentence that says which values a message may bring. */
  readonly takes: (wanted: Wanted) => string;
}

const FIELDS: Readonly<Record<ValueKind, Field>> = {
  yesno: { type: 'bool', takes: () => 'yesno' },
  whole: { type: 'num', whole: true, takes: wholeKind },
  number: { type: 'num', takes: () => 'number' },
  temperature: { type: 'num', takes: ({ unit }) => withUnit('temperature', unit) },
  temperatureDifference: {
    type: 'num',
    takes: ({ unit }) => withUnit('temperatureDifference', unit),
  },
  pressure: { type: 'num', takes: ({ unit }) => withUnit('pressure', unit) },
  text: { type: 'str', takes: () => 'text' },
  date: { type: 'str', takes: () => 'date' },
  // The memory behind `.ALL` is one piece.
  binary: { type: 'bin', takes: ({ count }) => (count === undefined ? 'binary' : 'wholeMemory') },
  unknown: { takes: () => 'unknown' },
};

/** The type for a fixed value of a property; none for a property of unknown kind. */
export function fixedType({ kind, count }: Wanted): FixedType | undefined {
  const { type } = FIELDS[kind];
  return count === undefined || type === undefined || type === 'bin' ? type : 'json';
}

/** Are values of this kind whole numbers? */
export function takesWhole(kind: ValueKind): boolean {
  return FIELDS[kind].whole === true;
}

/** The same types, the fitting one second: what a message brings stays first. */
export function inOrder(types: readonly string[], fitting: string | undefined): string[] {
  const [first, ...others] = types;
  if (fitting === undefined || first === undefined || !others.includes(fitting)) return [...types];
  return [first, fitting, ...others.filter((type) => type !== fitting)];
}

/** What a fixed value begins with: off, 0 or the least, now, empty. */
export function startValue(wanted: Wanted): string {
  switch (fixedType(wanted)) {
    case 'json':
      return JSON.stringify(Array(wanted.count).fill(startOfOne(wanted)));
    case 'bin':
      return '[]';
    default:
      return String(startOfOne(wanted));
  }
}

function startOfOne({ kind, min = 0 }: Wanted): boolean | number | string {
  if (kind === 'date') return 'now';
  switch (FIELDS[kind].type) {
    case 'bool':
      return false;
    case 'num':
      return Math.max(0, min);
    default:
      return '';
  }
}

/** From here on a limit only says how numbers are stored, and nothing to people. */
const ENDLESS = 0x7fff_ffff;

/** Which values a message may bring. */
export function takes(wanted: Wanted): Line {
  const { kind, unit, count, min, max, length } = wanted;
  if (fixedType(wanted) === 'json')
    return { key: 'takes.list', params: { count, example: exampleList(wanted) } };
  return { key: `takes.${FIELDS[kind].takes(wanted)}`, params: { unit, min, max, length } };
}

function withUnit(key: string, unit: string | undefined): string {
  return unit === undefined ? key : `${key}In`;
}

function wholeKind({ min = -Infinity, max = Infinity }: Wanted): string {
  if (max < ENDLESS) return 'wholeRange';
  return min === 0 ? 'wholeFromZero' : 'whole';
}

/** What stands behind a number: its unit, or the range where that is one for people. */
export function besideNumber({ kind, unit, min, max }: Wanted): Line | undefined {
  if (unit !== undefined) return { key: 'beside.unit', params: { unit } };
  if (!takesWhole(kind) || max === undefined || max >= ENDLESS) return undefined;
  return { key: 'beside.range', params: { min, max } };
}

const EXAMPLES: Readonly<Record<FixedType, readonly unknown[]>> = {
  bool: [true, false],
  num: [1, 2],
  str: ['one', 'two'],
  bin: [],
  json: [],
};

/** How a list of values is written, such as `[true, false, …]`. */
export function exampleList({ kind, count = 0 }: Wanted): string {
  const values = EXAMPLES[FIELDS[kind].type ?? 'str'];
  const shown = values.slice(0, count).map((value) => JSON.stringify(value));
  return `[${[...shown, ...(count > shown.length ? ['…'] : [])].join(', ')}]`;
}

/**
 * The number after a step from the one in the field, kept within the range; nothing where the field
 * holds no number.
 */
export function stepped(wanted: Wanted, text: string, by: number): string | undefined {
  if (text.trim() === '') return startValue(wanted);
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  const { min = -Infinity, max = Infinity } = wanted;
  // 0.1 + 1 must not show what binary fractions make of it.
  const next = Number((number + by).toPrecision(12));
  return String(Math.min(max, Math.max(min, next)));
}
