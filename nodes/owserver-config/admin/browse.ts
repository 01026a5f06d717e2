import type { OwserverClient } from '../../../client/index.js';
import type { BrowseResponse } from '../../../contract/admin-api.js';
import { fitting } from './answer-size.js';

/** Most entries of one answer: more of them no browser shows at ease. */
const MAX_ENTRIES = 5_000;

/** What is in a directory of owserver. */
export async function browse(
  client: OwserverClient,
  path: string,
  fresh: boolean,
): Promise<BrowseResponse> {
  const entries = await client.browse(path, { source: fresh ? 'uncached' : 'cached' });
  const { items, left } = fitting(entries, MAX_ENTRIES);
  return { path, entries: items, left };
}
