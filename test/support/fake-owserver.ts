import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import * as wire from './wire.js';

/** One request as it arrived, read without the client's own decoder. */
export interface FakeRequest {
  readonly connection: FakeConnection;
  /** The number of its kind: 2 READ, 3 WRITE and so on. */
  readonly type: number;
  /** As the bytes are, one character each: what is UTF-8 shows as latin-1. */
  readonly path: string;
  readonly flags: number;
  readonly size: number;
  readonly offset: number;
  /** What a WRITE carries behind its path. */
  readonly data: Buffer;
  /** Sends these bytes on its connection. */
  reply: (...frames: Buffer[]) => void;
}

/** What the server does with each request; without one it only records them. */
export type Script = (request: FakeRequest) => void;

/** The server's side of one connection. */
export class FakeConnection {
  readonly requests: FakeRequest[] = [];
  readonly socket: Socket;
  #closed = false;
  #rest = Buffer.alloc(0);

  constructor(socket: Socket, onRequest: (request: FakeRequest) => void, onClose: () => void) {
    this.socket = socket.setNoDelay();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk, onRequest));
    socket.on('close', () => {
      this.#closed = true;
      onClose();
    });
  }

  /** Have both sides parted? */
  get closed(): boolean {
    return this.#closed;
  }

  /** Sends these bytes in one write. */
  send(...frames: Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** Closes in order, after these bytes: FIN. */
  end(...frames: Buffer[]): void {
    this.socket.end(Buffer.concat(frames));
  }

  /** Closes without order: RST. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  #onData(chunk: Buffer, onRequest: (request: FakeRequest) => void): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 24) {
      const end = 24 + this.#rest.readInt32BE(4);
      if (this.#rest.length < end) return;
      const request = this.#parse(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
      this.requests.push(request);
      onRequest(request);
    }
  }

  #parse(bytes: Buffer): FakeRequest {
    const [type = 0, flags = 0, size = 0, offset = 0] = [8, 12, 16, 20].map((at) =>
      bytes.readInt32BE(at),
    );
    const data = bytes.subarray(bytes.length - (type === 3 ? size : 0));
    const path = bytes
      .subarray(24, bytes.length - data.length)
      .toString('latin1')
      .replace(/\0$/, '');
    const reply = (...frames: Buffer[]): void => this.send(...frames);
    return { connection: this, type, path, flags, size, offset, data, reply };
  }
}

/** A scripted TCP server for faults that no owserver can be asked for. */
export interface FakeOwserver {
  readonly port: number;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly FakeRequest[];
  /** Every connection so far, closed ones included. */
  readonly connections: readonly FakeConnection[];
  /** Connections that are open now. */
  readonly open: number;
  /** The request with this number, from 0, as soon as it is there. */
  request: (index: number) => Promise<FakeRequest>;
  /** Resolves when this is true; looked at whenever something happens here. */
  until: (happened: () => boolean) => Promise<void>;
  /** Stops listening and destroys all connections. */
  close: () => Promise<void>;
}

/** Answers as a healthy owserver with nothing special on it: a READ with its own path. */
export function answer(request: FakeRequest, flags = wire.GRANTED): void {
  const { type, path, data } = request;
  if (type === 1) request.reply(wire.header(0, 0, 0, flags, 0, 0));
  else if (type === 3) request.reply(wire.written(data.length, flags));
  else if (type === 6) request.reply(wire.reply(Buffer.alloc(8), { ret: 0, size: 0, flags }));
  else if (/^\/structure\/|\/type$|^\/settings\//.test(path))
    request.reply(wire.errorReply(-1, flags));
  else if (type === 2) request.reply(wire.reply(Buffer.from(path, 'latin1'), { flags }));
  else request.reply(wire.header(0, 0, 0, flags, 0, 0));
}

/** Listens on a free port of this machine, or on a given one. */
export async function startFakeOwserver(script?: Script, port = 0): Promise<FakeOwserver> {
  const requests: FakeRequest[] = [];
  const connections: FakeConnection[] = [];
  const waiting = new Set<() => void>();
  const look = (): void => waiting.forEach((check) => check());
  const onRequest = (request: FakeRequest): void => {
    requests.push(request);
    script?.(request);
    look();
  };
  const server = createServer((socket) => {
    connections.push(new FakeConnection(socket, onRequest, look));
    look();
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const until = (happened: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!happened()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const open = (): FakeConnection[] => connections.filter(({ closed }) => !closed);
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections,
    get open() {
      return open().length;
    },
    request: async (index) => {
      await until(() => requests.length > index);
      return requests[index]!;
    },
    until,
    close: async () => {
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      for (const { socket } of open()) socket.destroy();
      await closed;
    },
  };
}
