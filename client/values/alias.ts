import { OwError } from '../errors/ow-error.js';
import { looksLikeDeviceId, parseKernelId } from './device-id.js';
import { reservedBeginning } from './path.js';

/**
 * owserver takes and lists an alias that begins like one of its directories, but cannot read it; one like
 * an id of the Linux kernel would be taken for that here.
 * @throws OwError EOW_VALUE when no path could reach a device under this alias.
 */
export function checkAlias(alias: string, path: string): void {
  if (/[/\p{Cc}]/u.test(alias)) throw new OwError('aliasCharacter', {}, { path });
  const word = reservedBeginning(alias);
  if (word !== undefined) throw new OwError('aliasReserved', { value: alias, word }, { path });
  if (looksLikeDeviceId(alias) || parseKernelId(alias))
    throw new OwError('aliasLikeId', { value: alias }, { path });
}
