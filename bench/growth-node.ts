/**
 * A node type for the benchmark only: counts what comes in from nodes that look by themselves and, told by an
 * order, says what went on in this Node-RED for a while.
 */
import type { Message, NodeAPI, NodeConfig, RuntimeNode } from '../nodes/shared/red.js';
import type { Growth, GrowthOrder, Held } from './watch/growth-order.js';

/** What came in. */
interface Counts {
  messages: number;
  values: number;
  wrong: number;
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('bench-growth', function (this: RuntimeNode, config: NodeConfig) {
    RED.nodes.createNode(this, config);
    const counts: Counts = { messages: 0, values: 0, wrong: 0 };
    this.on('input', (msg, send, done) => {
      if (msg.order)
        void observe(counts, msg.order as GrowthOrder).then((growth) => send({ payload: growth }));
      else count(counts, msg);
      done();
    });
  });
};

function count(counts: Counts, msg: Message): void {
  const { payload, error } = msg;
  const values = typeof payload === 'object' && payload ? Object.values(payload) : [payload];
  counts.messages += 1;
  counts.values += values.length;
  if (error !== undefined || !values.every((value) => typeof value === 'number')) counts.wrong += 1;
}

/** CPU first, and then the loop: to look at that takes CPU itself. */
async function observe(counts: Counts, { everyMs, ticks }: GrowthOrder): Promise<Growth> {
  Object.assign(counts, { messages: 0, values: 0, wrong: 0 });
  const start = process.cpuUsage();
  await later(everyMs * ticks);
  const { user, system } = process.cpuUsage(start);
  const held: Held[] = [];
  for (let tick = 0; tick < ticks; tick += 1) held.push(await longestHold(everyMs));
  return { ...counts, cpuUs: user + system, held };
}

/** How often it is looked whether the event loop turns, in milliseconds. */
const LOOK_MS = 1;

/** The longest time within so many milliseconds in which the loop did not turn. */
async function longestHold(ms: number): Promise<Held> {
  const longest = { ownMs: 0, clockMs: 0 };
  let at = performance.now();
  let cpu = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(cpu);
    const clockMs = Math.max(0, performance.now() - at - LOOK_MS);
    longest.clockMs = Math.max(longest.clockMs, clockMs);
    longest.ownMs = Math.max(longest.ownMs, Math.min(clockMs, (user + system) / 1000));
    at = performance.now();
    cpu = process.cpuUsage();
  }, LOOK_MS);
  await later(ms);
  clearInterval(timer);
  return longest;
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
