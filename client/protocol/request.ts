import { MessageType, type MessageTypeCode } from './constants.js';
import { encodeFrame, type Header } from './header.js';

/** One request; `data` only for a write. */
export interface Request {
  type: MessageTypeCode;
  /** The bytes of the path, without a closing NUL; empty for NOP. */
  path: Buffer;
  flags: number;
  /** Bytes asked for by READ and GET; a write sends the length of its data instead. */
  size: number;
  offset: number;
  data?: Buffer | undefined;
}

const NUL = Buffer.alloc(1);
const NOTHING = Buffer.alloc(0);

/** Header and payload in one buffer; the payload is `path NUL data`, as owserver/src/c/from_client.c reads it. */
export function encodeRequest(request: Request): Buffer {
  const { type, path, flags, offset, data } = request;
  const payload =
    type === MessageType.nop ? NOTHING : Buffer.concat(data ? [path, NUL, data] : [path, NUL]);
  const size = data ? data.length : request.size;
  return encodeFrame({ code: type, flags, size, offset }, payload);
}

/** The request in a frame, or undefined when owserver would close without a word (from_client.c, `FromClient`). */
export function decodeRequest(header: Header, payload: Buffer): Request | undefined {
  const type = header.code as MessageTypeCode;
  const { flags, size, offset } = header;
  const writes = type === MessageType.write;
  if (writes && (size < 0 || size > payload.length)) return undefined;
  const end = writes ? payload.length - size : payload.length;
  const nul = payload.subarray(0, end).indexOf(0);
  const request: Request = {
    type,
    flags,
    size,
    offset,
    path: payload.subarray(0, nul === -1 ? end : nul),
  };
  if (writes) request.data = payload.subarray(end);
  return request;
}
