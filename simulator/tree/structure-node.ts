import type { Family } from '../bus/families.js';
import { structureText } from '../properties/property.js';
import { Refusal, Ret } from '../refusal.js';
import type { Node } from './node.js';
import { findInTable, listTable, type Entry } from './table.js';

/** What stands at a path below `/structure`; undefined when nothing does. */
export function structureNode(
  families: ReadonlyMap<string, Family>,
  [code, ...rest]: readonly string[],
): Node | undefined {
  if (code === undefined)
    return directory([...families.keys()].map((name) => ({ name, directory: true })));
  const table = families.get(code)?.properties;
  const found = table && findInTable(table, rest.join('/'));
  if (!found) return undefined;
  if (found.kind === 'folder') return directory(listTable(table, found.folder, true));
  const { property, index } = found;
  return {
    kind: 'property',
    access: 'ro',
    elements: undefined,
    read: () => Buffer.from(structureText(property, index)),
    write: () => {
      throw new Refusal(Ret.notSupported);
    },
  };
}

function directory(entries: readonly Entry[]): Node {
  return { kind: 'directory', list: () => ({ entries, classFlags: 0 }) };
}
