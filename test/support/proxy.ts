import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port that never refuses, whatever becomes of what is behind it: always `close()` it. */
export interface Proxy {
  readonly port: number;
  /** Connections so far. */
  readonly connections: number;
  /** Every request of owserver's protocol that came so far: its type and path, such as `read /28.021000000000/temperature`. */
  readonly requests: readonly string[];
  /** From now on new connections lead here. */
  leadTo: (port: number) => void;
  close: () => Promise<void>;
}

const TYPES = ['error', 'nop', 'read', 'write', 'dir', 'size', 'presence', 'dirall', 'get'];

/** Notes each request of a stream, read without the client's own decoder. */
function noteRequests(socket: Socket, requests: string[]): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 24) {
      const end = 24 + rest.readInt32BE(4);
      if (rest.length < end) return;
      const type = rest.readInt32BE(8);
      const [path] = rest.subarray(24, end).toString('latin1').split('\0');
      requests.push(`${TYPES[type] ?? type} ${path}`);
      rest = rest.subarray(end);
    }
  });
}

/** Listens on a free port and hands on what comes to another one, until either side ends. */
export async function startProxy(target: number): Promise<Proxy> {
  let to = target;
  let connections = 0;
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const join = (one: Socket, other: Socket): void => {
    sockets.add(one);
    one.setNoDelay().on('error', () => undefined);
    one.on('close', () => {
      sockets.delete(one);
      other.destroy();
    });
  };
  const server = createServer((near) => {
    connections += 1;
    const far = connect(to, '127.0.0.1');
    noteRequests(near, requests);
    near.pipe(far).pipe(near);
    join(near, far);
    join(far, near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    requests,
    leadTo: (port) => void (to = port),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
