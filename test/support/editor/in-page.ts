import type { FlowNode } from '../node-red.js';

/** What the tests use of the editor's own API. */
declare const RED: {
  nodes: {
    createCompleteNodeSet(): FlowNode[];
    dirty(): boolean;
  };
  workspaces: { active(): string };
  view: {
    focus(): void;
    importNodes(nodes: readonly FlowNode[], options: Readonly<Record<string, boolean>>): void;
  };
};

/** Calls back when the page has nothing else to do. */
declare const requestIdleCallback: (done: () => void, options: { timeout: number }) => void;

// Every function here is sent to the page as text: it may use nothing but its argument and RED.

/** Whether the editor has loaded its nodes and shows a flow. */
export function isReady(): boolean {
  // Asked from the first moment on, when the editor's scripts are still to come.
  return typeof RED !== 'undefined' && 'workspaces' in RED && Boolean(RED.workspaces.active());
}

/** The whole flow file, as a deploy would send it. */
export function completeFlow(): FlowNode[] {
  return RED.nodes.createCompleteNodeSet();
}

/** The id of the flow tab in front. */
export function activeFlow(): string {
  return RED.workspaces.active();
}

/** Whether there is something to deploy. */
export function isDirty(): boolean {
  return RED.nodes.dirty();
}

/** Gives the keyboard to the workspace. */
export function focusWorkspace(): void {
  RED.view.focus();
}

/** Places nodes on the flow in front, as they are. */
export function importNodes(nodes: readonly FlowNode[]): void {
  RED.view.importNodes(nodes, { touchImport: true, notify: false });
}

/** Resolves when the page has nothing else to do, after 5 s in any case. */
export function idle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 5_000 }));
}
