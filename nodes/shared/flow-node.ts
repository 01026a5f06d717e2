import { OwError, type OwserverClient } from '../../client/index.js';
import type { CheckedConfig, Settings, Typed } from '../../settings/setting.js';
import { CATALOGUE } from '../../words/sentences.js';
import { checkedConfig, type Saved } from './checked-config.js';
import { emit, type Output } from './emit.js';
import type { Tell } from './failure.js';
import { localize, localized } from './localize.js';
import type { Done, Message, NodeAPI, NodeConfig, RuntimeNode, Send } from './red.js';
import { isServerNode, type ServerNode } from './server-node.js';
import { StatusLine } from './status-line.js';
import { evaluate } from './typed-input.js';

/** What an operation works with, for one message: all of Node-RED that it needs. */
export interface Work {
  readonly client: OwserverClient;
  readonly msg: Message;
  /** To be given to the client, so that the node shows a wait for the bus. */
  readonly onWait: (waitedMs: number) => void;
  /** Says an error in the language of the runtime. */
  readonly tell: Tell;
  /** A text of the shared catalogue in the language of the runtime. */
  readonly translate: NodeAPI['_'];
  /** The value that a typedInput stands for: at once or later; throws or rejects with an Error. */
  readonly evaluate: (field: Typed) => unknown;
  /** Puts outputs into messages, each where the output field says; `sequence` numbers them. */
  readonly emit: (
    field: Typed,
    outputs: readonly Output[],
    sequence?: boolean,
  ) => Message[] | Promise<Message[]>;
}

/** What an operation leaves: the messages to send, and what people see of them below the node. */
export interface Outcome {
  readonly messages: readonly Message[];
  readonly shown: () => string;
}

/** What a node does with one message; it rejects when the message fails. */
export type Operation<Config> = (work: Work, config: Config) => Promise<Outcome>;

/** A flow node as the runtime hands it over. */
export type SavedNode = NodeConfig & { readonly server: string } & Saved;

/**
 * Makes a node of an operation: status, one outcome for each message, and a clean end. `saved` is the
 * very object that Node-RED gave: a copy of it lacks the hidden link to the flow (registry/lib, createNode).
 */
export function runFlowNode<All extends Settings>(
  RED: NodeAPI,
  node: RuntimeNode,
  saved: SavedNode,
  settings: All,
  operate: Operation<CheckedConfig<All>>,
): void {
  RED.nodes.createNode(node, saved);
  const status = new StatusLine(RED, node);
  const found = RED.nodes.getNode(saved.server);
  const server = isServerNode(found) ? found : undefined;
  const leave = server?.join(node, (state) => status.connection(state));
  if (!server?.client) status.misconfigured();

  const own = toolsOf(RED, node, status);
  let config: CheckedConfig<All> | undefined;
  const serve = (msg: Message): Promise<Outcome> => {
    const work = new MessageWork(own, clientOf(server), msg);
    // Kept once it is right: what is wrong fails each message anew.
    config ??= checkedConfig(settings, saved);
    return operate(work, config);
  };
  node.on('input', (msg, send, done) => {
    const finish: Done = (error) => done(error && localized(RED, error));
    // A rejection that nobody handles ends the whole of Node-RED.
    run(status, serve, msg, send, finish).catch((thrown: unknown) =>
      node.error(localized(RED, toError(thrown))),
    );
  });
  node.on('close', (_removed, done) => {
    leave?.();
    status.close();
    done();
  });
}

/** What all messages of a node share. */
interface Tools extends Pick<Work, 'onWait' | 'tell' | 'translate'> {
  readonly RED: NodeAPI;
  readonly node: RuntimeNode;
}

function toolsOf(RED: NodeAPI, node: RuntimeNode, status: StatusLine): Tools {
  return {
    RED,
    node,
    onWait: (waitedMs) => status.waiting(waitedMs),
    tell: (error) => localize(RED, error),
    translate: (key, params) => RED._(`${CATALOGUE}${key}`, params),
  };
}

/** A class, so that a message costs one object and no function of its own. */
class MessageWork implements Work {
  readonly client: OwserverClient;
  readonly msg: Message;
  readonly onWait: Work['onWait'];
  readonly tell: Tell;
  readonly translate: Work['translate'];
  readonly #tools: Tools;

  constructor(tools: Tools, client: OwserverClient, msg: Message) {
    this.client = client;
    this.msg = msg;
    this.onWait = tools.onWait;
    this.tell = tools.tell;
    this.translate = tools.translate;
    this.#tools = tools;
  }

  evaluate(field: Typed): unknown {
    return evaluate(this.#tools.RED, this.#tools.node, field, this.msg);
  }

  emit(
    field: Typed,
    outputs: readonly Output[],
    sequence?: boolean,
  ): Message[] | Promise<Message[]> {
    return emit(this.#tools.RED, this.#tools.node, field, this.msg, outputs, sequence);
  }
}

/** The one place where a message ends: sent and done, or done with an error. */
async function run(
  status: StatusLine,
  serve: (msg: Message) => Promise<Outcome>,
  msg: Message,
  send: Send,
  done: Done,
): Promise<void> {
  try {
    const { messages, shown } = await serve(msg);
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
