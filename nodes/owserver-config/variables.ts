import { OwError, type ShownAs } from '../../client/index.js';
import type { MessageId } from '../../client/internal.js';
import type { NodeAPI, NodeConfig } from '../shared/red.js';

/** The settings of a node as somebody wrote them, where variables of the environment still have their names. */
export type Written = Readonly<Record<string, unknown>>;

/** As Node-RED knows them: only as the whole of a text (runtime/lib/flows/util.js, `mapEnvVarProperties`). */
const VARIABLE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** Does a value name a variable of the environment? */
export function isVariable(value: unknown): value is string {
  return typeof value === 'string' && VARIABLE.test(value);
}

/** The name of the variable that a value names. */
export function variableName(value: string): string {
  const [, name, inRoundBrackets] = VARIABLE.exec(value) ?? [];
  return name ?? inRoundBrackets ?? value;
}

/**
 * The settings of a deployed node as they are in the flow; Node-RED gives it the values of variables. In a
 * subflow it has an id of its own, and the flow that of the original.
 */
export function writtenSettings(RED: NodeAPI, { id, _alias = id }: NodeConfig): Written {
  let written: Written = {};
  RED.nodes.eachNode((node) => {
    if (node.id === _alias) written = node;
  });
  return written;
}

/** What sentences say in place of host and port: the names of the variables that they come of. */
export function shownAs({ host, port }: Written): ShownAs | undefined {
  if (!isVariable(host) && !isVariable(port)) return undefined;
  return { ...(isVariable(host) && { host }), ...(isVariable(port) && { port }) };
}

/** The settings that words of any sentence come of. */
const ADDRESS: Readonly<Record<string, string>> = { host: 'host', port: 'port' };

/** And where a word of one sentence comes of another. */
const SETTING: Partial<Record<MessageId, Readonly<Record<string, string>>>> = {
  connectTimeout: { seconds: 'connectTimeout' },
  silent: { seconds: 'inactivityTimeout' },
  deadline: { seconds: 'requestTimeout' },
  queueFull: { limit: 'maxQueue' },
  twoPorts: { name: 'host', named: 'host' },
};

/**
 * The same failure without the values of variables, which not everybody may look up who sees it: its
 * sentence says their names.
 */
export function withoutVariables(error: OwError, written: Written): OwError {
  const names = Object.keys(error.params).flatMap((word) => {
    const name = written[settingOf(error, word) ?? ''];
    return isVariable(name) ? [[word, name] as const] : [];
  });
  return names.length === 0 ? error : error.withParams(Object.fromEntries<string>(names));
}

/** The setting that a word of a sentence comes of. */
function settingOf({ id, params }: OwError, word: string): string | undefined {
  const { name } = params;
  // The client has times in milliseconds under a name of their own.
  if (word === 'value' && typeof name === 'object' && 'id' in name)
    return name.id.replace(/^setting\.|Ms$/g, '');
  return SETTING[id]?.[word] ?? ADDRESS[word];
}
