import type { Device } from '../device.js';
import { andThen, type MaybePromise } from '../maybe-promise.js';
import { fitBytes, overlay, takesBytes } from '../properties/bytes.js';
import { formatValues } from '../properties/format.js';
import { parseValues } from '../properties/parse.js';
import { ALL, type Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { giveAlias } from './alias.js';
import type { Node, Query } from './node.js';
import type { World } from './paths.js';
import { findInTable, listTable } from './table.js';

/** One property of one device, as a request names it. */
interface Target {
  device: Device;
  property: Property;
  index: number;
}

/** What stands at a path below a device; undefined when nothing does. */
export function deviceNode(
  world: World,
  device: Device,
  path: string,
  query: Query,
): Node | undefined {
  const table = device.family.properties;
  const found = findInTable(table, path);
  if (!found) return undefined;
  if (found.kind === 'folder') {
    const entries = listTable(table, found.folder, false);
    return { kind: 'directory', list: () => ({ entries, classFlags: 0 }) };
  }
  const target = { device, property: found.property, index: found.index };
  return {
    kind: 'property',
    access: target.property.access,
    read: () => read(world, target, query),
    write: (data, offset) => write(world, target, data, offset, query),
  };
}

function read(
  { bus }: World,
  { device, property, index }: Target,
  query: Query,
): MaybePromise<Buffer> {
  const values = bus.read(device, property, index, query.uncached);
  return andThen(values, (all) => formatValues(property, index, all, query.units));
}

function write(
  world: World,
  target: Target,
  data: Buffer,
  offset: number,
  query: Query,
): MaybePromise<number> {
  const { device, property, index } = target;
  const isAlias = property.type === 'l';
  if (isAlias) return giveAlias(world.bus.devices, device, fitBytes(property, index, data, offset));
  if (takesBytes(property)) return writeBytes(world, target, data, offset);
  const values = parseValues(property, index, data, query.units, world.now());
  return andThen(world.bus.write(device, property, index, values), () => data.length);
}

function writeBytes(
  world: World,
  target: Target,
  data: Buffer,
  offset: number,
): MaybePromise<number> {
  const { device, property, index } = target;
  const part = fitBytes(property, index, data, offset);
  const old = index === ALL ? '' : device.read(property, index, world.now())[0];
  const whole = Buffer.isBuffer(old) && part.length > 0 ? overlay(old, part, offset) : part;
  return andThen(
    world.bus.write(device, property, index, elements(target, whole)),
    () => part.length,
  );
}

function elements({ property, index }: Target, whole: Buffer): Value[] {
  const { length } = property;
  if (property.type === 'a') return [whole.toString('latin1')];
  if (index !== ALL) return [whole];
  return Array.from({ length: property.elements }, (_, at) =>
    whole.subarray(at * length, (at + 1) * length),
  );
}
