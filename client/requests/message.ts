import { OwError } from '../errors/ow-error.js';
import {
  HEADER_LENGTH,
  MAX_PAYLOAD,
  type Frame,
  type MessageName,
  type RequestFlags,
} from '../protocol/index.js';

/** One message to owserver; what is left out has the value that fits most. */
export interface Message {
  readonly type: MessageName;
  /** Path as text; none for a NOP. */
  readonly path?: string;
  flags?: RequestFlags | number;
  /** Bytes asked for. @default 65536 for READ, GET and GETSLASH, else 0 */
  size?: number;
  readonly offset?: number;
  /** Bytes to write. */
  readonly data?: Buffer;
  /** Messages with the same key are sent one after another. @default the path of a write, none else */
  readonly serialKey?: string;
  /** Not sent while messages with this serial key are under way or wait. @default none */
  readonly yieldsTo?: string | undefined;
  /** May a write be sent again when its connection fails, because twice does no harm? @default false */
  readonly repeatable?: boolean;
}

/** More than one message holds makes owserver hang up. @throws OwError EOW_VALUE */
export function checkRoom(frame: number, data: number): void {
  const limit = MAX_PAYLOAD + HEADER_LENGTH - (frame - data);
  if (data > limit) throw new OwError('tooLong', { bytes: data, limit });
}

/**
 * `size` counts the bytes of text in the payload; only a write has it without a payload, as the
 * number of bytes taken. @throws OwError EOW_PROTOCOL
 */
export function checkSizes(type: MessageName, { header, payload }: Frame, sentBytes: number): void {
  const { code, size } = header;
  if (code < 0) return;
  const limit = type === 'write' ? sentBytes : payload.length;
  if (size < 0 || size > limit) throw new OwError('badSize', { size });
}
