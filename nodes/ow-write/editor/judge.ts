import { exampleList, fixedType, takesWhole, type Line, type Wanted } from './fit.js';

/** What is wrong with a fixed value, as far as it can be told; nothing for one that fits. */
export function problemOf(wanted: Wanted, text: string): Line | undefined {
  if (isEnvironment(text)) return undefined;
  if (wanted.kind === 'date' && wanted.count === undefined)
    return isDate(text) ? undefined : { key: 'problem.date' };
  switch (fixedType(wanted)) {
    case 'num':
      return numberFits(wanted, toNumber(text)) ? undefined : numberProblem(wanted);
    case 'str':
    case 'bin':
      return sizeProblem(wanted, sizeOf(wanted, text));
    case 'json':
      return listProblem(wanted, parse(text));
    default:
      return undefined;
  }
}

/** How much of the room a fixed value takes, in bytes or values. */
export function countOf(wanted: Wanted, text: string): Line | undefined {
  const { count, length } = wanted;
  if (isEnvironment(text)) return undefined;
  if (fixedType(wanted) === 'json') {
    const list = parse(text);
    return Array.isArray(list)
      ? { key: 'count.values', params: { given: list.length, count } }
      : undefined;
  }
  const bytes = length === undefined ? undefined : sizeOf(wanted, text);
  return bytes === undefined ? undefined : { key: 'count.bytes', params: { bytes, length } };
}

/** Node-RED puts the value of the variable in its place, which is not known here. */
function isEnvironment(text: string): boolean {
  return /^\$\{[^}]+\}$/.test(text);
}

function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

function numberFits({ kind, min = -Infinity, max = Infinity }: Wanted, number: number): boolean {
  if (takesWhole(kind) && !Number.isInteger(number)) return false;
  return Number.isFinite(number) && number >= min && number <= max;
}

function numberProblem({ min, max }: Wanted): Line {
  if (min === undefined || max === undefined) return { key: 'problem.number' };
  return { key: 'problem.whole', params: { min, max } };
}

const DATE = /^(\d{4}-\d\d-\d\d|([A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:)/;

/** Nothing means now; what goes by the look of a date but is none is found out when it is written. */
function isDate(text: string): boolean {
  const date = text.trim();
  if (/^(now|\d{12,13})?$/i.test(date)) return true;
  return DATE.test(date) && !Number.isNaN(Date.parse(date));
}

/** Bytes of a text in UTF-8, or of a buffer as the field writes it; nothing for what is neither. */
function sizeOf(wanted: Wanted, text: string): number | undefined {
  if (fixedType(wanted) === 'str') return bytesIn(text);
  const data = parse(text);
  if (typeof data === 'string') return bytesIn(data);
  return Array.isArray(data) && data.every(isByte) ? data.length : undefined;
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}

function sizeProblem(wanted: Wanted, bytes: number | undefined): Line | undefined {
  const { count, length } = wanted;
  if (bytes === undefined) return { key: 'problem.buffer' };
  if (length === undefined) return undefined;
  const exactly = fixedType(wanted) === 'bin' && count !== undefined;
  if (exactly && bytes !== length) return { key: 'problem.exactly', params: { bytes, length } };
  return bytes > length ? { key: 'problem.tooLong', params: { bytes, length } } : undefined;
}

function listProblem(wanted: Wanted, list: unknown): Line | undefined {
  const { count } = wanted;
  if (!Array.isArray(list))
    return { key: 'problem.list', params: { count, example: exampleList(wanted) } };
  if (list.length !== count) return { key: 'problem.count', params: { given: list.length, count } };
  const at = list.findIndex((value: unknown) => !elementFits(wanted, value));
  if (at === -1) return undefined;
  return { key: 'problem.element', params: { place: at + 1, value: JSON.stringify(list[at]) } };
}

const ON_OFF = ['1', 'on', 'true', 'yes', '0', 'off', 'false', 'no'];

function elementFits(wanted: Wanted, value: unknown): boolean {
  const type = fixedType({ kind: wanted.kind });
  if (typeof value === 'boolean') return type === 'bool';
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value).trim();
  if (type === 'bool') return ON_OFF.includes(text.toLowerCase());
  return type !== 'num' || numberFits(wanted, toNumber(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
