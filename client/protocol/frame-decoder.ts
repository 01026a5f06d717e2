import { OwError } from '../errors/ow-error.js';
import { MESSAGE_LIMIT, type AnswerLimit } from './answer-limit.js';
import { HEADER_LENGTH, SERVER_MESSAGE, SERVER_TOKENS, TOKEN_LENGTH } from './constants.js';
import { decodeHeader, type Header } from './header.js';

/** One whole frame. A negative `header.payload` marks a keep-alive; its `payload` is empty. */
export interface Frame {
  header: Header;
  payload: Buffer;
}

const EMPTY = Buffer.alloc(0);

/** Cuts a byte stream into frames; keeps only the tail that is not yet a whole frame. */
export class FrameDecoder {
  /** What waits for the rest of its frame, and room for some of that. */
  #tail: Buffer = EMPTY;
  #length = 0;
  #needed = HEADER_LENGTH;
  readonly #anyVersion: boolean;

  /** `anyVersion`: bits of the version word that mean nothing are no matter, as to owserver itself. */
  constructor({ anyVersion = false } = {}) {
    this.#anyVersion = anyVersion;
  }

  /**
   * Takes the next bytes and returns the frames that they complete. Payloads are views of the bytes given.
   * @throws OwError EOW_PROTOCOL when the bytes cannot be owserver's, or what `limit` says of too big a frame.
   */
  push(chunk: Buffer, limit = MESSAGE_LIMIT): Frame[] {
    const bytes = this.#join(chunk);
    this.#length = bytes.length;
    if (bytes.length < this.#needed) return [];
    const frames: Frame[] = [];
    let start = 0;
    while (bytes.length - start >= HEADER_LENGTH) {
      const header = decodeHeader(bytes, start);
      const body = start + HEADER_LENGTH;
      const length = Math.max(header.payload, 0);
      if (!this.#anyVersion && (header.version & ~(SERVER_MESSAGE | SERVER_TOKENS)) !== 0)
        throw notOwserver(bytes.subarray(start));
      const end = body + length + tokenBytes(header, limit);
      this.#needed = end - start;
      if (end > bytes.length) break;
      frames.push({ header, payload: length === 0 ? EMPTY : bytes.subarray(body, body + length) });
      start = end;
    }
    this.#tail = start === bytes.length ? EMPTY : bytes.subarray(start);
    this.#length = this.#tail.length;
    if (this.#length < HEADER_LENGTH) this.#needed = HEADER_LENGTH;
    return frames;
  }

  /** Bytes that wait for the rest of their frame. */
  get pending(): number {
    return this.#length;
  }

  /**
   * A frame in many pieces is put together as it comes: kept as pieces, or copied at each of them, a big
   * one in small pieces would cost many times its size.
   */
  #join(chunk: Buffer): Buffer {
    if (this.#length === 0) {
      this.#tail = chunk;
      return chunk;
    }
    const length = this.#length + chunk.length;
    if (length > this.#tail.length) {
      const roomy = Buffer.allocUnsafe(Math.max(length, Math.min(2 * length, this.#needed)));
      this.#tail.copy(roomy, 0, 0, this.#length);
      this.#tail = roomy;
    }
    chunk.copy(this.#tail, this.#length);
    return this.#tail.subarray(0, length);
  }
}

/** Bytes of loop tokens behind the payload, which the header does not count (owlib/src/c/ow_server_message.c). */
function tokenBytes({ version, payload }: Header, limit: AnswerLimit): number {
  const tokens = version & SERVER_MESSAGE ? (version & SERVER_TOKENS) * TOKEN_LENGTH : 0;
  if (payload + tokens > limit.bytes) throw limit.exceeded(payload + tokens);
  return tokens;
}

function notOwserver(bytes: Buffer): OwError {
  const begin = bytes.subarray(0, 5).toString('latin1');
  return begin === 'HTTP/' ? new OwError('speaksHttp') : new OwError('notOwserver');
}
