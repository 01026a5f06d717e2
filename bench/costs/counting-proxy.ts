import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { HEADER_LENGTH } from '../../client/protocol/index.js';

/** Where the length of what follows stands in a header; ow_message.h, struct server_msg. */
const PAYLOAD_AT = 4;

/** Stands before an owserver and counts what it is asked; always `close()` it. */
export interface CountingProxy {
  readonly port: number;
  /** Requests so far, on all connections. */
  readonly requests: number;
  close: () => Promise<void>;
}

/** Starts a proxy for an owserver on this machine; `onRequest` hears the path of each request. */
export async function startCountingProxy(
  owserverPort: number,
  onRequest?: (path: string) => void,
): Promise<CountingProxy> {
  let requests = 0;
  const sockets = new Set<Socket>();
  // A client may say that it sends no more and still wait for its answer.
  const allowHalfOpen = true;
  const server = createServer({ allowHalfOpen }, (client) => {
    const owserver = connect({ port: owserverPort, host: '127.0.0.1', allowHalfOpen });
    const end = (): void => [client, owserver].forEach((socket) => socket.destroy());
    for (const socket of [client, owserver]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', end).on('close', () => sockets.delete(socket));
    }
    const count = requestCounter((path) => {
      requests += 1;
      onRequest?.(path);
    });
    client.on('data', count);
    client.pipe(owserver).pipe(client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get requests() {
      return requests;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls back for each whole request in the bytes that come in. */
function requestCounter(onRequest: (path: string) => void): (chunk: Buffer) => void {
  let received: Buffer = Buffer.alloc(0);
  return (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= HEADER_LENGTH) {
      const length = HEADER_LENGTH + received.readInt32BE(PAYLOAD_AT);
      if (received.length < length) return;
      const [path = ''] = received.toString('latin1', HEADER_LENGTH, length).split('\0');
      received = received.subarray(length);
      onRequest(path);
    }
  };
}
