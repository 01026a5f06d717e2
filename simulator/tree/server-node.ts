import { andThen, type MaybePromise } from '../maybe-promise.js';
import { fitBytes, takesBytes } from '../properties/bytes.js';
import { formatValues } from '../properties/format.js';
import { parseValues } from '../properties/parse.js';
import type { Property } from '../properties/property.js';
import type { Node, Query } from './node.js';
import type { World } from './paths.js';
import { SERVER_TABLE } from './server-table.js';
import { findInTable, listTable } from './table.js';

/** What stands at a path below `/settings`, `/system` and the like; undefined when nothing does. */
export function serverNode(
  world: World,
  top: string,
  path: string,
  query: Query,
): Node | undefined {
  const found = findInTable(SERVER_TABLE, path === '' ? top : `${top}/${path}`);
  if (!found) return undefined;
  if (found.kind === 'folder') {
    const entries = listTable(SERVER_TABLE, found.folder, false);
    return { kind: 'directory', list: () => ({ entries, classFlags: 0 }) };
  }
  const { property, index } = found;
  return {
    kind: 'property',
    access: property.access,
    read: () => formatValues(property, index, world.server.read(property, index), query.units),
    write: (data, offset) => write(world, property, data, offset, query),
  };
}

function write(
  world: World,
  property: Property,
  data: Buffer,
  offset: number,
  query: Query,
): MaybePromise<number> {
  if (takesBytes(property)) {
    const part = fitBytes(property, 0, data, offset);
    return andThen(world.server.write(property, [part.toString('latin1')]), () => part.length);
  }
  const values = parseValues(property, 0, data, query.units, world.now());
  return andThen(world.server.write(property, values), () => data.length);
}
