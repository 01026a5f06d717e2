/** The parts of Node-RED's editor, and of the jQuery in it, that these nodes use. */

/** What a validator says: true, or the sentence that the field shows. */
type Verdict = boolean | string;

type Translate = (key: string, params?: Record<string, unknown>) => string;

interface FieldDefinition {
  value: unknown;
  /** Type of config node, when the property holds the id of one. */
  type?: string;
  required?: boolean;
  label?: string;
  validate?: (this: EditorNode, value: never, option?: unknown) => Verdict;
}

interface EditorNode {
  id: string;
  name: string;
  type: string;
  path?: string;
  pathType?: string;
  server?: string;
  /** Has it changes that are not deployed? */
  changed?: boolean;
  d?: boolean;
  _: Translate;
  [property: string]: unknown;
}

interface NodeDefinition {
  category: string;
  color?: string;
  defaults: Record<string, FieldDefinition>;
  inputs?: number;
  outputs?: number;
  icon?: string;
  align?: 'left' | 'right';
  paletteLabel?: string;
  label: (this: EditorNode) => string;
  labelStyle?: (this: EditorNode) => string;
  inputLabels?: string;
  outputLabels?: string;
  oneditprepare?: (this: EditorNode) => void;
  oneditsave?: (this: EditorNode) => void;
  oneditcancel?: (this: EditorNode) => void;
  /** Added by the editor: the catalogue of the node's own set. */
  _?: Translate;
}

/** A type of a typedInput that is not one of Node-RED's own. */
interface TypedInputType {
  value: string;
  label: string;
  icon?: string;
  hasValue?: boolean;
  validate?: (value: string, option: unknown) => Verdict;
}

interface TypedInputOptions {
  default?: string;
  types: (string | TypedInputType)[];
  typeField: string;
}

interface Query {
  readonly length: number;
  [index: number]: HTMLElement;
  val: { (): string; (value: string): Query };
  prop: { (name: string): unknown; (name: string, value: unknown): Query };
  on: (event: string, listener: () => void) => Query;
  toggle: (shown: boolean) => Query;
  trigger: (event: string) => Query;
  typedInput: {
    (options: TypedInputOptions): Query;
    (method: 'type' | 'value'): string;
    (method: 'type' | 'value', value: string): Query;
    (method: 'types', types: (string | TypedInputType)[]): Query;
  };
  closest: (selector: string) => Query;
}

/** A failed call of the admin API. */
interface FailedCall {
  readonly status: number;
  readonly statusText: string;
  readonly responseJSON?: unknown;
}

interface AjaxOptions {
  url: string;
  method: 'GET' | 'POST';
  data?: object | string;
  contentType?: string;
  dataType: 'json';
  timeout: number;
}

/** The running call of jQuery, as far as it is used. */
interface Ajax {
  then: (done: (answer: unknown) => void, failed: (call: FailedCall) => void) => void;
}

declare const $: {
  (selector: string | HTMLElement): Query;
  ajax: (options: AjaxOptions) => Ajax;
};

/** A change that can be undone. */
type HistoryEvent = Record<string, unknown>;

interface Sidebar {
  addTab: (tab: {
    id: string;
    label: string;
    name: string;
    iconClass: string;
    content: HTMLElement;
    toolbar?: HTMLElement;
    pinned?: boolean;
    enableOnEdit?: boolean;
    action?: string;
    onchange?: () => void;
  }) => void;
  show: (id: string) => void;
}

declare const RED: {
  _: Translate;
  actions: { add: (id: string, action: () => void) => void };
  comms: {
    subscribe: (topic: string, listener: (topic: string, data: unknown) => void) => void;
    unsubscribe: (topic: string, listener: (topic: string, data: unknown) => void) => void;
  };
  editor: {
    /** `_ADD_` for the id makes a new one. */
    editConfig: (property: string, type: string, id: string) => void;
  };
  events: { on: (event: string, listener: (...facts: never[]) => void) => void };
  history: { push: (event: HistoryEvent) => void };
  nodes: {
    registerType: (type: string, definition: NodeDefinition) => void;
    eachConfig: (visit: (node: EditorNode) => void) => void;
    node: (id: string) => EditorNode | null;
    id: () => string;
    add: (node: EditorNode) => void;
    getType: (type: string) => NodeDefinition | undefined;
    dirty: (dirty?: boolean) => boolean;
    filterNodes: (wanted: { z: string }) => readonly { x: number; y: number }[];
  };
  notify: (text: Query, options: { type: 'error' | 'success' | 'warning' }) => void;
  plugins: { registerPlugin: (id: string, plugin: { onadd: () => void }) => void };
  sidebar: Sidebar;
  utils: { getNodeLabel: (node: EditorNode, fallback: string) => string };
  user: { hasPermission: (permission: string) => boolean };
  validators: {
    typedInput: (options: {
      typeField: string;
      allowBlank?: boolean;
      isConfig?: boolean;
    }) => (value: string, option?: unknown) => Verdict;
  };
  view: {
    scale: () => number;
    /** Width and height. */
    calculateNodeDimensions: (node: object) => readonly [number, number];
    importNodes: (
      nodes: readonly object[],
      options: { touchImport: boolean; notify: boolean; applyNodeDefaults: boolean },
    ) => void;
    redraw: (dirty: boolean) => void;
    focus: () => void;
  };
  workspaces: { active: () => string; isLocked: () => boolean };
};

declare module '*.css' {
  const text: string;
  export default text;
}
