import { setTimeout as delay } from 'node:timers/promises';
import { connectionsOf } from '../processes.js';

/** owserver-config closes what it does not need after 10 s; its timer may start 10 s late. */
const SHRINK_MS = 30_000;
const POLL_MS = 500;

/** How many sockets a Node-RED has open to owserver, at once and when it has been idle. */
export async function showIdle(pid: number, port: number, nodes: number): Promise<void> {
  const start = performance.now();
  const first = await connectionsOf(pid, port);
  let open = first;
  while (open !== undefined && open > 1 && performance.now() - start < SHRINK_MS) {
    await delay(POLL_MS);
    open = await connectionsOf(pid, port);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const idle = `${open ?? '?'} when idle for ${seconds} s, wanted 1`;
  console.log(
    `\nsockets of ${nodes} ow-read nodes to owserver: ${first ?? '?'} after a load, ${idle}`,
  );
}
