import { OwError, type OwserverClient } from '../../client/index.js';
import type { CheckedConfig, Settings, Typed } from '../../settings/setting.js';
import { CATALOGUE } from '../../words/sentences.js';
import { checkedConfig, type Saved } from './checked-config.js';
import { emit, emitSequence, type Output, type Place } from './emit.js';
import { toError, type Tell } from './failure.js';
import { localize, localized } from './localize.js';
import type { Done, Message, NodeAPI, NodeConfig, RuntimeNode, Send } from './red.js';
import { isServerNode, type ServerNode } from './server-node.js';
import { showValue } from './show-value.js';
import { StatusLine, type Look } from './status-line.js';
import { Stretch } from './stretch.js';
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
  /** A value as people see it below the node. */
  readonly show: (value: unknown, unit?: string) => string;
  /** The value that a typedInput stands for: at once or later; throws or rejects with an Error. */
  readonly evaluate: (field: Typed) => unknown;
  /** Puts an output into the message, where the output field says. */
  readonly emit: (field: Typed, output: Output) => Message[] | Promise<Message[]>;
  /** The messages of a sequence, one for each output. */
  readonly emitSequence: (field: Typed, outputs: readonly Output[]) => Promise<Message[]>;
}

/** What an operation leaves. */
export interface Outcome {
  /** To be sent. */
  readonly messages: readonly Message[];
  /** What people see of them below the node. */
  readonly shown: string;
  /** What colour they see it in. @default green */
  readonly look?: Look | undefined;
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
  const begin = (msg: Message): MessageWork => new MessageWork(own, clientOf(server), msg);
  const serve = (work: Work): Promise<Outcome> => {
    // Kept once it is right: what is wrong fails each message anew.
    config ??= checkedConfig(settings, saved);
    return operate(work, config);
  };
  node.on('input', (msg, send, done) => {
    const finish: Done = (error) => done(error && localized(RED, error));
    // A rejection that nobody handles ends the whole of Node-RED.
    run(status, { begin, serve }, msg, send, finish).catch((thrown: unknown) =>
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
interface Tools extends Pick<Work, 'tell' | 'translate'> {
  readonly place: Place;
  readonly status: StatusLine;
  /** Words for yes and no, looked up once: most values are read again and again. */
  readonly words: { readonly on: string; readonly off: string };
}

function toolsOf(RED: NodeAPI, node: RuntimeNode, status: StatusLine): Tools {
  const translate: Work['translate'] = (key, params) => RED._(`${CATALOGUE}${key}`, params);
  return {
    place: { RED, node },
    status,
    words: { on: translate('value.on'), off: translate('value.off') },
    tell: (error) => localize(RED, error),
    translate,
  };
}

/** A class, so that a message costs one object and one function of its own. */
class MessageWork implements Work {
  readonly client: OwserverClient;
  readonly msg: Message;
  readonly tell: Tell;
  readonly translate: Work['translate'];
  readonly onWait: Work['onWait'];
  readonly #tools: Tools;
  readonly #life: { ended: boolean };

  constructor(tools: Tools, client: OwserverClient, msg: Message) {
    this.client = client;
    this.msg = msg;
    this.tell = tools.tell;
    this.translate = tools.translate;
    this.#tools = tools;
    const { status } = tools;
    // Not all of the message: whoever keeps this for a while would keep that, too.
    const life = { ended: false };
    this.#life = life;
    this.onWait = (waitedMs) => {
      if (!life.ended) status.waiting(waitedMs);
    };
  }

  /** The message has its outcome: what else was begun for it may go on, and is not shown any more. */
  end(): void {
    this.#life.ended = true;
  }

  show(value: unknown, unit?: string): string {
    const { on, off } = this.#tools.words;
    return typeof value === 'boolean' ? (value ? on : off) : showValue(value, unit);
  }

  evaluate(field: Typed): unknown {
    const { RED, node } = this.#tools.place;
    return evaluate(RED, node, field, this.msg);
  }

  emit(field: Typed, output: Output): Message[] | Promise<Message[]> {
    return emit(this.#tools.place, field, this.msg, output);
  }

  emitSequence(field: Typed, outputs: readonly Output[]): Promise<Message[]> {
    return emitSequence(this.#tools.place, field, this.msg, outputs);
  }
}

/** How a message is served. */
interface Service {
  readonly begin: (msg: Message) => MessageWork;
  readonly serve: (work: Work) => Promise<Outcome>;
}

/** The one place where a message ends: sent and done, or done with an error. */
async function run(
  status: StatusLine,
  { begin, serve }: Service,
  msg: Message,
  send: Send,
  done: Done,
): Promise<void> {
  let work: MessageWork | undefined;
  try {
    work = begin(msg);
    const { messages, shown, look } = await serve(work);
    work.end();
    status.succeeded(shown, look);
    const [first] = messages;
    if (messages.length > 1) await sendAll(send, messages);
    else if (first) send(first);
  } catch (thrown) {
    work?.end();
    const error = toError(thrown);
    status.failed(error);
    done(error);
    return;
  }
  done();
}

/** One by one: of several at a time Node-RED would copy all but the first once more. */
async function sendAll(send: Send, messages: readonly Message[]): Promise<void> {
  const stretch = new Stretch();
  for (const message of messages) {
    send(message);
    await stretch.rest();
  }
}

function clientOf(server: ServerNode | undefined): OwserverClient {
  if (!server) throw new OwError('noServer');
  if (!server.client) throw server.problem ?? new OwError('noServer');
  return server.client;
}
