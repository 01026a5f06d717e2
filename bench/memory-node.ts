/** A node type for the benchmark only: tells what memory is in use once all garbage is gone. */
import type { NodeAPI, NodeConfig, RuntimeNode } from '../nodes/shared/red.js';

/** Garbage that only a finalizer sets free is gone with the second or third time. */
const TIMES = 3;

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('bench-memory', function (this: RuntimeNode, config: NodeConfig) {
    RED.nodes.createNode(this, config);
    this.on('input', (_msg, send, done) => {
      void collect().then(() => {
        send({ payload: process.memoryUsage() });
        done();
      });
    });
  });
};

async function collect(): Promise<void> {
  for (let time = 0; time < TIMES; time += 1) {
    await new Promise((resolve) => void setTimeout(resolve, 50));
    globalThis.gc?.();
  }
}
