/** Frames of an owserver, written by hand: the client's own encoder is never its judge. */

/** What an owserver grants by default: 0x100 OWNET and 0x4 PERSISTENT, echoed from the request. */
export const GRANTED = 0x104;
/** The same with persistence refused. */
export const REFUSED = 0x100;

/** Parts of a reply that a test may set; what is left out is what a healthy owserver sends. */
export interface ReplyParts {
  ret?: number;
  flags?: number;
  size?: number;
  offset?: number;
  version?: number;
  /** Loop tokens behind the payload, which the payload word does not count. */
  tokens?: number;
}

/** Six big-endian words: version, payload, type or return value, flags, size, offset. */
export function header(
  version: number,
  payload: number,
  code: number,
  flags: number,
  size: number,
  offset: number,
): Buffer {
  const words = [version, payload, code, flags, size, offset];
  return Buffer.from(words.flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word]));
}

/** Sent every second while owserver works: payload -1 and nothing else. */
export function keepAlive(): Buffer {
  return Buffer.from('00000000ffffffff00000000000000000000000000000000', 'hex');
}

/** The answer to a READ: the text, and its length three times over. */
export function reply(text: string | Buffer, parts: ReplyParts = {}): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const { ret = length, flags = GRANTED, size = length, offset = 0, tokens = 0 } = parts;
  const { version = tokens > 0 ? 0x1_0000 + tokens : 0 } = parts;
  const head = header(version, length, ret, flags, size, offset);
  return Buffer.concat([head, payload, Buffer.alloc(tokens * 16, 0xee)]);
}

/** The answer to what failed: the negative return value alone. */
export function errorReply(ret: number, flags = GRANTED): Buffer {
  return header(0, 0, ret, flags, 0, 0);
}

/** The answer to a WRITE, with the bytes that were taken. */
export function written(size: number, flags = GRANTED): Buffer {
  return header(0, 0, 0, flags, size, 0);
}

/** The answer to a DIRALL: a byte behind the text that its size does not count. */
export function listing(text: string | Buffer, behind = 0): Buffer {
  const bytes = Buffer.from(text);
  return reply(Buffer.concat([bytes, Buffer.from([behind])]), { ret: 0, size: bytes.length });
}

/** One entry of a DIR, with its closing NUL. */
export function dirEntry(path: string | Buffer): Buffer {
  return listing(path);
}

/** The end of a DIR. */
export function dirEnd(ret = 0): Buffer {
  return header(0, 0, ret, GRANTED, 0, 0);
}

/** The first half of a frame. */
export function half(frame: Buffer): Buffer {
  return frame.subarray(0, frame.length >> 1);
}
