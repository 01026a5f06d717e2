/**
 * A node type for the benchmark only: told by an order, it sends a message into the node behind its
 * first output every few milliseconds, as a flow in a house may; the sample leaves by its second.
 */
import type { Message, NodeAPI, NodeConfig, RuntimeNode } from '../nodes/shared/red.js';
import type { Order, Sample } from './measure.js';

type Outputs = [Message | null] | [null, { payload: Sample }];
interface PaceNode extends Omit<RuntimeNode, 'send'> {
  send: (messages: Outputs) => void;
}

/** Messages that came back so far, and how many with another value than expected. */
interface Back {
  all: number;
  wrong: number;
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType(
    'bench-pace',
    function (this: RuntimeNode, config: NodeConfig & { everyMs: number }) {
      RED.nodes.createNode(this, config);
      const node = this as unknown as PaceNode;
      const back: Back = { all: 0, wrong: 0 };
      node.on('input', (msg, _send, done) => {
        if (msg.order) void run(node, config.everyMs, back, msg.order as Order);
        else {
          back.all += 1;
          if (msg.error !== undefined || msg.payload !== msg.expected) back.wrong += 1;
        }
        done();
      });
    },
  );
};

async function run(node: PaceNode, everyMs: number, back: Back, order: Order): Promise<void> {
  Object.assign(back, { all: 0, wrong: 0 });
  let sent = 0;
  const timer = setInterval(() => {
    const { path, text } = order.targets[sent % order.targets.length]!;
    sent += 1;
    node.send([{ topic: path, expected: Number(text) }]);
  }, everyMs);
  await later(order.rampMs);
  const start = { reads: back.all, at: performance.now(), cpu: process.cpuUsage() };
  await later(order.ms);
  const { user, system } = process.cpuUsage(start.cpu);
  const sample = { reads: back.all - start.reads, ms: performance.now() - start.at };
  clearInterval(timer);
  while (back.all < sent) await later(everyMs);
  const { all: allReads, wrong } = back;
  node.send([null, { payload: { ...sample, cpuUs: user + system, allReads, wrong } }]);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
