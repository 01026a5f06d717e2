import { RawClient } from '../support/raw-client.js';
import { inTurn, T } from './world.js';

/** Every entry of a directory and those below; the branches of a coupler are only named. */
export async function tree(client: RawClient, path: string): Promise<string[]> {
  const { words, text } = await client.ask(T.dirallslash, path);
  if ((words[2] ?? 0) < 0) return [`${path} ${words[2]}`];
  const found: string[] = [];
  for (const entry of text.replace(/\0$/, '').split(',')) {
    found.push(entry);
    const isBranch = /\/(main|aux)\/$/.test(entry);
    if (entry.endsWith('/') && !isBranch) found.push(...(await tree(client, entry.slice(0, -1))));
  }
  return found;
}

/** What each of them reads, or its return code. */
export function readAll(client: RawClient, paths: readonly string[]): Promise<string[]> {
  return inTurn(paths, async (entry) => {
    const path = entry.replace(/\/$/, '');
    const { words, text } = await client.ask(T.read, path);
    return `${path} ${(words[2] ?? 0) < 0 ? words[2] : text}`;
  });
}

/** A request by hand. */
export interface ByHand {
  readonly words: readonly number[];
  readonly body: Buffer;
}

/** A request without a path, or with one. */
export function requestOf(type: number, path?: string): ByHand {
  const body = path === undefined ? Buffer.alloc(0) : Buffer.from(`${path}\0`);
  return { words: [0, body.length, type, 0x104, 65_536, 0], body };
}

/** The six words and the text of the answer on a connection of its own; nothing when that ends. */
export async function exchange(port: number, { words, body }: ByHand): Promise<unknown> {
  const client = new RawClient(port);
  const header = Buffer.alloc(24);
  words.forEach((word, at) => header.writeInt32BE(word, at * 4));
  client.socket.write(Buffer.concat([header, body]));
  const frame = await client.frame();
  client.socket.destroy();
  return frame && [frame.words, frame.text];
}
