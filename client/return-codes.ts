import { OwError } from './errors.js';

/** Return values that mean the path leads nowhere; owserver/src/c/data.c (`DataHandler`) says -1 to almost anything. */
const ABSENT: readonly number[] = [-1, -2, -19];

/** owserver runs with --readonly: EROFS. */
const READ_ONLY = -30;

/** A property was listed: ENOTDIR. */
export const NOT_A_DIRECTORY = -20;

/** A directory was read: EISDIR. */
export const IS_DIRECTORY = -21;

/** owserver does not know this kind of message, or was told to refuse it: ENOMSG. */
export const REFUSED = -42;

interface Meaning {
  /** Short name, for owservers that cannot tell it themselves. */
  readonly text: string;
  /** What to do. */
  readonly hint: string;
}

const MEANINGS: Readonly<Record<number, Meaning>> = {
  [-5]: {
    text: 'input/output error',
    hint: 'the bus did not answer; check wiring, power and adapter, and try again.',
  },
  [-14]: { text: 'bad address', hint: 'the value was empty; send 1 or 0.' },
  [NOT_A_DIRECTORY]: {
    text: 'not a directory',
    hint: 'it is a property; read it instead of listing it.',
  },
  [IS_DIRECTORY]: {
    text: 'is a directory',
    hint: 'it is a directory; add the property, for example /temperature.',
  },
  [-22]: {
    text: 'invalid argument',
    hint: 'the value does not fit, or the device did not take part; check both.',
  },
  [-42]: {
    text: 'no such message',
    hint: 'this owserver refuses this kind of request; check its switches.',
  },
  [-74]: { text: 'bad message', hint: 'the request was empty; give a path.' },
  [-90]: {
    text: 'message too long',
    hint: 'path or size is beyond what owserver takes; make it shorter.',
  },
  [-95]: {
    text: 'not supported',
    hint: 'this property cannot be read or written that way; look at its access.',
  },
  [-98]: { text: 'device busy', hint: 'the device could not be locked; try again.' },
  [-103]: {
    text: 'connection aborted',
    hint: 'the bus adapter is disconnected; check its plug and power.',
  },
};

const UNKNOWN: Meaning = { text: 'no text', hint: "look into owserver's log, and try again." };

/** The error for a negative return value; `text` is owserver's own word for it, where it is known. */
export function returnError(ret: number, path: string, text?: string): OwError {
  if (ABSENT.includes(ret)) return new OwError('absent', {}, { path, ret });
  if (ret === READ_ONLY) return new OwError('serverReadOnly', {}, { path, ret });
  const meaning = MEANINGS[ret] ?? UNKNOWN;
  return new OwError(
    'returned',
    { ret, text: text ?? meaning.text, hint: meaning.hint },
    { path, ret },
  );
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
