import { OwError } from '../errors/ow-error.js';
import { setting } from '../errors/phrases.js';
import {
  HEADER_LENGTH,
  MAX_PAYLOAD,
  MessageType,
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
 * Checks a message of somebody else's making: words of 32 bits, a type that owserver knows.
 * @throws OwError EOW_VALUE
 */
export function checkMessage({ type, path, flags, ...words }: Message): void {
  const given = {
    size: words.size,
    offset: words.offset,
    flags: typeof flags === 'number' ? flags : undefined,
  };
  for (const name of ['size', 'offset', 'flags'] as const) {
    const value = given[name];
    const min = name === 'flags' ? -0x8000_0000 : 0;
    if (
      value === undefined ||
      (Number.isSafeInteger(value) && value >= min && value <= 0x7fff_ffff)
    )
      continue;
    const params = { name: setting(name), value: String(value), min, max: 0x7fff_ffff };
    throw new OwError('badRange', params, { path });
  }
  if (Object.hasOwn(MessageType, type)) return;
  throw new OwError('badOption', {
    name: setting('type'),
    value: shown(type),
    wanted: { id: 'wanted.choice', params: { choices: Object.keys(MessageType).join(', ') } },
  });
}

/** Anything may come from code that is not checked by TypeScript. */
function shown(type: unknown): string {
  return String(type);
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
