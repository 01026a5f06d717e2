/**
 * Return codes this simulator gives: the negated errno of a failure; owlib/src/c/ow_return_code.c.
 */
export const Ret = {
  absent: -1,
  vanished: -2,
  busFailed: -5,
  empty: -14,
  notDirectory: -20,
  isDirectory: -21,
  invalid: -22,
  readOnlyServer: -30,
  outOfRange: -34,
  unknownMessage: -42,
  badMessage: -74,
  badSize: -90,
  notSupported: -95,
} as const;

/** Thrown where a request cannot be served; `ret` goes into the reply. */
export class Refusal extends Error {
  readonly ret: number;

  constructor(ret: number) {
    super(`refused with ${ret}`);
    this.ret = ret;
  }
}

const WORDS: Readonly<Record<number, string>> = {
  0: 'ok',
  1: 'not found',
  2: 'gone',
  5: 'bus failed',
  14: 'value missing',
  19: 'no bus',
  20: 'no directory',
  21: 'a directory',
  22: 'refused value or failed transfer',
  30: 'server is read-only',
  34: 'number too big',
  42: 'message type not served',
  74: 'broken message',
  90: 'size out of range',
  95: 'no such access',
  98: 'device busy',
  103: 'bus lost',
};

/** Our own short words for a return code, without commas; `code` is positive. */
export function returnText(code: number): string {
  return WORDS[code] ?? `code ${code}`;
}
