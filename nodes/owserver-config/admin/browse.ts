import type { BrowseEntry, OwserverClient } from '../../../client/index.js';

/** Most entries of one answer; owserver's own limit makes about two thousand of them. */
const MOST_ENTRIES = 5_000;

/** What is in a directory of owserver. */
export async function look(
  client: OwserverClient,
  path: string,
  fresh: boolean,
): Promise<{ path: string; entries: BrowseEntry[]; left: number }> {
  const entries = await client.browse(path, { source: fresh ? 'uncached' : 'cached' });
  const left = Math.max(0, entries.length - MOST_ENTRIES);
  return { path, entries: entries.slice(0, MOST_ENTRIES), left };
}
