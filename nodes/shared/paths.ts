import { isPattern, normalizePath, OwError } from '../../client/index.js';
import type { Typed } from '../../settings/setting.js';
import type { Message } from './red.js';

/** The paths of one message, and whether they may be several: a list, or a path with `*`. */
export interface Paths {
  readonly paths: readonly string[];
  readonly several: boolean;
}

/** Does the message say the path, because the node does not? */
export function usesTopic(field: Typed): boolean {
  return field.type === 'str' && field.value.trim() === '';
}

/**
 * Checks what a path field came to: one path or a list of them.
 * @throws OwError EOW_VALUE for anything else, and for an empty list.
 */
export function toPaths(field: Typed, evaluated: unknown, msg: Message): Paths {
  const given = usesTopic(field) ? msg.topic : evaluated;
  if (!isList(given)) return { paths: [toPath(given)], several: isPattern(given) };
  if (given.length === 0) throw new OwError('noPath');
  return { paths: given, several: true };
}

/** What stands in a list is checked where it is used: one that is no path fails alone. */
function isList(given: unknown): given is readonly string[] {
  return Array.isArray(given);
}

/** A path as it was given, for `msg.topic`: most are in order, which is soon seen. */
export function topicOf(given: string): string {
  const inOrder = given.startsWith('/') && given.length > 1 && !/^\s|\s$|\/\s*(\/|$)/.test(given);
  return inOrder ? given : normalizePath(given);
}

function toPath(given: unknown): string {
  const isText = typeof given === 'string' && given.trim() !== '';
  return isText ? given : normalizePath(given);
}
