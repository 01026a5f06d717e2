import type { BrowseEntry } from '../../contract/admin-api.js';
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
    .map((entry) => toSuggestion(entry, isOfFamily(above, patterns) ? above : undefined));
}

/** A path that stands for all devices of a family: what is before it, the family, and what is below. */
const FAMILY = /^(.*)\/([0-9a-f]{2})\.\*(\/.*)?$/i;

function isOfFamily(above: string, patterns: boolean): boolean {
  return patterns && FAMILY.test(above);
}

/** What is in the directory that was typed; of a family, what one of its devices holds. */
async function list(
  directory: Directory,
  above: string,
  patterns: boolean,
): Promise<readonly BrowseEntry[]> {
  const [, before, family, rest] = FAMILY.exec(above) ?? [];
  if (!patterns || before === undefined || family === undefined)
    return (await directory.list(above === '' ? '/' : above)).entries;
  const devices = (await directory.list(before === '' ? '/' : before)).entries;
  const first = devices.find((entry) => entry.device?.family === family.toUpperCase());
  return first ? (await directory.list(`${first.path}${rest ?? ''}`)).entries : [];
}

/** With the id of a device, whatever it was called in what was typed; below a family as that was. */
function toSuggestion(entry: BrowseEntry, above?: string): Suggestion {
  const more = entry.kind !== 'property';
  const last = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const path = above === undefined ? entry.path : `${above}/${last}`;
  return {
    text: `${path}${more ? '/' : ''}`,
    about: entry.property ? kindWords(entry.property) : beside(entry),
    more,
  };
}

/** What stands beside the id of a device: its alias, and its type. */
function beside({ device }: BrowseEntry): string {
  return [device?.alias, device?.type].filter(Boolean).join(' · ');
}

function words({ name, path, device }: BrowseEntry): string {
  return `${name} ${path} ${device?.id ?? ''} ${device?.type ?? ''}`.toLowerCase();
}
