import { decodeFlags, joinListing, MAX_PAYLOAD, MessageType } from '../../client/protocol/index.js';
import type { Request } from '../../client/protocol/index.js';
import { andThen, type MaybePromise } from '../maybe-promise.js';
import { sliceFor, sliceOfAll } from '../properties/bytes.js';
import { Refusal, Ret } from '../refusal.js';
import type { Listing, Located, Query } from '../tree/node.js';
import { locate } from '../tree/paths.js';
import type { World } from '../tree/world.js';

/** Switches of owserver's command line. */
export interface Switches {
  /** A keep-alive before every reply. */
  pingcrazy?: boolean;
  /** DIRALL and DIRALLSLASH are refused. */
  noDirall?: boolean;
  /** GET and GETSLASH are refused. */
  noGet?: boolean;
  /** No connection outlives its reply. */
  noPersistence?: boolean;
  /** Every write is refused. */
  readonly?: boolean;
  /** An owserver older than `latesttemp` (3.2): it does not know that property. */
  noLatesttemp?: boolean;
  /** An owserver older than `/structure`. */
  noStructure?: boolean;
}

/** One frame of an answer; flags and persistence are the session's. */
export interface Reply {
  ret: number;
  size: number;
  offset: number;
  payload: Buffer;
}

const NOTHING = Buffer.alloc(0);
const NUL = Buffer.alloc(1);
const PATH_MAX = 4096;

/** A reply without a payload: an error, or the success of a request that returns nothing. */
export function bare(ret: number, size = 0): Reply {
  return { ret, size, offset: 0, payload: NOTHING };
}

/** The frames that answer a request; one, but for DIR. owserver/src/c/handler.c and data.c. */
export function answer(request: Request, world: World, switches: Switches): MaybePromise<Reply[]> {
  try {
    const replies = answerOrThrow(request, world, switches);
    return replies instanceof Promise ? replies.catch(refused) : replies;
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): Reply[] {
  if (error instanceof Refusal) return [bare(error.ret)];
  throw error;
}

function answerOrThrow(request: Request, world: World, switches: Switches): MaybePromise<Reply[]> {
  const { type } = request;
  if (type === MessageType.nop) return [bare(0)];
  if (!serves(type, switches)) throw new Refusal(Ret.unknownMessage);
  const located = locate(request.path.toString('latin1'), queryOf(request.flags), world);
  return andThen(located, (there) => {
    if (request.path.length >= PATH_MAX && type !== MessageType.write)
      throw new Refusal(Ret.badSize);
    return serve(there, request, switches);
  });
}

function serve(located: Located, request: Request, switches: Switches): MaybePromise<Reply[]> {
  const { type } = request;
  switch (type) {
    case MessageType.write:
      return write(located, request, switches);
    case MessageType.presence:
      return [{ ...bare(0), payload: located.serial?.bytes ?? Buffer.alloc(8) }];
    case MessageType.read:
      return read(located, request);
    case MessageType.dir:
      return list(located, streamed);
    case MessageType.dirall:
      return list(located, (base, listing) => joined(base, listing, false));
    case MessageType.dirallslash:
      return list(located, (base, listing) => joined(base, listing, true));
    default:
      return get(located, request);
  }
}

/** Does it know this kind of message, and was not told to refuse it? */
export function serves(type: number, { noDirall, noGet }: Switches): boolean {
  if (type === MessageType.get || type === MessageType.getslash) return noGet !== true;
  if (type === MessageType.dirall || type === MessageType.dirallslash) return noDirall !== true;
  return Object.values<number>(MessageType).includes(type);
}

function queryOf(word: number): Query {
  const { uncached, busReturn, deviceFormat, temperatureScale, pressureScale, trim } =
    decodeFlags(word);
  const units = { temperatureScale, pressureScale, trim };
  return { uncached, unaliased: false, busReturn, format: deviceFormat, units };
}

function get(located: Located, request: Request): MaybePromise<Reply[]> {
  if (located.node.kind === 'property') return read(located, request);
  const slash = request.type === MessageType.getslash;
  return list(located, (base, listing) => joined(base, listing, slash));
}

function read({ node }: Located, { size, offset }: Request): MaybePromise<Reply[]> {
  if (size < 1 || size > MAX_PAYLOAD) throw new Refusal(Ret.badSize);
  if (node.kind === 'directory') throw new Refusal(Ret.isDirectory);
  if (node.access === 'wo') throw new Refusal(Ret.notSupported);
  return andThen(node.read(), (value) => {
    const { elements } = node;
    const payload = elements
      ? sliceOfAll(value, elements, offset, size)
      : sliceFor(value, offset, size);
    const { length } = payload;
    return [{ ret: length, size: length, offset: length === 0 ? 0 : offset, payload }];
  });
}

function write({ node }: Located, request: Request, switches: Switches): MaybePromise<Reply[]> {
  const { data = NOTHING, offset } = request;
  if (switches.readonly === true) throw new Refusal(Ret.readOnlyServer);
  if (node.kind === 'directory') throw new Refusal(Ret.isDirectory);
  if (node.access === 'ro') throw new Refusal(Ret.notSupported);
  return andThen(node.write(data, offset), (taken) => [bare(0, taken)]);
}

type Arrange = (base: string, listing: Listing) => Reply[];

function list({ node, base }: Located, arrange: Arrange): MaybePromise<Reply[]> {
  if (node.kind === 'property') throw new Refusal(Ret.notDirectory);
  return andThen(node.list(), (listing) => arrange(base, listing));
}

/** One frame an entry, then an empty one that ends the listing. */
function streamed(base: string, { entries, classFlags }: Listing): Reply[] {
  const frames = entries.map(({ name }) => textReply(Buffer.from(`${base}/${name}`, 'latin1'), 0));
  return [...frames, { ...bare(0), offset: classFlags }];
}

/** All entries in one frame, with commas between; nothing at all when there are none. */
function joined(base: string, { entries, classFlags }: Listing, slash: boolean): Reply[] {
  if (entries.length === 0) return [bare(0)];
  const lines = entries.map(
    ({ name, directory }) => `${base}/${name}${slash && directory ? '/' : ''}`,
  );
  return [textReply(joinListing(lines.map((line) => Buffer.from(line, 'latin1'))), classFlags)];
}

/** A listing counts its closing NUL in the payload, but not in the size. */
function textReply(text: Buffer, offset: number): Reply {
  return { ret: 0, size: text.length, offset, payload: Buffer.concat([text, NUL]) };
}
