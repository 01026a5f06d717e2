import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What stands between a client and a server, and counts the requests that pass. */
export interface Counter {
  readonly port: number;
  /** Requests so far. */
  readonly count: number;
  close: () => Promise<void>;
}

const HEADER_LENGTH = 24;

/** Counts requests by their headers: the second word of each is the length of what follows it. */
function countIn(socket: Socket, onRequest: () => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER_LENGTH) {
      const end = HEADER_LENGTH + rest.readInt32BE(4);
      if (rest.length < end) return;
      rest = rest.subarray(end);
      onRequest();
    }
  });
}

/** Listens on a free port, and passes everything on to this one. */
export async function startCounter(port: number): Promise<Counter> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    countIn(near, () => (count += 1));
    near.pipe(far).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay().on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get count() {
      return count;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
