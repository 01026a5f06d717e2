import { connect, type Socket } from 'node:net';

/** One frame as it came: the six words of its header, and its payload. */
export interface RawFrame {
  words: number[];
  payload: Buffer;
  text: string;
}

/** The bytes of a request, written by hand: six words, path, NUL, data. */
export function request(type: number, path: string, options: RawOptions = {}): Buffer {
  const { flags = 0x104, size = 65_536, offset = 0, data } = options;
  const payload =
    type === 1
      ? Buffer.alloc(0)
      : Buffer.concat([Buffer.from(`${path}\0`), data ?? Buffer.alloc(0)]);
  const header = Buffer.alloc(24);
  [0, payload.length, type, flags, data?.length ?? size, offset].forEach((word, at) =>
    header.writeInt32BE(word, at * 4),
  );
  return Buffer.concat([header, payload]);
}

interface RawOptions {
  flags?: number;
  size?: number;
  offset?: number;
  data?: Buffer;
}

/** A socket that speaks in bytes and hears in frames. */
export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #isOver = false;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => {
        this.#isOver = true;
        this.#wake();
        resolve();
      });
    });
    this.socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake();
    });
  }

  /** Bytes that came and are no whole frame yet. */
  get rest(): Buffer {
    return this.#bytes;
  }

  send(type: number, path: string, options?: RawOptions): void {
    this.socket.write(request(type, path, options));
  }

  /** The next frame; undefined when the connection ended before it was whole. */
  async frame(): Promise<RawFrame | undefined> {
    for (;;) {
      const length =
        this.#bytes.length < 24 ? Infinity : 24 + Math.max(0, this.#bytes.readInt32BE(4));
      if (this.#bytes.length >= length) return this.#cut(length);
      if (this.#isOver) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async ask(type: number, path: string, options?: RawOptions): Promise<RawFrame> {
    this.send(type, path, options);
    const frame = await this.frame();
    if (!frame) throw new Error(`No answer to ${path}`);
    return frame;
  }

  #cut(length: number): RawFrame {
    const words = [0, 1, 2, 3, 4, 5].map((at) => this.#bytes.readInt32BE(at * 4));
    const payload = this.#bytes.subarray(24, length);
    this.#bytes = this.#bytes.subarray(length);
    return { words, payload, text: payload.toString('latin1') };
  }
}
