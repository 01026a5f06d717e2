import { OwError, type Look, type OwserverClient } from '../../client/index.js';
import type { CheckedConfig, Settings } from '../../settings/setting.js';
import { CATALOGUE } from '../../words/sentences.js';
import { act, hasAction, type Repeat } from './actions.js';
import { checkedConfig, type Saved } from './checked-config.js';
import { toError } from './failure.js';
import { localize, localized } from './localize.js';
import type { Done, Message, NodeAPI, NodeConfig, RuntimeNode, Send } from './red.js';
import { sendAll } from './send-all.js';
import { isServerNode, type ServerNode } from './server-node.js';
import { StatusLine } from './status-line.js';
import { NodeWatch, type LookFor, type Repeating, type WatchKind } from './watching.js';
import { MessageWork, type Outcome, type Tools, type Work } from './work.js';

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
  const flow = new FlowNode(RED, node, saved, () => checkedConfig(settings, saved));
  flow.run(operate);
}

/** Makes a node that also looks by itself; `check` says what it works with. */
export function runWatchingNode<Config extends Repeating, L extends Look>(
  RED: NodeAPI,
  node: RuntimeNode,
  saved: SavedNode,
  check: (saved: SavedNode) => Config,
  kind: WatchKind<Config, L>,
): void {
  const flow = new FlowNode(RED, node, saved, () => check(saved));
  let watch: NodeWatch<Config, L> | undefined;
  const watching = (): NodeWatch<Config, L> =>
    (watch ??= new NodeWatch(kind, flow.tools, flow.client, flow.config));
  const repeat: Repeat = {
    get repeats() {
      return flow.config.repeat !== undefined;
    },
    start: () => watching().start(),
    stop: () => {
      watching().stop();
      flow.tools.status.stopped();
    },
  };
  const operate = (work: Work, config: Config): Promise<Outcome> => {
    const look: LookFor = (where) => watching().lookFor(work, where);
    return kind.operate ? kind.operate(work, config, look) : look();
  };
  flow.run(operate, repeat);
  node.on('close', (_removed, done) => {
    watch?.close();
    done();
  });
  if (looksByItself(saved)) flow.begin(() => watching().start());
}

/** Is a node to look without being asked, as far as its flow says? What is wrong there is told when it starts. */
function looksByItself({ repeat, once }: Saved): boolean {
  return (repeat !== undefined && repeat !== '') || once === true || once === 'true';
}

/** What all flow nodes have in common. */
class FlowNode<Config> {
  readonly tools: Tools;
  readonly #RED: NodeAPI;
  readonly #node: RuntimeNode;
  readonly #server: ServerNode | undefined;
  readonly #check: () => Config;
  #config: Config | undefined;

  constructor(RED: NodeAPI, node: RuntimeNode, saved: SavedNode, check: () => Config) {
    RED.nodes.createNode(node, saved);
    this.#RED = RED;
    this.#node = node;
    this.#check = check;
    const found = RED.nodes.getNode(saved.server);
    this.#server = isServerNode(found) ? found : undefined;
    this.tools = toolsOf(RED, node);
    const { status } = this.tools;
    const leave = this.#server?.join(node, (state) => status.connection(state));
    if (!this.#server?.client) status.misconfigured();
    node.on('close', (_removed, done) => {
      leave?.();
      status.close();
      done();
    });
  }

  /** @throws OwError EOW_VALUE where there is no server, or not one that can be used. */
  get client(): OwserverClient {
    const { client, problem } = this.#server ?? {};
    if (client) return client;
    throw problem ?? new OwError('noServer');
  }

  /** Kept once it is right: what is wrong fails each message anew. @throws OwError EOW_VALUE */
  get config(): Config {
    return (this.#config ??= this.#check());
  }

  /** Serves messages from now on. */
  run(operate: Operation<Config>, repeat?: Repeat): void {
    this.#node.on('input', (msg, send, done) => {
      const finish: Done = (error) => done(error && localized(this.#RED, error));
      const served = hasAction(msg)
        ? this.#act(msg, repeat, finish)
        : this.#serve(operate, msg, send, finish);
      // A rejection that nobody handles ends the whole of Node-RED.
      served.catch((thrown: unknown) => this.#tell(toError(thrown)));
    });
  }

  /** Does what a node does without being asked; what is wrong with it is told once. */
  begin(start: () => void): void {
    try {
      start();
    } catch (thrown) {
      this.tools.status.misconfigured();
      // The error of a server is told by the server.
      if (thrown !== this.#server?.problem) this.#tell(toError(thrown));
    }
  }

  #tell(error: Error, msg?: Message): void {
    this.#node.error(localized(this.#RED, error), msg);
  }

  async #act(msg: Message, repeat: Repeat | undefined, done: Done): Promise<void> {
    try {
      await act(msg, this.client, repeat);
    } catch (thrown) {
      done(toError(thrown));
      return;
    }
    done();
  }

  /** The one place where a message ends: sent and done, or done with an error. */
  async #serve(operate: Operation<Config>, msg: Message, send: Send, done: Done): Promise<void> {
    const { status } = this.tools;
    let work: MessageWork | undefined;
    let sent: (() => void) | undefined;
    try {
      work = new MessageWork(this.tools, this.client, msg);
      const outcome = await operate(work, this.config);
      sent = outcome.sent;
      work.end();
      if (outcome.failure) throw outcome.failure;
      status.succeeded(outcome.shown, outcome.look);
      const { messages, errors, warnings } = outcome;
      const [first] = messages;
      if (messages.length > 1) await sendAll(send, messages);
      else if (first) send(first);
      for (const { error, msg: about } of errors ?? []) this.#tell(error, about);
      for (const warning of warnings ?? []) this.#node.warn(this.tools.tell(warning));
    } catch (thrown) {
      work?.end();
      const error = toError(thrown);
      status.failed(error);
      done(error);
      return;
    } finally {
      sent?.();
    }
    done();
  }
}

function toolsOf(RED: NodeAPI, node: RuntimeNode): Tools {
  const translate: Work['translate'] = (key, params) => RED._(`${CATALOGUE}${key}`, params);
  return {
    place: { RED, node },
    status: new StatusLine(RED, node),
    words: { on: translate('value.on'), off: translate('value.off') },
    tell: (error) => localize(RED, error),
    translate,
  };
}
