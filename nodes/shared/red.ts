/** The parts of Node-RED's runtime that these nodes use, as they behave in Node-RED 4 and 5. */

/** A message on its way through a flow. */
export interface Message {
  _msgid?: string;
  payload?: unknown;
  topic?: unknown;
  parts?: Parts;
  owserver?: unknown;
  [property: string]: unknown;
}

/** Which message of a sequence this is: core Join puts it together again, one level at a time. */
export interface Parts {
  readonly id: string;
  readonly type: 'array';
  readonly index: number;
  readonly count: number;
  /** Where the value is, when it is not in the payload. */
  readonly property?: string;
  /** Of the sequence that this one was made inside of, as another node left them. */
  readonly parts?: unknown;
}

/** What a node shows below itself. */
export interface NodeStatus {
  fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
  shape?: 'ring' | 'dot';
  text?: string;
}

export type Send = (messages: Message | Message[][]) => void;
export type Done = (error?: Error) => void;

/** Flow or global context. */
export interface ContextStore {
  get: (key: string, store: string | undefined, callback: Callback) => void;
  set: (key: string, value: unknown, store: string | undefined, callback: Callback) => void;
}

/** Hears an error, if there is one, which need not be an Error; else the value. */
type Callback = (error: unknown, value?: unknown) => void;

/** A node in the runtime. */
export interface RuntimeNode {
  id: string;
  type: string;
  name?: string;
  users?: Record<string, RuntimeNode>;
  on: {
    (event: 'input', listener: (msg: Message, send: Send, done: Done) => void): void;
    (event: 'close', listener: (removed: boolean, done: () => void) => void): void;
  };
  status: (status: NodeStatus) => void;
  send: Send;
  log: (text: string) => void;
  warn: (text: string) => void;
  error: (error: Error | string, msg?: Message) => void;
  context: () => Record<'flow' | 'global', ContextStore>;
}

/** What every node has in its configuration. */
export interface NodeConfig {
  id: string;
  /** Id of the original, of a node in an instance of a subflow. */
  _alias?: string;
  type: string;
  name: string;
}

/** A request to the admin API, as far as it is used here (express). */
export interface AdminRequest {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/** The answer to one. */
export interface AdminResponse {
  status: (code: number) => AdminResponse;
  json: (body: unknown) => void;
}

/** What stands in the way of a request, such as a check of permissions. */
export type AdminGuard = (request: AdminRequest, response: AdminResponse, next: () => void) => void;

type Route = (
  path: string,
  guard: AdminGuard,
  handler: (request: AdminRequest, response: AdminResponse) => void,
) => void;

/** The object that Node-RED hands to each node module. */
export interface NodeAPI {
  _: (key: string, params?: Record<string, unknown>) => string;
  auth: { needsPermission: (permission: string) => AdminGuard };
  comms: { publish: (topic: string, data: unknown, retain: boolean) => void };
  httpAdmin: { get: Route; post: Route };
  nodes: {
    createNode: (node: RuntimeNode, config: NodeConfig) => void;
    registerType: (type: string, constructor: (this: RuntimeNode, config: never) => void) => void;
    getNode: (id: string | undefined) => unknown;
    /** All nodes as they are in the flows, where variables of the environment still have their names. */
    eachNode: (callback: (node: Readonly<Record<string, unknown>>) => void) => void;
  };
  util: {
    evaluateNodeProperty: (
      value: string,
      type: string,
      node: RuntimeNode,
      msg: Message,
      callback: Callback,
    ) => void;
    setMessageProperty: (
      msg: Message,
      property: string,
      value: unknown,
      create: boolean,
    ) => boolean;
    getMessageProperty: (msg: Message, property: string) => unknown;
    parseContextStore: (key: string) => { store?: string; key: string };
    cloneMessage: (msg: Message) => Message;
    generateId: () => string;
  };
}
