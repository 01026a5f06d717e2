import type { OwserverClient } from '../../../client/index.js';
import type { BrowseResponse } from '../../../contract/admin-api.js';

/** Most entries of one answer; owserver's own limit makes about two thousand of them. */
const MAX_ENTRIES = 5_000;

/** What is in a directory of owserver. */
export async function browse(
  client: OwserverClient,
  path: string,
  fresh: boolean,
): Promise<BrowseResponse> {
  const entries = await client.browse(path, { source: fresh ? 'uncached' : 'cached' });
  const left = Math.max(0, entries.length - MAX_ENTRIES);
  return { path, entries: entries.slice(0, MAX_ENTRIES), left };
}
