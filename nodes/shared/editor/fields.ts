/** Kinds of input that a path can come from. */
export const PATH_TYPES = ['str', 'msg', 'flow', 'global', 'env', 'jsonata'];

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
  return node.pathType === 'str' && node.path ? node.path : fallback;
}

/** Accepts a whole number from `min` to `max`, nothing where that is allowed, and `${ENV}`. */
export function wholeNumber(
  min: number,
  max: number,
  blank = false,
): (this: EditorNode, value: string | number) => Verdict {
  return function (value) {
    const text = String(value).trim();
    if ((blank && text === '') || isEnvironment(text)) return true;
    const number = Number(text);
    if (text !== '' && Number.isSafeInteger(number) && number >= min && number <= max) return true;
    return this._(`${CATALOGUE}invalid.wholeNumber`, { min, max });
  };
}

/** Accepts a number of seconds above zero, and `${ENV}`. */
export function seconds(this: EditorNode, value: string | number): Verdict {
  const text = String(value).trim();
  const number = Number(text);
  if (isEnvironment(text) || (text !== '' && Number.isFinite(number) && number > 0)) return true;
  return this._(`${CATALOGUE}invalid.seconds`);
}

/** The catalogue with the words that all nodes share. */
export const CATALOGUE = 'node-red-contrib-owserver/owserver-config:';

function isEnvironment(text: string): boolean {
  return /^\$\{[^}]+\}$/.test(text);
}
