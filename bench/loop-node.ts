/**
 * A node type for the benchmark only: told by an order, it sends messages into the node behind its
 * first output and, for each that comes back, the next; the sample leaves by its second output.
 */
import type { Message, NodeAPI, NodeConfig, RuntimeNode } from '../nodes/shared/red.js';
import { measure, type Order, type ReadOne, type Sample } from './measure.js';

type Outputs = [Message | null] | [null, { payload: Sample }];
interface LoopNode extends Omit<RuntimeNode, 'send'> {
  send: (messages: Outputs) => void;
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('bench-loop', function (this: RuntimeNode, config: NodeConfig) {
    RED.nodes.createNode(this, config);
    const node = this as unknown as LoopNode;
    const back: ((msg: Message) => void)[] = [];
    const slot = (at: number): ReadOne => {
      return ({ path, text }, done) => {
        back[at] = (msg) => done(msg.error === undefined && msg.payload === Number(text));
        node.send([{ topic: path, slot: at }]);
      };
    };
    node.on('input', (msg, _send, done) => {
      if (msg.order) void start(node, slot, msg.order as Order);
      else back[Number(msg.slot)]?.(msg);
      done();
    });
  });
};

async function start(node: LoopNode, slot: (at: number) => ReadOne, order: Order): Promise<void> {
  const slots = Array.from({ length: order.underWay }, (_, at) => slot(at));
  node.send([null, { payload: await measure(slots, order) }]);
}
