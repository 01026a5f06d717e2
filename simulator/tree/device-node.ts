import { andThen, type MaybePromise } from '../maybe-promise.js';
import type { Target } from '../bus/network.js';
import { elementsOf, fitBytes, overlay, takesBytes } from '../properties/bytes.js';
import { formatValues } from '../properties/format.js';
import { parseValues } from '../properties/parse.js';
import { ALL, type Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { giveAlias } from './alias.js';
import type { Node, Query } from './node.js';
import { findInTable, listTable } from './table.js';
import type { World } from './world.js';

/** One property of one device, as a request names it. */
interface Request {
  target: Target;
  property: Property;
  index: number;
}

/** What stands at a path below a device; undefined when nothing does. */
export function deviceNode(
  world: World,
  target: Target,
  path: string,
  query: Query,
): Node | undefined {
  const { family, chip } = target.device;
  const found = findInTable(family.properties, path);
  if (!found) return undefined;
  if (found.kind === 'folder') {
    const entries = listTable(family.properties, found.folder, false, chip);
    return { kind: 'directory', list: () => ({ entries, classFlags: 0 }) };
  }
  const request = { target, property: found.property, index: found.index };
  return {
    kind: 'property',
    access: found.property.access,
    elements: elementsOf(found.property, found.index),
    read: () => read(world, request, query),
    write: (data, offset) => write(world, request, data, offset, query),
  };
}

function read(
  { network }: World,
  { target, property, index }: Request,
  query: Query,
): MaybePromise<Buffer> {
  const values = network.read(target, property, index, query.uncached);
  return andThen(values, (all) => formatValues(property, index, all, query.units));
}

function write(
  world: World,
  request: Request,
  data: Buffer,
  offset: number,
  query: Query,
): MaybePromise<number> {
  const { target, property, index } = request;
  const { network } = world;
  const isAlias = property.type === 'l';
  if (isAlias)
    return giveAlias(network.devices, target.device, fitBytes(property, index, data, offset));
  if (takesBytes(property)) return writeBytes(world, request, data, offset);
  const values = parseValues(property, index, data, query.units, world.now());
  return andThen(network.write(target, property, index, values), () => data.length);
}

function writeBytes(
  world: World,
  request: Request,
  data: Buffer,
  offset: number,
): MaybePromise<number> {
  const { target, property, index } = request;
  const part = fitBytes(property, index, data, offset);
  const old = index === ALL ? '' : target.device.read(property, index, world.now())[0];
  const whole = Buffer.isBuffer(old) && part.length > 0 ? overlay(old, part, offset) : part;
  return andThen(
    world.network.write(target, property, index, elements(request, whole)),
    () => part.length,
  );
}

function elements({ property, index }: Request, whole: Buffer): Value[] {
  const { length } = property;
  if (property.type === 'a') return [whole.toString('latin1')];
  if (index !== ALL) return [whole];
  return Array.from({ length: property.elements }, (_, at) =>
    whole.subarray(at * length, (at + 1) * length),
  );
}
