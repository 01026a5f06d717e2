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

/** What owserver says to the codes that this simulator returns. */
const WORDS: Readonly<Record<number, string>> = {
  0: 'Good result',
  1: 'Startup - command line parameters invalid',
  2: 'legacy - No such entity',
  5: 'legacy - IO error',
  14: 'legacy - Communication fault',
  19: 'legacy - No such device',
  20: 'legacy - Not a directory',
  21: 'legacy - Is a directory',
  22: 'legacy - Invalid transaction',
  30: 'legacy - Read-only file system',
  34: 'legacy - Out of range',
  42: 'legacy - No message',
  74: 'legacy - Bad message',
  90: 'legacy - Message size problem',
  95: 'legacy - Not supported',
  98: 'legacy - Address in use',
  103: 'legacy - Connection aborted',
};

/** owserver's text for a return code, or one of our own for those that do not come from here; `code` is positive. */
export function returnText(code: number): string {
  return WORDS[code] ?? `code ${code}`;
}
