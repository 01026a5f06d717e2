import type { FlowNode } from '../test/support/node-red.js';

const TAB = 'tab';

/** Nodes without a place on their tab are configuration nodes to Node-RED (runtime/lib/flows/util.js, parseConfig). */
const PLACE = { z: TAB, x: 100, y: 100 };

/** The flows of a benchmark: configuration nodes, and nodes on one tab. */
export function flowsOf(configs: readonly FlowNode[], nodes: readonly FlowNode[]): FlowNode[] {
  const tab = { id: TAB, type: 'tab', label: 'benchmark' };
  return [tab, ...configs, ...nodes.map((node) => ({ ...node, ...PLACE }))];
}

/** An owserver-config for an owserver on this machine. */
export function serverNode(id: string, port: number, settings: object = {}): FlowNode {
  return { id, type: 'owserver-config', host: '127.0.0.1', port, ...settings };
}

/** Sends what fails in a node to another one. */
export function catchNode(id: string, to: string): FlowNode {
  return { id: `${id}-failed`, type: 'catch', scope: [id], uncaught: false, wires: [[to]] };
}
