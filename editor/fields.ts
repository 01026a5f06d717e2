import { CATALOGUE } from '../words/sentences.js';

/** Kinds of input that a path can come from. */
export const PATH_TYPES = ['str', 'json', 'msg', 'flow', 'global', 'env', 'jsonata'];

/** Places that a result can go to. */
export const OUTPUT_TYPES = ['msg', 'flow', 'global'];

/** Makes a field a typedInput whose kind is kept in a hidden field of the same name with `-Type`. */
export function typedField(name: string, types: string[], fallback: string): void {
  $(`#node-input-${name}`).typedInput({
    default: fallback,
    types,
    typeField: `#node-input-${name}Type`,
  });
}

/** Chooses the server of a new node when there is but one. */
export function chooseOnlyServer(node: EditorNode): void {
  const servers: string[] = [];
  RED.nodes.eachConfig((config) => {
    if (config.type === 'owserver-config') servers.push(config.id);
  });
  const [only] = servers;
  if (!node.server && only !== undefined && servers.length === 1) {
    $('#node-input-server').val(only).trigger('change');
  }
}

/** What stands on a node: its name, or the path that is written in it. */
export function pathLabel(node: EditorNode, fallback: string): string {
  if (node.name) return node.name;
  const { path, pathType } = node;
  if (!path) return fallback;
  if (pathType === 'json') return listLabel(path) ?? fallback;
  return pathType === 'str' ? path : fallback;
}

/** The first of a list of paths, and how many more there are. */
function listLabel(json: string): string | undefined {
  const [first, ...more] = parsePaths(json);
  return more.length === 0 ? first : `${String(first)} +${more.length}`;
}

/** The paths of a list in JSON; none of what is no such list. */
export function parsePaths(json: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * Checks a field. It must have two parameters: from what has fewer Node-RED takes a sentence for a
 * yes (red.js, `validateNodeProperty`).
 */
export type Check = (
  this: EditorNode,
  value: string | number | undefined,
  option: unknown,
) => Verdict;

/** What a setting of a node can be before anybody changed it. */
type Default = string | number | boolean;

/**
 * Shows the default in each field that the node has no value for: a flow that was written by hand or
 * saved by an older version means just that.
 */
export function fillMissing(
  node: EditorNode,
  defaults: Readonly<Record<string, Default>>,
  prefix: 'node-input' | 'node-config-input' = 'node-input',
): void {
  for (const [name, value] of Object.entries(defaults)) {
    if (node[name] !== undefined) continue;
    const field = $(`#${prefix}-${name}`);
    if (typeof value === 'boolean') field.prop('checked', value);
    else field.val(String(value));
  }
}

/**
 * Accepts a whole number from `min` to `max`, an empty field where that is allowed, no value at all,
 * which is the default, and `${ENV}`.
 */
export function wholeNumber(min: number, max: number, blank = false): Check {
  return function (value, _option) {
    if (value === undefined) return true;
    const text = String(value).trim();
    if ((blank && text === '') || isEnvironment(text)) return true;
    const number = Number(text);
    if (text !== '' && Number.isSafeInteger(number) && number >= min && number <= max) return true;
    return this._(`${CATALOGUE}invalid.wholeNumber`, { min, max });
  };
}

/** Accepts what fits the kind of a typedInput, and no value at all, which is the default. */
export function typedValue(typeField: string, allowBlank = false): Check {
  const validate = RED.validators.typedInput({ typeField, allowBlank });
  return function (value, option) {
    return value === undefined || validate.call(this, String(value), option);
  };
}

/** Accepts a number of seconds above zero, nothing at all, which is the default, and `${ENV}`. */
export const seconds: Check = function (value, _option) {
  if (value === undefined) return true;
  const text = String(value).trim();
  const number = Number(text);
  if (isEnvironment(text) || (text !== '' && Number.isFinite(number) && number > 0)) return true;
  return this._(`${CATALOGUE}invalid.seconds`);
};

export { CATALOGUE };

function isEnvironment(text: string): boolean {
  return /^\$\{[^}]+\}$/.test(text);
}
