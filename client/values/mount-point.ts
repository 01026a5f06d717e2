import { OwError } from '../errors/ow-error.js';
import { parseDeviceId, parseKernelId } from './device-id.js';
import { isBranch, isReserved, reservedBeginning } from './reserved.js';

/** Where owfs shows the bus as files, by the names that people give it. */
const MOUNT_POINT = /^\/(mnt|media|run|var|tmp|srv|opt)\/(1-?wire|one-?wire|owfs|ow)(?=\/|$)/i;

/**
 * Files are no paths of owserver: it has no folders before its devices.
 * @throws OwError EOW_VALUE that says what to write instead.
 */
export function checkMountPoint(path: string): void {
  const folder = MOUNT_POINT.exec(path)?.[0] ?? folderOfDevice(path.split('/'));
  if (folder === undefined) return;
  const instead = path.slice(folder.length) || '/';
  throw new OwError('pathMount', { folder, instead }, { path });
}

/** What stands before the id of a device although it leads to none, as in `/1wire/28.FF1122334455`. */
function folderOfDevice(elements: readonly string[]): string | undefined {
  const at = elements.findIndex((element) => parseDeviceId(element) ?? parseKernelId(element));
  const before = elements.slice(1, Math.max(1, at));
  const leads = before.every((_, index) => leadsOn(elements, index + 1));
  return leads || isReserved(before[0] ?? '') ? undefined : `/${before.join('/')}`;
}

/** Is it one of owserver's directories, a branch, a coupler before one, or does it stand for several? */
function leadsOn(elements: readonly string[], at: number): boolean {
  const [element = '', next = ''] = elements.slice(at);
  if (isBranch(element) || isBranch(next) || element.includes('*')) return true;
  return reservedBeginning(element) !== undefined;
}
