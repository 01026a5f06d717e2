import {
  ALL,
  BYTE,
  extension,
  isBitfield,
  parseExtension,
  type Property,
} from '../properties/property.js';

/** One line of a listing. */
export interface Entry {
  name: string;
  directory: boolean;
}

/** What a path below a table names. */
export type Found =
  { kind: 'property'; property: Property; index: number } | { kind: 'folder'; folder: string };

/** The property or folder at `path` ('' is the table itself); undefined when there is none. */
export function findInTable(table: readonly Property[], path: string): Found | undefined {
  const slash = path.lastIndexOf('/') + 1;
  const [base, text] = splitExtension(path.slice(slash));
  const property = table.find((one) => one.name === path.slice(0, slash) + base);
  const index = property && parseExtension(property, text);
  if (property && index !== undefined) return { kind: 'property', property, index };
  const folder = path === '' ? '' : `${path}/`;
  return table.some((one) => one.name.startsWith(folder)) ? { kind: 'folder', folder } : undefined;
}

function splitExtension(name: string): [string, string | undefined] {
  const [base = '', text] = name.split('.');
  return [base, text];
}

/**
 * The entries of a folder in owserver's order; `structure` lists only the first element of an
 * array. Bit fields come with .BYTE, arrays with .ALL before their elements. What only some chips
 * of a family have is listed for `chip`, and in `structure`.
 */
export function listTable(
  table: readonly Property[],
  folder: string,
  structure: boolean,
  chip?: string,
): Entry[] {
  const entries: Entry[] = [];
  const visible = table.filter(
    (one) => isListed(one, structure, chip) && one.name.startsWith(folder),
  );
  for (const property of visible) {
    const [first = '', ...deeper] = property.name.slice(folder.length).split('/');
    if (deeper.length === 0) entries.push(...listProperty(property, first, structure));
    else if (entries.at(-1)?.name !== first) entries.push({ name: first, directory: true });
  }
  return entries;
}

function isListed({ listed, chip: owner }: Property, structure: boolean, chip?: string): boolean {
  if (structure) return listed !== 'nowhere';
  return listed === 'everywhere' && (owner === undefined || owner === chip);
}

function listProperty(property: Property, name: string, structure: boolean): Entry[] {
  if (property.elements === 1) return [{ name, directory: property.type === 'D' }];
  const singles = Array.from({ length: structure ? 1 : property.elements }, (_, index) => index);
  const parts = [...(isBitfield(property) ? [BYTE] : []), ALL, ...singles];
  return parts.map((index) => ({
    name: `${name}.${extension(property, index)}`,
    directory: false,
  }));
}
