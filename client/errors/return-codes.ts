import { OwError } from './ow-error.js';
import type { Answer } from './phrases.js';

/** Return values that mean the path leads nowhere; owserver/src/c/data.c (`DataHandler`) says -1 to almost anything. */
const ABSENT: readonly number[] = [-1, -2, -19];

/** A bus, or its alarms; not what is on it. */
const BUS = /^(\/uncached|\/unaliased)*(\/bus\.\d+)+(\/uncached|\/unaliased|\/alarm)*$/i;

/** owserver runs with --readonly: EROFS. */
const READ_ONLY = -30;

/** A property was listed: ENOTDIR. */
export const NOT_A_DIRECTORY = -20;

/** A directory was read: EISDIR. */
export const IS_DIRECTORY = -21;

/** owserver does not know this kind of message, or was told to refuse it: ENOMSG. */
export const REFUSED = -42;

/** The phrases that explain a return value: for owservers that cannot, and what to do. */
const ANSWERS: Readonly<Record<number, Answer>> = {
  [-5]: 'ioError',
  [-14]: 'badAddress',
  [NOT_A_DIRECTORY]: 'notDirectory',
  [IS_DIRECTORY]: 'isDirectory',
  [-22]: 'invalid',
  [REFUSED]: 'noMessage',
  [-74]: 'badMessage',
  [-90]: 'tooLong',
  [-95]: 'notSupported',
  [-98]: 'busy',
  [-103]: 'aborted',
};

/** The error for a negative return value; `text` is owserver's own word for it, where it is known. */
export function returnError(ret: number, path: string, text?: string): OwError {
  if (saysAbsent(ret))
    return new OwError(BUS.test(path) ? 'busAbsent' : 'absent', {}, { path, ret });
  if (ret === READ_ONLY) return new OwError('serverReadOnly', {}, { path, ret });
  const answer = ANSWERS[ret] ?? 'unknown';
  const own = { id: `answer.${answer}` } as const;
  const hint = { id: `hint.${answer}` } as const;
  return new OwError('returned', { ret, text: text ?? own, hint }, { path, ret });
}

/** Does a return value say that the path leads nowhere? */
export function saysAbsent(ret: number): boolean {
  return ABSENT.includes(ret);
}

/** Does the message of this error show owserver's text? */
export function showsText(error: OwError): boolean {
  return error.id === 'returned';
}

/** Where owserver keeps its text for a return value; owlib/src/c/ow_return_code.c. */
export function textPath(ret: number): string {
  return `/settings/return_codes/text.${-ret}`;
}

/** owserver's text without the word that sorts it, such as `legacy - `. */
export function cleanText(text: string): string {
  return text.replace(/^\w+ - /, '').trim();
}
