import type { BrowseEntry } from '../../contract/admin-api.js';
import { deviceWords } from './browse-panel.js';
import type { Picking } from './browse-panel.js';
import type { Suggestion } from '../kit/completion.js';
import type { Directory } from './directory.js';
import { kindWords } from '../words.js';

/** Most suggestions that are of help. */
const MOST = 60;

/** What the beginning of a path may become: devices by id, alias or type, then what they hold. */
export async function suggestPaths(
  directory: Directory,
  { shows, patterns }: Picking,
  typed: string,
): Promise<Suggestion[]> {
  const path = typed.startsWith('/') ? typed : `/${typed}`;
  const above = path.slice(0, path.lastIndexOf('/'));
  const begun = path.slice(above.length + 1).toLowerCase();
  const entries = await list(directory, above, patterns);
  return entries
    .filter((entry) => shows(entry) && words(entry).includes(begun))
    .slice(0, MOST)
    .map((entry) => toSuggestion(entry, above));
}

/** What is in the directory that was typed; of a family, what one of its devices holds. */
async function list(
  directory: Directory,
  above: string,
  patterns: boolean,
): Promise<readonly BrowseEntry[]> {
  const [, before, family, rest] = /^(.*)\/([0-9a-f]{2})\.\*(\/.*)?$/i.exec(above) ?? [];
  if (!patterns || before === undefined || family === undefined)
    return (await directory.list(above === '' ? '/' : above)).entries;
  const devices = (await directory.list(before === '' ? '/' : before)).entries;
  const first = devices.find((entry) => entry.device?.family === family.toUpperCase());
  return first ? (await directory.list(`${first.path}${rest ?? ''}`)).entries : [];
}

function toSuggestion(entry: BrowseEntry, above: string): Suggestion {
  const more = entry.kind !== 'property';
  const last = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  return {
    text: `${above}/${last}${more ? '/' : ''}`,
    about: entry.property ? kindWords(entry.property) : deviceWords(entry),
    more,
  };
}

function words({ name, path, device }: BrowseEntry): string {
  return `${name} ${path} ${device?.id ?? ''} ${device?.type ?? ''}`.toLowerCase();
}
