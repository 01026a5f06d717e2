import { OwError } from '../errors/ow-error.js';
import {
  HEADER_LENGTH,
  MAX_PAYLOAD,
  SERVER_MESSAGE,
  SERVER_TOKENS,
  TOKEN_LENGTH,
} from './constants.js';
import { decodeHeader, type Header } from './header.js';

/** One whole frame. A negative `header.payload` marks a keep-alive; its `payload` is empty. */
export interface Frame {
  header: Header;
  payload: Buffer;
}

const EMPTY = Buffer.alloc(0);

/** Cuts a byte stream into frames; keeps only the tail that is not yet a whole frame. */
export class FrameDecoder {
  #parts: Buffer[] = [];
  #length = 0;
  #needed = HEADER_LENGTH;

  /**
   * Takes the next bytes and returns the frames that they complete. Payloads are views of the bytes given.
   * @throws OwError EOW_PROTOCOL when the bytes cannot be owserver's.
   */
  push(chunk: Buffer): Frame[] {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];

    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#length);
    const frames: Frame[] = [];
    let start = 0;
    while (bytes.length - start >= HEADER_LENGTH) {
      const header = decodeHeader(bytes, start);
      const body = start + HEADER_LENGTH;
      const length = Math.max(header.payload, 0);
      const end = body + length + tokenBytes(header, bytes, start);
      this.#needed = end - start;
      if (end > bytes.length) break;
      frames.push({ header, payload: length === 0 ? EMPTY : bytes.subarray(body, body + length) });
      start = end;
    }
    this.#keep(bytes.subarray(start));
    return frames;
  }

  /** Bytes that wait for the rest of their frame. */
  get pending(): number {
    return this.#length;
  }

  #keep(tail: Buffer): void {
    this.#parts = tail.length === 0 ? [] : [tail];
    this.#length = tail.length;
    if (tail.length < HEADER_LENGTH) this.#needed = HEADER_LENGTH;
  }
}

/** Bytes of loop tokens behind the payload, which the header does not count (owlib/src/c/ow_server_message.c). */
function tokenBytes(header: Header, bytes: Buffer, start: number): number {
  const { version, payload } = header;
  if ((version & ~(SERVER_MESSAGE | SERVER_TOKENS)) !== 0) throw notOwserver(bytes.subarray(start));
  const tokens = version & SERVER_MESSAGE ? (version & SERVER_TOKENS) * TOKEN_LENGTH : 0;
  if (payload + tokens > MAX_PAYLOAD) {
    throw new OwError('payloadTooBig', { bytes: payload + tokens, limit: MAX_PAYLOAD });
  }
  return tokens;
}

function notOwserver(bytes: Buffer): OwError {
  const begin = bytes.subarray(0, 5).toString('latin1');
  return begin === 'HTTP/' ? new OwError('speaksHttp') : new OwError('notOwserver');
}
