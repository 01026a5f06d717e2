import { andThen } from '../maybe-promise.js';
import type { Place } from '../bus/network.js';
import { elementsOf, fitBytes, takesBytes } from '../properties/bytes.js';
import { formatValues } from '../properties/format.js';
import { parseValues } from '../properties/parse.js';
import type { Node, Query } from './node.js';
import { SERVER_TABLE } from './server-table.js';
import { findInTable, listTable } from './table.js';
import type { World } from './world.js';

/** A path below `/settings`, `/system`, `/bus.1/interface` and the like. */
export interface ServerPath {
  top: string;
  path: string;
  place: Place;
}

/** What stands there; undefined when nothing does. */
export function serverNode(
  world: World,
  { top, path, place }: ServerPath,
  query: Query,
): Node | undefined {
  const found = findInTable(SERVER_TABLE, path === '' ? top : `${top}/${path}`);
  if (!found) return undefined;
  if (found.kind === 'folder') {
    const entries = listTable(SERVER_TABLE, found.folder, false);
    return { kind: 'directory', list: () => ({ entries, classFlags: 0 }) };
  }
  const { property, index } = found;
  const { server } = world;
  return {
    kind: 'property',
    access: property.access,
    elements: elementsOf(property, index),
    read: () => formatValues(property, index, server.read(property, index, place), query.units),
    write: (data, offset) => {
      if (takesBytes(property)) {
        const part = fitBytes(property, 0, data, offset);
        const written = server.write(property, [part.toString('latin1')], place);
        return andThen(written, () => part.length);
      }
      const values = parseValues(property, 0, data, query.units, world.now());
      return andThen(server.write(property, values, place), () => data.length);
    },
  };
}
