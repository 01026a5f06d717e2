import assert from 'node:assert/strict';
import type { FlowNode, NodeRedProcess } from '../support/node-red.js';

/** How a message ended in a real Node-RED. */
export interface Ended {
  readonly mark: number;
  readonly failed: boolean;
  readonly code?: string;
  readonly message?: string;
}

/** A flow of one node of ours between an inject and probes at its output, its Catch and its Complete. */
export function flowOf(
  node: { type: string; [field: string]: unknown },
  server: object,
): FlowNode[] {
  const at = { z: 'tab', x: 100, y: 100 };
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', ...server },
    { id: 'in', type: 'test-inject', ...at, wires: [['node']] },
    { id: 'node', server: 'server', ...node, ...at, wires: [['out']] },
    { id: 'out', type: 'test-probe', ...at, wires: [] },
    { id: 'watch', type: 'complete', scope: ['node'], ...at, wires: [['completed']] },
    { id: 'completed', type: 'test-probe', ...at, wires: [] },
    { id: 'catch', type: 'catch', scope: ['node'], ...at, wires: [['caught']] },
    { id: 'caught', type: 'test-probe', ...at, wires: [] },
  ];
}

/** Sends messages and waits for one outcome of each. */
export class Sender {
  readonly #nodeRed: NodeRedProcess;
  #mark = 0;

  constructor(nodeRed: NodeRedProcess) {
    this.#nodeRed = nodeRed;
  }

  /** Sends one message; resolves with its outcome. */
  async send(msg: object, waitMs = 10_000): Promise<Ended> {
    const mark = (this.#mark += 1);
    await this.#nodeRed.inject('in', { ...msg, mark });
    return this.#outcome(mark, waitMs);
  }

  /** Fails when a message has no outcome or several, or was sent on and failed. */
  assertOneOutcomeEach(): void {
    const counts = new Map<number, string[]>();
    for (const { probe, msg } of this.#nodeRed.messages) {
      const mark = Number(msg.mark);
      counts.set(mark, [...(counts.get(mark) ?? []), probe]);
    }
    for (let mark = 1; mark <= this.#mark; mark += 1) {
      const ends = (counts.get(mark) ?? []).sort().join(' ');
      assert.ok(ends === 'completed out' || ends === 'caught', `message ${mark} ended as: ${ends}`);
    }
  }

  async #outcome(mark: number, waitMs: number): Promise<Ended> {
    const { probe, msg } = await this.#nodeRed.waitForMessage(
      (message) => message.msg.mark === mark && message.probe !== 'out',
      `the outcome of message ${mark}`,
      waitMs,
    );
    const error = msg.error as { code?: string; message?: string } | undefined;
    return { mark, failed: probe === 'caught', ...error };
  }
}
