import { encodeHeader, HEADER_LENGTH } from '../../client/protocol/index.js';
import { bare, type Reply } from './answer.js';
import type { FaultAction, Gate } from './faults.js';

/** The frame that says "wait": payload -1, all else 0; owserver/src/c/ping.c. */
export const KEEP_ALIVE = Buffer.alloc(HEADER_LENGTH);
encodeHeader(KEEP_ALIVE, { version: 0, payload: -1, code: 0, flags: 0, size: 0, offset: 0 });

/** An answer on its way, and what can be done to it. */
export interface Delivery {
  bytes: Buffer;
  write: (bytes: Buffer) => void;
  end: () => void;
  reset: () => void;
  sleep: (ms: number) => Promise<void>;
  gate: Gate;
}

/**
 * The frames that a fault puts in place of the answer; undefined when the request is to be served.
 */
export function insteadOf(actions: readonly FaultAction[]): Reply[] | undefined {
  for (const action of actions) {
    if (typeof action !== 'object') continue;
    if ('ret' in action) return [bare(action.ret)];
    if ('bytes' in action) return [];
  }
  return undefined;
}

/** Sends an answer through its faults, in their order; what is left of it goes out at the end. */
export async function deliver(delivery: Delivery, actions: readonly FaultAction[]): Promise<void> {
  for (const action of actions) {
    if (typeof action === 'object') await detain(delivery, action);
    else await spoil(delivery, action);
  }
  if (delivery.bytes.length > 0) delivery.write(delivery.bytes);
}

async function detain(delivery: Delivery, action: FaultAction & object): Promise<void> {
  if ('delayMs' in action) await delivery.sleep(action.delayMs);
  else if ('keepAlives' in action) delivery.write(repeated(KEEP_ALIVE, action.keepAlives));
  else if ('bytes' in action) delivery.bytes = action.bytes;
}

async function spoil(delivery: Delivery, action: FaultAction & string): Promise<void> {
  switch (action) {
    case 'hold':
      return delivery.gate.wait();
    case 'hang':
      return never();
    case 'half':
      delivery.write(takeBytes(delivery, delivery.bytes.length >> 1));
      return never();
    case 'half-close':
      delivery.write(takeBytes(delivery, delivery.bytes.length >> 1));
      finish(delivery, delivery.end);
      return;
    case 'close':
      finish(delivery, delivery.end);
      return;
    case 'reset':
      finish(delivery, delivery.reset);
      return;
    case 'twice':
      delivery.bytes = Buffer.concat([delivery.bytes, delivery.bytes]);
      return;
    case 'split':
      return trickle(delivery);
  }
}

function repeated(bytes: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes));
}

function takeBytes(delivery: Delivery, count: number): Buffer {
  const taken = delivery.bytes.subarray(0, count);
  delivery.bytes = delivery.bytes.subarray(count);
  return taken;
}

function finish(delivery: Delivery, how: () => void): void {
  delivery.bytes = Buffer.alloc(0);
  how();
}

/** One byte a turn, so that each travels in a segment of its own. */
async function trickle(delivery: Delivery): Promise<void> {
  while (delivery.bytes.length > 0) {
    delivery.write(takeBytes(delivery, 1));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The connection, not the answer, ends this wait. */
function never(): Promise<void> {
  return new Promise(() => undefined);
}
