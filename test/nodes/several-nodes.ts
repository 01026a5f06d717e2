import { helper, type LoadedNode } from '../support/test-helper.js';
import { heardBy, NODES, type Heard } from './flow.js';

/** One of several nodes under test, with what it sent. */
export interface OneNode {
  readonly id: string;
  readonly node: LoadedNode;
  readonly sent: Heard;
}

/** Several nodes under test that share a server and a Catch node. */
export interface SeveralNodes {
  /** In the order in which they were given. */
  readonly nodes: readonly OneNode[];
  /** What the Catch node got, of all of them. */
  readonly caught: Heard;
  /** The codes of errors at the Catch node of one of them, as far as it got them yet. */
  caughtOf: (id: string) => string[];
  /** Resolves with the next message of each node. */
  next: () => Promise<unknown>;
}

/** Runs several nodes with one server; `unloadFlow` ends them. */
export async function loadSeveral(
  given: readonly { type: string; [field: string]: unknown }[],
  server: Record<string, unknown>,
): Promise<SeveralNodes> {
  const at = { z: 'tab', x: 0, y: 0 };
  const named = given.map((node, index) => ({ id: `node-${index}`, ...node }));
  const outs = named.map(({ id }) => ({ id: `out-of-${id}`, ...at, type: 'helper', wires: [] }));
  await helper.load(NODES, [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', ...server },
    ...named.map((node) => ({ server: 'server', ...at, ...node, wires: [[`out-of-${node.id}`]] })),
    ...outs,
    { id: 'catch', ...at, type: 'catch', scope: null, wires: [['caught']] },
    { id: 'caught', ...at, type: 'helper', wires: [] },
  ]);
  const nodes = named.map(({ id }) => ({
    id,
    node: helper.getNode(id),
    sent: heardBy(`out-of-${id}`),
  }));
  const caught = heardBy('caught');
  return {
    nodes,
    caught,
    caughtOf: (id) =>
      caught.all
        .map(({ error }) => error as { code: string; source: { id: string } })
        .filter(({ source }) => source.id === id)
        .map(({ code }) => code),
    next: () => Promise.all(nodes.map(({ sent }) => sent.next())),
  };
}
