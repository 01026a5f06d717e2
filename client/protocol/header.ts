import { HEADER_LENGTH } from './constants.js';

/** The six words in wire order; `code` is the type of a request and the return value of a reply. */
export interface Header {
  version: number;
  payload: number;
  code: number;
  flags: number;
  size: number;
  offset: number;
}

/** Writes a header into the first 24 bytes of `out`. */
export function encodeHeader(out: Buffer, header: Header): void {
  out.writeInt32BE(header.version, 0);
  out.writeInt32BE(header.payload, 4);
  out.writeInt32BE(header.code, 8);
  out.writeInt32BE(header.flags, 12);
  out.writeInt32BE(header.size, 16);
  out.writeInt32BE(header.offset, 20);
}

/** Reads the header that starts at `start`; the caller knows that 24 bytes are there. */
export function decodeHeader(bytes: Buffer, start = 0): Header {
  return {
    version: bytes.readInt32BE(start),
    payload: bytes.readInt32BE(start + 4),
    code: bytes.readInt32BE(start + 8),
    flags: bytes.readInt32BE(start + 12),
    size: bytes.readInt32BE(start + 16),
    offset: bytes.readInt32BE(start + 20),
  };
}

/** A header and the payload behind it, as one buffer, so that it leaves in one write. */
export function encodeFrame(header: Omit<Header, 'version' | 'payload'>, payload: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_LENGTH + payload.length);
  encodeHeader(frame, { version: 0, payload: payload.length, ...header });
  payload.copy(frame, HEADER_LENGTH);
  return frame;
}
