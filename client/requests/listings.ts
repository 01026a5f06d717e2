import type { Messenger, Patience, Reply } from './messenger.js';
import { Pieces } from '../transport/pieces.js';
import {
  LISTING_LIMIT,
  MAX_ENTRIES,
  MAX_PATH_BYTES,
  splitListing,
  type Frame,
  type MessageName,
  type RequestFlags,
} from '../protocol/index.js';
import { REFUSED } from '../errors/return-codes.js';
import { busFirst } from '../values/path.js';

/** Ways to list a directory, best first; owservers started with --no_dirall refuse the first two. */
const WAYS: readonly MessageName[] = ['dirallslash', 'dirall', 'dir'];

/** One entry of a listing. */
export interface Entry {
  /** One leading slash, no trailing one. */
  readonly path: string;
  /** Is it a directory? Unknown when owserver could not say. */
  readonly directory?: boolean;
}

/** Makes of a path the one to send. */
type Sent = (path: string, patience: Patience) => Promise<string>;

/** Lists directories, by the best message that owserver takes. */
export class Listings {
  readonly #messenger: Messenger;
  readonly #sent: Sent;
  #way = 0;

  constructor(messenger: Messenger, sent: Sent) {
    this.#messenger = messenger;
    this.#sent = sent;
  }

  /** What cannot be asked for, because its path is too long, is left out. @throws OwError for a path that is no directory, or what the connection says. */
  async list(path: string, flags: RequestFlags, patience: Patience): Promise<Entry[]> {
    const sent = await this.#sent(busFirst(path), patience);
    return this.#list(sent, flags, patience, this.#way);
  }

  /**
   * The entries of a directory, each as soon as it comes: by DIR, the only message that is answered in pieces.
   * @throws OwError for a path that is no directory, or what the connection says, also after some entries.
   */
  async *pieces(path: string, flags: RequestFlags, patience: Patience): AsyncGenerator<string> {
    const stream = new Pieces<Frame>();
    const sent = await this.#sent(busFirst(path), patience);
    const message = { type: 'dir', path: sent, flags, serialKey: `list ${sent}` } as const;
    const onPiece = (frame: Frame): void => stream.add(frame);
    const asked = this.#messenger.exchange(message, { ...patience, onPiece });
    for await (const { header, payload } of stream.until(asked)) {
      // What came before it was called off is not told any more.
      if (patience.deadline.aborted) break;
      if (header.size > MAX_PATH_BYTES) continue;
      yield this.#messenger.nameBytes.decode(payload.subarray(0, header.size));
    }
    const { ret } = await asked;
    if (ret < 0) throw await this.#messenger.refusal(ret, sent, patience);
  }

  /** Tries the best way again: another owserver may answer now. */
  forget(): void {
    this.#way = 0;
  }

  /** A way that is refused is given up for good only when a worse one works. */
  async #list(
    path: string,
    flags: RequestFlags,
    patience: Patience,
    way: number,
  ): Promise<Entry[]> {
    const type = WAYS[way] ?? 'dir';
    // One listing of a directory at a time: with a dead bus each takes half a minute.
    const message = { type, path, flags, serialKey: `list ${path}` };
    const reply = await this.#messenger.exchange(message, patience);
    if (reply.ret === REFUSED && way < WAYS.length - 1)
      return this.#list(path, flags, patience, Math.max(this.#way, way + 1));
    if (reply.ret < 0) throw await this.#messenger.refusal(reply.ret, path, patience);
    this.#way = way;
    const texts = entriesOf(reply, type);
    if (texts.length > MAX_ENTRIES) throw LISTING_LIMIT.exceeded(reply.data.length).withPath(path);
    const { nameBytes } = this.#messenger;
    return texts
      .filter(({ length }) => length <= MAX_PATH_BYTES)
      .map((text) => toEntry(nameBytes.decode(text), type === 'dirallslash'));
  }
}

/** One more than are taken, if there are so many. */
function entriesOf({ frames, data }: Reply, type: MessageName): Buffer[] {
  return type === 'dir'
    ? frames.slice(0, -1).map(({ header, payload }) => payload.subarray(0, header.size))
    : splitListing(data, MAX_ENTRIES + 1);
}

function toEntry(text: string, marked: boolean): Entry {
  const directory = text.endsWith('/') && text.length > 1;
  const path = directory ? text.slice(0, -1) : text;
  return marked ? { path, directory } : { path };
}
