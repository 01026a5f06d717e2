import { cut } from './cut.js';
import type { OwErrorCode } from './error-codes.js';
import { MESSAGES, fill, type MessageId, type Params, type Word } from './sentences/index.js';

/** What an error is about, beside its sentence. */
export interface OwErrorDetails {
  /** Path of the request that failed. */
  path?: string | undefined;
  /** owserver's return value, negative, where it sent one. */
  ret?: number | undefined;
  /** What failed underneath. */
  cause?: unknown;
}

/**
 * The one error of this library. `message` is one English sentence with what to do;
 * `id` and `params` name the same sentence for translation: MESSAGES and PHRASES hold the words.
 */
export class OwError extends Error {
  override readonly name = 'OwError';
  readonly code: OwErrorCode;
  readonly id: MessageId;
  readonly params: Params;
  readonly path: string | undefined;
  readonly ret: number | undefined;

  constructor(id: MessageId, params: Params = {}, details: OwErrorDetails = {}) {
    const { code, text } = MESSAGES[id];
    const all = shortened({ path: pathWord(details.path, text), ...params });
    super(fill(text, all), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.id = id;
    this.params = all;
    this.path = details.path;
    this.ret = details.ret;
  }

  /** Only the sentence: it is what Node-RED shows. */
  override toString(): string {
    return this.message;
  }

  /** The same failure, told for another path: joined and queued requests fail together. */
  withPath(path: string): OwError {
    const { id, ret, cause } = this;
    const { path: _, ...params } = this.params;
    return new OwError(id, params, { path, ret, cause });
  }

  /** The same failure, with other values in its sentence. */
  withParams(params: Params): OwError {
    const { path, ret, cause } = this;
    return new OwError(this.id, { ...this.params, ...params }, { path, ret, cause });
  }

  /** The same failure, told in another language. */
  inWords(message: string): OwError {
    const { path, ret, cause, stack } = this;
    const told = new OwError(this.id, this.params, { path, ret, cause });
    told.message = message;
    if (stack !== undefined) told.stack = stack.replace(this.message, () => message);
    return told;
  }
}

/**
 * A path as a sentence says it: what has none asks only whether owserver is there. A caller without
 * TypeScript may have given anything.
 */
function pathWord(path: unknown = '', sentence: string): Word {
  return path === '' && sentence.includes('{path}') ? { id: 'asked.nop' } : String(path);
}

/** Longest text in a sentence: somebody else's may be endless. */
const MOST_SHOWN = 200;

function shortened(params: Params): Params {
  const words = Object.entries(params).map(([name, word]) => [
    name,
    typeof word === 'string' ? cut(word, MOST_SHOWN) : word,
  ]);
  return Object.fromEntries(words) as Params;
}

/** Turns whatever was thrown into an OwError, so that callers meet one kind. */
export function toOwError(thrown: unknown, path?: string): OwError {
  if (thrown instanceof OwError) return thrown;
  return new OwError('unexpected', { reason: reasonOf(thrown) }, { path, cause: thrown });
}

/** What something that was thrown says: an Error, or what has only the message of one, as JSONata's. */
export function reasonOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  return 'message' in thrown ? String(thrown.message) : Object.prototype.toString.call(thrown);
}
