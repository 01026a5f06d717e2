/**
 * A node type for the benchmark only: sends the payload of an order to the node behind its first
 * output and, when that comes back, tells by its second output how long it took.
 */
import type { Message, NodeAPI, NodeConfig, RuntimeNode } from '../nodes/shared/red.js';
import type { Clocked } from './bus/writes.js';

type Outputs = [Message | null] | [null, { payload: Clocked }];
interface ClockNode extends Omit<RuntimeNode, 'send'> {
  send: (messages: Outputs) => void;
}

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('bench-clock', function (this: RuntimeNode, config: NodeConfig) {
    RED.nodes.createNode(this, config);
    const node = this as unknown as ClockNode;
    let start = 0;
    node.on('input', (msg, _send, done) => {
      if (msg.order) {
        start = performance.now();
        node.send([{ payload: msg.payload }]);
      } else node.send([null, { payload: { ms: performance.now() - start, ...errorOf(msg) } }]);
      done();
    });
  });
};

function errorOf({ error }: Message): { error?: string } {
  return error ? { error: String((error as { message?: unknown }).message) } : {};
}
