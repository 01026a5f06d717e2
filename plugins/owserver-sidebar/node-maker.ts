/** Node that a part of the bus can become. */
export type NodeType = 'ow-read' | 'ow-write' | 'ow-dir';

/** A node to be made: its type, server and path. */
export interface Wanted {
  readonly type: NodeType;
  readonly server: string;
  readonly path: string;
}

/** Where on the flow; units of the workspace, not of the screen. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const GRID = 20;

/** Between the nodes of a flow. */
const GAP = 60;

/** Width that the editor begins with; its view.js, `node_width`. */
const NARROW = 100;

/** Puts a node on the active flow, with the settings of its type and its path; it can be undone. */
export function insertNode(wanted: Wanted, place: Place): void {
  put([centred(ready(wanted), place)]);
}

/** Puts a flow there that reads a path every minute and shows the value: to try it, and to build on. */
export function insertExample(wanted: Wanted, { x, y }: Place): void {
  const read = ready(wanted);
  const output = { ...base('debug'), ...DEBUG };
  const input = { ...base('inject'), ...INJECT, wires: [[read.id]] };
  const nodes = [input, { ...read, wires: [[output.id]] }, output];
  const widths = nodes.map(widthOf);
  const all = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  let left = Math.max(GRID, x - all / 2);
  put(
    nodes.map((node, at) => {
      const width = widths[at] ?? 0;
      const placed = centred(node, { x: left + width / 2, y });
      left += width + GAP;
      return placed;
    }),
  );
}

/** Adds a server to the configuration; it can be undone. */
export function addServer(settings: object): void {
  put([
    { id: RED.nodes.id(), type: 'owserver-config', ...defaults('owserver-config'), ...settings },
  ]);
}

const INJECT = {
  props: [{ p: 'payload' }],
  repeat: '60',
  once: true,
  onceDelay: 0.1,
  topic: '',
  payload: '',
  payloadType: 'date',
  crontab: '',
};

const DEBUG = {
  active: true,
  tosidebar: true,
  console: false,
  tostatus: false,
  complete: 'payload',
  targetType: 'msg',
  statusVal: '',
  statusType: 'auto',
};

interface NewNode extends Place {
  readonly [setting: string]: unknown;
  readonly id: string;
  readonly type: string;
  readonly wires: readonly (readonly string[])[];
}

function ready({ type, server, path }: Wanted): NewNode {
  return { ...base(type), ...defaults(type), server, path, pathType: 'str', wires: [[]] };
}

function base(type: string): NewNode {
  return { id: RED.nodes.id(), type, z: RED.workspaces.active(), x: 0, y: 0, wires: [] };
}

/** How wide the label makes a node. */
function widthOf(node: NewNode): number {
  const definition = RED.nodes.getType(node.type);
  const [width] = RED.view.calculateNodeDimensions({
    ...node,
    _def: definition,
    _: definition?._,
  });
  return width;
}

/** The editor keeps the left end where it is when the label makes the node wider than at first. */
function centred(node: NewNode, { x, y }: Place): NewNode {
  return { ...node, x: snap(x) - (widthOf(node) - NARROW) / 2, y: snap(y) };
}

/** The settings that a node of this type begins with. */
function defaults(type: string): Record<string, unknown> {
  const fields = RED.nodes.getType(type)?.defaults ?? {};
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
}

function snap(position: number): number {
  return Math.max(GRID, Math.round(position / GRID) * GRID);
}

function put(nodes: readonly object[]): void {
  RED.view.importNodes(nodes, { touchImport: true, notify: false, applyNodeDefaults: true });
  RED.nodes.dirty(true);
  RED.view.redraw(true);
  // So that the keys for undo are meant for the flow.
  RED.view.focus();
}
