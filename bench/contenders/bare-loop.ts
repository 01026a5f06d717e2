/**
 * The most that one request at a time on each persistent connection can give: requests made
 * beforehand, no queue, no timer, no decoding; only the end of the frame is looked for.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeRequest, Flag, HEADER_LENGTH, MessageType } from '../../client/protocol/index.js';
import type { Order, ReadOne, Target } from '../measure.js';
import { CONNECTIONS, READ_SIZE } from '../settings.js';
import { serve } from './serve.js';

interface Prepared {
  readonly request: Buffer;
  readonly answer: Buffer;
}

serve(async ({ port, underWay, targets }: Order) => {
  const prepared = new Map(targets.map((target) => [target, prepare(target)]));
  const count = Math.min(underWay, CONNECTIONS);
  const sockets = await Promise.all(Array.from({ length: count }, () => open(port)));
  return {
    read: sockets.map((socket) => reader(socket, prepared)),
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
});

function prepare({ path, text }: Target): Prepared {
  const flags = Flag.ownet | Flag.persistent;
  const type = MessageType.read;
  const bytes = Buffer.from(path);
  const request = encodeRequest({ type, path: bytes, flags, size: READ_SIZE, offset: 0 });
  return { request, answer: Buffer.from(text) };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

function reader(socket: Socket, prepared: ReadonlyMap<Target, Prepared>): ReadOne {
  let received: Buffer = Buffer.alloc(0);
  let wanted = received;
  let done: ((right: boolean) => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    if (received.length < HEADER_LENGTH) return;
    const end = HEADER_LENGTH + Math.max(received.readInt32BE(4), 0);
    if (received.length < end) return;
    const right = received.subarray(HEADER_LENGTH, end).equals(wanted);
    received = received.subarray(end);
    done?.(right);
  });
  return (target, whenDone) => {
    const { request, answer } = prepared.get(target) ?? prepare(target);
    wanted = answer;
    done = whenDone;
    socket.write(request);
  };
}
