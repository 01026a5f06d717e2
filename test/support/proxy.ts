import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port that never refuses, whatever becomes of what is behind it: always `close()` it. */
export interface Proxy {
  readonly port: number;
  /** Connections so far. */
  readonly connections: number;
  /** From now on new connections lead here. */
  leadTo: (port: number) => void;
  close: () => Promise<void>;
}

/** Listens on a free port and hands on what comes to another one, until either side ends. */
export async function startProxy(target: number): Promise<Proxy> {
  let to = target;
  let connections = 0;
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
    leadTo: (port) => void (to = port),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
