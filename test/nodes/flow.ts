import owDir = require('../../nodes/ow-dir/ow-dir.js');
import owRead = require('../../nodes/ow-read/ow-read.js');
import owWrite = require('../../nodes/ow-write/ow-write.js');
import owserverConfig = require('../../nodes/owserver-config/owserver-config.js');
import type { Message, NodeStatus } from '../../nodes/shared/red.js';
import { coreNode, helper, type LoadedNode } from '../support/test-helper.js';

/** How a message ended. */
export interface Outcome {
  /** Messages that the node sent for it. */
  readonly messages: readonly Message[];
  /** What a Catch node got; missing when the message was done. */
  readonly error?: { message: string; code?: string };
  /** The message as the Catch or Complete node got it. */
  readonly msg: Message;
}

/** A flow with one node under test. */
export interface Flow {
  /** Sends a message in, and resolves with its outcome; fails when there is more than one. */
  send: (msg: Message) => Promise<Outcome>;
  /** What the node sent by itself or for messages, and what a Catch node got, since the flow was loaded. */
  readonly sent: Heard;
  readonly caught: Heard;
  /** What the node showed so far, last one last. */
  statuses: () => readonly NodeStatus[];
  /** Resolves when the node shows a status that fits. */
  shows: (fits: (status: NodeStatus) => boolean) => Promise<NodeStatus>;
  readonly node: LoadedNode;
  readonly server: LoadedNode;
}

/** Messages that one of the nodes behind the node under test got. */
export interface Heard {
  readonly all: readonly Message[];
  /** The next one that nobody has taken, and that fits; what does not fit is skipped. */
  next: (fits?: (msg: Message) => boolean) => Promise<Message>;
}

const TAB = 'tab';

/** Every node of ours, and those of Node-RED that messages can end in. */
export const NODES = [
  owserverConfig,
  owRead,
  owWrite,
  owDir,
  coreNode('common/24-complete.js'),
  coreNode('common/25-catch.js'),
  coreNode('network/05-tls.js'),
];

/** Runs one node with its server, everything that its messages can end in, and other nodes that are named. */
export async function loadFlow(
  node: { type: string; [field: string]: unknown },
  server: Record<string, unknown> | undefined,
  others: readonly object[] = [],
): Promise<Flow> {
  const flow: object[] = [
    { id: TAB, type: 'tab', label: 'test' },
    { id: 'under-test', z: TAB, x: 0, y: 0, server: 'server', ...node, wires: [['out']] },
    { id: 'out', z: TAB, x: 0, y: 0, type: 'helper', wires: [] },
    {
      id: 'complete',
      z: TAB,
      x: 0,
      y: 0,
      type: 'complete',
      scope: ['under-test'],
      wires: [['completed']],
    },
    { id: 'completed', z: TAB, x: 0, y: 0, type: 'helper', wires: [] },
    { id: 'catch', z: TAB, x: 0, y: 0, type: 'catch', scope: ['under-test'], wires: [['caught']] },
    { id: 'caught', z: TAB, x: 0, y: 0, type: 'helper', wires: [] },
  ];
  if (server) flow.push({ id: 'server', type: 'owserver-config', ...server });
  flow.push(...others);
  await helper.load(NODES, flow);
  const underTest = helper.getNode('under-test');
  return {
    node: underTest,
    server: helper.getNode('server'),
    sent: heardBy('out'),
    caught: heardBy('caught'),
    send: sender(underTest),
    statuses: () => underTest.status.args.map(([status]) => status),
    shows: (fits) => whenShown(underTest, fits),
  };
}

/** Ends the flow; call it after each test. */
export async function unloadFlow(): Promise<void> {
  await helper.unload();
}

/** Follows what a node gets from now on. */
export function heardBy(id: string): Heard {
  const all: Message[] = [];
  let taken = 0;
  let wake = (): void => undefined;
  helper.getNode(id).on('input', (msg: Message) => {
    all.push(msg);
    wake();
  });
  return {
    all,
    async next(fits = () => true) {
      for (;;) {
        const msg = all[taken];
        if (msg) {
          taken += 1;
          if (fits(msg)) return msg;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

function sender(underTest: LoadedNode): Flow['send'] {
  let count = 0;
  const ends: { msg: Message; failed: boolean }[] = [];
  const sent: Message[] = [];
  const waiting = new Set<() => void>();
  const listen = (id: string, note: (msg: Message) => void): void => {
    helper.getNode(id).on('input', (msg: Message) => {
      note(msg);
      for (const look of waiting) look();
    });
  };
  listen('out', (msg) => sent.push(msg));
  listen('completed', (msg) => ends.push({ msg, failed: false }));
  listen('caught', (msg) => ends.push({ msg, failed: true }));
  return async (msg) => {
    const mark = `message ${(count += 1)}`;
    underTest.receive({ ...msg, mark });
    const mine = (): typeof ends => ends.filter((end) => end.msg.mark === mark);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (mine().length === 0) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
    // Messages are delivered one turn after they are sent: a second outcome would come now.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const [end, ...more] = mine();
    if (!end || more.length > 0) throw new Error(`${mark} has ${mine().length} outcomes`);
    const messages = sent.filter((each) => each.mark === mark);
    if (end.failed && messages.length > 0) throw new Error(`${mark} was sent and failed`);
    const error = end.msg.error as Outcome['error'];
    return { messages, msg: end.msg, ...(end.failed && error && { error }) };
  };
}

function whenShown(node: LoadedNode, fits: (status: NodeStatus) => boolean): Promise<NodeStatus> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = node.status.args.map(([status]) => status).find(fits);
      if (found) resolve(found);
      return found !== undefined;
    };
    if (!look()) node.on('call:status', look);
  });
}
