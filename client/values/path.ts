import { OwError } from '../errors/ow-error.js';
import { MAX_PATH_BYTES } from '../protocol/index.js';
import { describeKind } from './describe.js';
import { parseDeviceId, type DeviceId } from './device-id.js';

/** A path taken apart at its device. */
export interface ParsedPath {
  /** The whole path, normalized. */
  path: string;
  /** Path of the device's directory, with everything before it. */
  directory?: string;
  /** The element that names the device: its id or alias. */
  element?: string;
  /** The same of the coupler on the trunk, where the device is on a branch of one. */
  coupler?: string;
  /** The id, where the element is one. */
  deviceId?: DeviceId;
  /** What follows the device: may hold slashes and ends in `.N`, `.ALL` or `.BYTE` for an array. */
  property?: string;
  /** Number in the first `bus.N`; one behind it is a bus of another owserver. */
  bus?: number;
}

/**
 * Beginnings, in any case of letters, that owserver takes for one of its directories
 * (owlib/src/c/ow_parsename.c, `regex_init`): so `/settingsX` is taken for one too.
 */
const SKIPPED = /^(uncached|unaliased|text|json|alarm?)/i;
const RESERVED = /^(settings|statistics|system|structure|interface|simultaneous|thermostat)/i;
const BUS = /^bus\.(\d+)/i;

/** What may stand before the number of a bus, in just this spelling. */
const BEFORE_BUS = /^(uncached|unaliased|text|json)$/i;

/** Family of the DS2409, a coupler with two branches, `main` and `aux`. */
export const COUPLER_FAMILY = '1F';

/** The last element of a path: the name of what it leads to. */
export function lastElement(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Does this element name a branch of a coupler? */
export function isBranch(element: string): boolean {
  return /^(main|aux)$/i.test(element);
}

/** Does owserver take this element for a way of looking, with devices behind it, such as `uncached`? */
export function isPrefix(element: string): boolean {
  return SKIPPED.test(element);
}

/** Does owserver take this element for a directory that holds no devices? */
export function isReserved(element: string): boolean {
  return RESERVED.test(element);
}

/** The beginning of a name for which owserver looks elsewhere than in its list of aliases. */
export function reservedBeginning(name: string): string | undefined {
  return (SKIPPED.exec(name) ?? RESERVED.exec(name) ?? /^bus\./i.exec(name))?.[0];
}

/** Whether owserver takes this name for one of its directories although it is the name of none. */
export function hidesAlias(name: string): boolean {
  const word = reservedBeginning(name);
  return word !== undefined && word.length < name.length && !/^bus\.\d+$/i.test(name);
}

/**
 * The path as it is sent: one leading slash, none doubled or trailing.
 * @throws OwError EOW_VALUE when it is no text, empty, too long or holds a NUL.
 */
export function normalizePath(path: unknown): string {
  if (path === undefined || path === null) throw new OwError('noPath');
  if (typeof path !== 'string') throw new OwError('pathType', { kind: describeKind(path) });
  const trimmed = path.trim();
  if (trimmed === '') throw new OwError('noPath');
  if (trimmed.includes('\0')) throw new OwError('pathNul');
  const elements = trimmed.split('/').filter((element) => element.trim() !== '');
  const normalized = `/${elements.join('/')}`.trimEnd();
  const bytes = Buffer.byteLength(normalized);
  if (bytes > MAX_PATH_BYTES) throw new OwError('pathLong', { bytes, limit: MAX_PATH_BYTES });
  return normalized;
}

/**
 * The same place with the numbers of buses first: an owserver hands on to another one only what
 * follows a bus at the very beginning of a path (owlib/src/c/ow_parsename.c, `Parse_Bus`).
 */
export function busFirst(path: string): string {
  const elements = path.split('/').slice(1);
  const isBus = (element: string): boolean => /^bus\.\d+$/i.test(element);
  const length = elements.findIndex((element) => !isBus(element) && !BEFORE_BUS.test(element));
  const head = length === -1 ? elements : elements.slice(0, length);
  const sorted = [...head.filter(isBus), ...head.filter((element) => !isBus(element))];
  return `/${[...sorted, ...elements.slice(head.length)].join('/')}`;
}

/** A directory as it is listed with ids in place of aliases, which hide a device that is looked for by its id. */
export function unaliased(directory: string): string {
  return busFirst(`/unaliased${directory === '/' ? '' : directory}`);
}

/** Does a path say that owserver is to ask the bus? */
export function saysUncached(path: string): boolean {
  return /^(\/bus\.\d+)*\/uncached(\/|$)/i.test(path);
}

/** Finds the device that a normalized path is about; none in `/settings` and the like. */
export function parsePath(path: string): ParsedPath {
  const elements = path.split('/').slice(1);
  const parsed: ParsedPath = { path };
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at] ?? '';
    const bus = BUS.exec(element);
    if (bus) parsed.bus ??= Number(bus[1]);
    else if (element === '' || isReserved(element)) return parsed;
    else if (!isPrefix(element)) return parseDevice(parsed, elements, at);
  }
  return parsed;
}

function parseDevice(parsed: ParsedPath, elements: readonly string[], start: number): ParsedPath {
  const at = deviceAt(elements, start);
  if (at === -1) return parsed;
  const element = elements[at] ?? '';
  const deviceId = parseDeviceId(element);
  const property = elements.slice(at + 1).join('/');
  return {
    ...parsed,
    directory: `/${elements.slice(0, at + 1).join('/')}`,
    element,
    ...(at > start && { coupler: elements[start] ?? '' }),
    ...(deviceId && { deviceId }),
    ...(property !== '' && { property }),
  };
}

/** Follows the branches of hubs, `1F.xxx/main/28.yyy`; -1 when one ends in a reserved directory. */
function deviceAt(elements: readonly string[], start: number): number {
  let at = start;
  while (isBranch(elements[at + 1] ?? '')) {
    let next = at + 2;
    while (isPrefix(elements[next] ?? '')) next += 1;
    if (next >= elements.length) break;
    if (isReserved(elements[next] ?? '')) return -1;
    at = next;
  }
  return at;
}
