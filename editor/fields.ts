import { fits, type Clash, type Setting, type Settings } from '../settings/setting.js';
import { CATALOGUE, sentence } from '../words/sentences.js';
import { heldBy } from './held.js';
import { parsePaths } from './paths.js';

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

/**
 * Checks a field. It must have two parameters: from what has fewer Node-RED takes a sentence for a
 * yes (red.js, `validateNodeProperty`).
 */
export type Check = (
  this: EditorNode,
  value: string | number | undefined,
  option: unknown,
) => Verdict;

/**
 * The `defaults` of a node, from its settings; `own` are checks that a setting cannot declare, or that
 * say more.
 */
export function fieldsOf<All extends Settings>(
  settings: All,
  own: { readonly [Name in keyof All]?: FieldDefinition['validate'] } = {},
): Record<keyof All, FieldDefinition> {
  const fields = Object.entries(settings).map(([name, setting]) => {
    const validate = own[name] ?? withClash(settings, setting, checkOf(name, setting));
    return [name, { ...definitionOf(setting), ...(validate && { validate }) }] as const;
  });
  return Object.fromEntries(fields) as Record<keyof All, FieldDefinition>;
}

function definitionOf(setting: Setting): FieldDefinition {
  const { value } = setting;
  return 'required' in setting
    ? { value, type: setting.type, required: setting.required }
    : { value };
}

/**
 * The check of a setting that has a rule. It accepts also no value at all, which is the default, and
 * `${ENV}`.
 */
export function checkOf(name: string, setting: Setting): Check | undefined {
  if ('typeField' in setting) return typedValue(setting.typeField, setting.allowBlank);
  const say = problemOf(name, setting);
  if (!say) return undefined;
  return function (value, _option) {
    return value === undefined || isRight(setting, value) || say(this);
  };
}

/** A check that looks also at the other settings, where the value itself is right. */
function withClash(
  settings: Settings,
  { clash }: Setting,
  check: Check | undefined,
): Check | undefined {
  if (!clash) return check;
  return function (value, option) {
    const verdict = check ? check.call(this, value, option) : true;
    if (verdict !== true) return verdict;
    const found = clash(heldBy(this, settings));
    return found ? clashWords(found) : true;
  };
}

/** What does not go together, as the runtime says it. */
export function clashWords({ id, params = {} }: Clash): string {
  return sentence(RED._, { id, params, message: id });
}

/** What is said of a wrong value; of a choice only Node-RED says something, no dialog can save it. */
function problemOf(name: string, setting: Setting): ((node: EditorNode) => Verdict) | undefined {
  if ('choices' in setting) return () => false;
  if ('matches' in setting) return (node) => node._(`invalid.${name}`);
  if ('seconds' in setting) return (node) => node._(`${CATALOGUE}invalid.seconds`);
  if ('number' in setting) {
    const { above, least, most } = { most: undefined, ...setting.number };
    const key = above !== undefined ? 'numberAbove' : least !== undefined ? 'numberFrom' : 'number';
    const places = { min: above ?? least, max: most };
    return (node) => node._(`${CATALOGUE}invalid.${key}`, places);
  }
  if (!('from' in setting)) return undefined;
  const { from: min, to: max } = setting;
  return (node) => node._(`${CATALOGUE}invalid.wholeNumber`, { min, max });
}

/** Accepts what fits the kind of a typedInput. */
function typedValue(typeField: string, allowBlank = false): Check {
  const validate = RED.validators.typedInput({ typeField, allowBlank });
  return function (value, option) {
    return value === undefined || validate.call(this, String(value), option);
  };
}

/** Does a value keep the rule of its setting? `${ENV}` does as far as can be told here. */
export function isRight(setting: Setting, value: unknown): boolean {
  return isEnvironment(value) || fits(setting, value);
}

function isEnvironment(value: unknown): boolean {
  return /^\$\{[^}]+\}$/.test(String(value).trim());
}

/**
 * Shows the default in each field that the node has no value for: a flow that was written by hand or
 * saved by an older version means just that.
 */
export function fillMissing(
  node: EditorNode,
  settings: Settings,
  prefix: 'node-input' | 'node-config-input' = 'node-input',
): void {
  for (const [name, { value }] of Object.entries(settings)) {
    if (node[name] !== undefined) continue;
    const field = $(`#${prefix}-${name}`);
    if (typeof value === 'boolean') field.prop('checked', value);
    else field.val(String(value));
  }
}

export { CATALOGUE };
