import { OwError } from '../errors/ow-error.js';
import { DEVICE_FORMATS } from '../protocol/index.js';
import { formatDeviceId, formatKernelId, type DeviceId } from './device-id.js';
import { inOwserversWords, normalizePath } from './path.js';

/** Does this path, or element of one, stand for several: does it hold a `*`? */
export function isPattern(path: unknown): boolean {
  return typeof path === 'string' && path.includes('*');
}

/** The path of one place, as it is sent. @throws OwError EOW_VALUE for a pattern, which stands for values and not for places */
export function oneDirectory(given: string): string {
  const path = normalizePath(given);
  if (isPattern(path)) throw new OwError('patternList', {}, { path });
  return inOwserversWords(path);
}

/** Whether a name matches a pattern, where `*` is any number of characters. */
export function matchesName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  // Each part at the earliest place: a regular expression would try them all, one with many * for ever.
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** Whether a device matches a pattern: by its id in any format and any case, the kernel's too, or by its alias. */
export function matchesDevice(pattern: string, id: DeviceId, alias: string | undefined): boolean {
  if (alias !== undefined && matchesName(pattern, alias)) return true;
  const wanted = pattern.toUpperCase();
  if (DEVICE_FORMATS.some((format) => matchesName(wanted, formatDeviceId(id, format)))) return true;
  return wanted.includes('-') && matchesName(wanted, formatKernelId(id).toUpperCase());
}

/**
 * Whether a property matches a pattern, element by element. A `*` in the place of an index means
 * each of the elements: `.ALL` and `.BYTE`, which hold them all once more, must be named.
 */
export function matchesProperty(pattern: string, property: string): boolean {
  const aggregate = /\.(ALL|BYTE)$/i;
  if (aggregate.test(property) && !aggregate.test(pattern)) return false;
  const wanted = pattern.replace(aggregate, (word) => word.toUpperCase()).split('/');
  const names = property.split('/');
  return (
    wanted.length === names.length &&
    wanted.every((element, at) => matchesName(element, names[at] ?? ''))
  );
}
