import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import type { Socket } from 'node:net';

const FINAL_TEXT = 0x81;
const MASKED = 0x80;

/**
 * Connects to Node-RED as its editor does and asks for every status, which is then thrown away;
 * resolves with the way to leave.
 */
export function connectEditor(url: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    };
    const request = get(`${url}/comms`, { headers });
    request.once('error', reject);
    request.once('response', ({ statusCode }) => {
      reject(new Error(`Node-RED refused a web socket: ${statusCode ?? '?'}`));
    });
    request.once('upgrade', (_response, socket: Socket) => {
      socket.on('error', () => undefined).resume();
      socket.write(frame(JSON.stringify({ subscribe: 'status/#' })));
      resolve(() => socket.destroy());
    });
  });
}

/** A short text as a client's frame; a mask of zeros leaves the text as it is. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = Buffer.alloc(4);
  return Buffer.concat([Buffer.from([FINAL_TEXT, MASKED | payload.length]), mask, payload]);
}
