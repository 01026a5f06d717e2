import { OwError } from '../errors/ow-error.js';
import { MAX_PATH_BYTES } from '../protocol/index.js';
import { describeKind } from './describe.js';
import { formatDeviceId, parseDeviceId, parseKernelId, type DeviceId } from './device-id.js';
import { checkMountPoint } from './mount-point.js';
import { BUS, isBranch, isPrefix, isReserved } from './reserved.js';

export { hidesAlias, isBranch, isPrefix, isReserved, reservedBeginning } from './reserved.js';

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

/** What may stand before the number of a bus, in just this spelling. */
const BEFORE_BUS = /^(uncached|unaliased|text|json)$/i;

/** Family of the DS2409, a coupler with two branches, `main` and `aux`. */
export const COUPLER_FAMILY = '1F';

/** The last element of a path: the name of what it leads to. */
export function lastElement(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The path as people mean it: one leading slash, none doubled or trailing, no blanks at its ends.
 * @throws OwError EOW_VALUE when it is no text, empty, too long, of a folder of owfs, or holds a NUL.
 */
export function normalizePath(path: unknown): string {
  return exactPath(path).trimEnd();
}

/**
 * The same with the blanks at its end: some names of owserver's have one, such as `light_hi ` of an
 * EDS0067 (owlib/src/c/ow_eds.c).
 * @throws OwError EOW_VALUE as normalizePath
 */
export function exactPath(path: unknown): string {
  if (path === undefined || path === null) throw new OwError('noPath');
  if (typeof path !== 'string') throw new OwError('pathType', { kind: describeKind(path) });
  const begun = path.trimStart();
  if (begun === '') throw new OwError('noPath');
  if (begun.includes('\0')) throw new OwError('pathNul');
  const elements = begun.split('/').filter((element) => element.trim() !== '');
  const exact = `/${elements.join('/')}`;
  const bytes = Buffer.byteLength(exact.trimEnd());
  if (bytes > MAX_PATH_BYTES) throw new OwError('pathLong', { bytes, limit: MAX_PATH_BYTES });
  checkMountPoint(exact);
  return exact;
}

/** The same path with the ids in it as owserver writes them, where they are written as the Linux kernel does. */
export function inOwserversWords(path: string): string {
  if (!path.includes('-')) return path;
  const elements = path.split('/').map((element) => {
    const id = parseKernelId(element);
    return id ? formatDeviceId(id, 'f.i') : element;
  });
  return elements.join('/');
}

/** Is it a path on which owserver looks past its cache? */
export function passesCache({ path, directory = path }: ParsedPath): boolean {
  return directory
    .split('/')
    .slice(0, -1)
    .some((element) => /^(uncached|alarm?)/i.test(element));
}

/**
 * Is it a directory that owserver never lists from its cache, as it does the whole of the bus and branches
 * of couplers (owlib/src/c/ow_dir.c, `FS_cache_or_real`)?
 */
export function listsAnew(path: string): boolean {
  const { element } = parsePath(path);
  const elements = path.split('/').slice(1);
  const above = element === undefined ? elements : elements.slice(0, elements.indexOf(element));
  return above.some((each) => /^(uncached|alarm?|bus\.\d)/i.test(each) || isReserved(each));
}

/** Is there a device, or a coupler on the way to one, that is not written as an id? */
export function namesDevice(path: string): boolean {
  let named = false;
  renameDevices(path, (element) => {
    named ||= parseDeviceId(element) === undefined;
    return element;
  });
  return named;
}

/** The same path with other words for its device, and for the couplers on the way to it. */
export function renameDevices(path: string, rename: (element: string) => string): string {
  const elements = path.split('/');
  const { directory, coupler } = parsePath(path);
  if (directory === undefined) return path;
  const last = directory.split('/').length - 1;
  const isHub = (at: number): boolean => at < last && isBranch(elements[at + 1] ?? '');
  const renamed = elements.map((element, at) =>
    at === last || (coupler !== undefined && isHub(at)) ? rename(element) : element,
  );
  return renamed.join('/');
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

/** What stands for a path in answers: the path as it is sent, or, of what cannot be sent, what was given. */
export function shownPath(given: unknown): string {
  try {
    return normalizePath(given);
  } catch {
    const shows = typeof given === 'number' || typeof given === 'boolean';
    return typeof given === 'string' || shows
      ? String(given)
      : Object.prototype.toString.call(given);
  }
}

/** The same place with ids in place of the names of its device and its couplers, as far as they are known. */
export function byIds(
  parsed: ParsedPath,
  deviceOf: (name: string) => DeviceId | undefined,
): ParsedPath {
  const { path, directory, coupler } = parsed;
  const rename = (name: string): string => {
    const device = parseDeviceId(name) ? undefined : deviceOf(name);
    return device ? formatDeviceId(device, 'f.i') : name;
  };
  return {
    ...parsed,
    path: renameDevices(path, rename),
    ...(directory !== undefined && { directory: renameDevices(directory, rename) }),
    ...(coupler !== undefined && { coupler: rename(coupler) }),
  };
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
