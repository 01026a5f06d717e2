import { OwError, type OwserverClient } from '../../client/index.js';
import type { Tell } from './failure.js';
import { localize, localized } from './localize.js';
import type { Done, Message, NodeAPI, NodeConfig, RuntimeNode, Send } from './red.js';
import { isServerNode, type ServerNode } from './server-node.js';
import { StatusLine } from './status-line.js';

/** What an operation works with, for one message. */
export interface Work {
  readonly client: OwserverClient;
  readonly msg: Message;
  /** To be given to the client, so that the node shows a wait for the bus. */
  readonly onWait: (waitedMs: number) => void;
  /** Says an error in the language of the runtime. */
  readonly tell: Tell;
}

/** What an operation leaves: the messages to send, and what people see of them below the node. */
export interface Outcome {
  readonly messages: readonly Message[];
  readonly shown: () => string;
}

/** What a node does with one message; it rejects when the message fails. */
export type Operation = (work: Work) => Promise<Outcome>;

/**
 * Makes a node of an operation: status, one outcome for each message, and a clean end. `saved` is the
 * very object that Node-RED gave: a copy of it lacks the hidden link to the flow (registry/lib, createNode).
 */
export function runFlowNode(
  RED: NodeAPI,
  node: RuntimeNode,
  saved: NodeConfig & { server: string },
  operate: Operation,
): void {
  RED.nodes.createNode(node, saved);
  const status = new StatusLine(RED, node);
  const found = RED.nodes.getNode(saved.server);
  const server = isServerNode(found) ? found : undefined;
  const leave = server?.join(node, (state) => status.connection(state));
  const tell: Tell = (error) => localize(RED, error);
  if (!server?.client) status.misconfigured();

  node.on('input', (msg, send, done) => {
    const work = { msg, onWait: (ms: number) => status.waiting(ms), tell };
    const finish: Done = (error) => done(error && localized(RED, error));
    // A rejection that nobody handles ends the whole of Node-RED.
    run(server, status, operate, work, send, finish).catch((thrown: unknown) =>
      node.error(localized(RED, toError(thrown))),
    );
  });
  node.on('close', (_removed, done) => {
    leave?.();
    status.close();
    done();
  });
}

/** The one place where a message ends: sent and done, or done with an error. */
async function run(
  server: ServerNode | undefined,
  status: StatusLine,
  operate: Operation,
  work: Omit<Work, 'client'>,
  send: Send,
  done: Done,
): Promise<void> {
  try {
    const { messages, shown } = await operate({ ...work, client: clientOf(server) });
    status.succeeded(shown);
    sendAll(send, messages);
  } catch (thrown) {
    const error = toError(thrown);
    status.failed(error);
    done(error);
    return;
  }
  done();
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function sendAll(send: Send, messages: readonly Message[]): void {
  const [first] = messages;
  if (first && messages.length === 1) send(first);
  else if (first) send([[...messages]]);
}

function clientOf(server: ServerNode | undefined): OwserverClient {
  if (!server) throw new OwError('noServer');
  if (!server.client) throw server.problem ?? new OwError('noServer');
  return server.client;
}
