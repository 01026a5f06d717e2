/** The parts of Node-RED's editor, and of the jQuery in it, that these nodes use. */

/** What a validator says: true, or the sentence that the field shows. */
type Verdict = boolean | string;

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
  _: (key: string, params?: Record<string, unknown>) => string;
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
}

interface TypedInputOptions {
  default?: string;
  types: string[];
  typeField: string;
}

interface Query {
  val: { (): string; (value: string): Query };
  prop: (name: string) => unknown;
  on: (event: string, listener: () => void) => Query;
  toggle: (shown: boolean) => Query;
  trigger: (event: string) => Query;
  typedInput: { (options: TypedInputOptions): Query; (method: 'type' | 'value'): string };
  closest: (selector: string) => Query;
}

declare const $: (selector: string) => Query;

declare const RED: {
  nodes: {
    registerType: (type: string, definition: NodeDefinition) => void;
    eachConfig: (visit: (node: EditorNode) => void) => void;
  };
  validators: {
    typedInput: (options: {
      typeField: string;
      allowBlank?: boolean;
      isConfig?: boolean;
    }) => (value: string, option?: unknown) => Verdict;
  };
};
