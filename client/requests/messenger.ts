import type { Deadline } from '../transport/deadline.js';
import { OwError } from '../errors/ow-error.js';
import { checkRoom, checkSizes, type Message } from './message.js';
import { NameBytes } from './name-bytes.js';
import { Kept } from '../transport/kept.js';
import type { ResolvedOptions } from '../options.js';
import type { Pool } from '../transport/pool.js';
import {
  decodeShort,
  encodeFlags,
  encodeRequest,
  LISTING_LIMIT,
  MESSAGE_LIMIT,
  MessageType,
  READ_SIZE,
  type MessageName,
  type RequestFlags,
} from '../protocol/index.js';
import { cleanText, returnError, showsText, textPath } from '../errors/return-codes.js';
import type { Verb } from '../transport/retry.js';
import type { Answer, Hearing, Job, Priority } from '../transport/ticket.js';

/** How long to wait, how urgent it is, and who hears what before the answer. */
export interface Patience extends Hearing {
  readonly deadline: Deadline;
  /** For every message of an operation. @default that of the message's kind */
  readonly priority?: Priority;
  /** Is it for a list, which takes no more of the queue than is its due? Then it is never refused there. */
  readonly inTurn?: boolean;
}

/** What owserver said to one message: the last frame, and the entries before it when it was a DIR. */
export interface Reply extends Answer {
  readonly ret: number;
  readonly size: number;
  /** Payload of the last frame, cut to its size. */
  readonly data: Buffer;
}

const KIND: Readonly<Record<MessageName, { verb: Verb; priority: Priority }>> = {
  nop: { verb: 'ping', priority: 'alarm' },
  read: { verb: 'read', priority: 'read' },
  write: { verb: 'write', priority: 'write' },
  dir: { verb: 'list', priority: 'list' },
  presence: { verb: 'present', priority: 'alarm' },
  dirall: { verb: 'list', priority: 'list' },
  get: { verb: 'read', priority: 'read' },
  dirallslash: { verb: 'list', priority: 'list' },
  getslash: { verb: 'read', priority: 'read' },
};

const NOTHING = Buffer.alloc(0);

/** Most bytes of the reads that are kept ready to send: 5,000 of them, as paths mostly are. */
const KEPT_READS = 5_000 * 80;

/** Most texts of return values that are kept: owserver has fewer. */
const KEPT_TEXTS = 100;

/** Longest of them, in bytes. */
const LONGEST_TEXT = 200;

const WITH_SIZE: readonly MessageName[] = ['read', 'get', 'getslash'];

/** Turns messages into requests and answers into replies or errors. */
export class Messenger {
  readonly nameBytes: NameBytes;
  readonly #pool: Pool;
  readonly #options: ResolvedOptions;
  readonly #texts = new Kept<number, string>({ limit: KEPT_TEXTS });
  readonly #plainReads = new Kept<string, Job>({
    limit: KEPT_READS,
    weigh: ({ frame }) => frame.length,
  });
  /** Flags of a message that asks for nothing special: of most. */
  readonly #plainFlags: number;

  constructor(pool: Pool, options: ResolvedOptions, nameBytes: NameBytes) {
    this.#pool = pool;
    this.#options = options;
    this.nameBytes = nameBytes;
    this.#plainFlags = encodeFlags(this.#ownFlags());
  }

  /** Sends a message; a negative return value is part of the reply. */
  async exchange(message: Message, patience: Patience): Promise<Reply> {
    return toReply(await this.#send(message, patience));
  }

  /**
   * Sends a message that must succeed.
   * @throws OwError for a negative return value, with owserver's text where it has one.
   */
  async ask(message: Message, patience: Patience): Promise<Reply> {
    const reply = toReply(await this.#send(message, patience));
    if (reply.ret < 0) throw await this.refusal(reply.ret, message.path ?? '', patience);
    return reply;
  }

  /** Forgets the requests that were kept: a name turned out to have other bytes. */
  forget(): void {
    this.#plainReads.clear();
  }

  /** The error for a negative return value. */
  async refusal(ret: number, path: string, patience: Patience): Promise<OwError> {
    const error = returnError(ret, path);
    return showsText(error) ? returnError(ret, path, await this.#text(ret, patience)) : error;
  }

  /** owserver's own text for a return value, asked for once; ancient owservers have none. */
  async #text(
    ret: number,
    { onWait: _, onPiece: __, ...quietly }: Patience,
  ): Promise<string | undefined> {
    const known = this.#texts.get(ret);
    if (known !== undefined) return known === '' ? undefined : known;
    try {
      const { ret: length, data } = await this.exchange(
        { type: 'read', path: textPath(ret) },
        quietly,
      );
      const text = length > 0 ? cleanText(decodeShort(data, LONGEST_TEXT)) : '';
      this.#texts.set(ret, text);
      return text === '' ? undefined : text;
    } catch {
      return undefined;
    }
  }

  #send(message: Message, patience: Patience): Promise<Answer> {
    const { deadline, inTurn } = patience;
    return this.#pool.run(this.#job(message, patience), deadline, patience, inTurn);
  }

  /** Reads of whole values are most of all requests, and the same ones again and again: they are kept. */
  #job(message: Message, patience: Patience): Job {
    const { type, path, flags, size, offset } = message;
    const whole = flags === undefined && size === undefined && !offset;
    const plain = message.serialKey === undefined && patience.priority === undefined;
    if (type !== 'read' || !whole || !plain || path === undefined)
      return this.#newJob(message, patience);
    let job = this.#plainReads.get(path);
    if (!job) {
      job = this.#newJob(message, patience);
      this.#plainReads.set(path, job);
    }
    return job;
  }

  #newJob(message: Message, patience: Patience): Job {
    const { type, path = '', offset = 0 } = message;
    // A write whose size is not that of its data would crash owserver (owserver/src/c/from_client.c).
    const data = type === 'write' ? (message.data ?? NOTHING) : undefined;
    const { verb, priority } = KIND[type];
    const size = message.size ?? (WITH_SIZE.includes(type) ? READ_SIZE : 0);
    const flags = this.#flags(message.flags);
    const bytes = this.nameBytes.encode(path);
    const code = MessageType[type];
    const frame = encodeRequest({ type: code, path: bytes, flags, size, offset, data });
    if (data) checkRoom(frame.length, data.length);
    const writes = verb === 'write';
    return {
      verb: message.repeatable ? 'read' : verb,
      priority: patience.priority ?? priority,
      path,
      frame,
      streams: type === 'dir',
      limit: verb === 'list' ? LISTING_LIMIT : MESSAGE_LIMIT,
      check: (reply) => checkSizes(type, reply, frame.length),
      joinKey: writes ? undefined : `${code} ${flags} ${size} ${offset} ${path}`,
      serialKey: message.serialKey ?? (writes ? path : undefined),
      yieldsTo: message.yieldsTo,
    };
  }

  #flags(given: RequestFlags | number | undefined): number {
    if (given === undefined) return this.#plainFlags;
    if (typeof given === 'number') return given;
    return encodeFlags({ ...this.#ownFlags(), ...given });
  }

  #ownFlags(): RequestFlags {
    const { temperatureScale, pressureScale, deviceFormat, persistent } = this.#options;
    return { temperatureScale, pressureScale, deviceFormat, persistent, ownet: true };
  }
}

function toReply({ frames, attempts }: Answer): Reply {
  const last = frames.at(-1);
  if (!last) throw new OwError('unasked');
  const { code: ret, size } = last.header;
  const data = size < last.payload.length ? last.payload.subarray(0, size) : last.payload;
  return { frames, attempts, ret, size, data };
}
