import type { Bus } from '../bus.js';
import type { Device } from '../device.js';
import { Refusal, Ret } from '../refusal.js';
import { parseSerial } from '../serial.js';
import { deviceNode } from './device-node.js';
import { alarmNode, busNode, rootNode } from './directories.js';
import type { Located, Node, Query } from './node.js';
import { serverNode } from './server-node.js';
import type { ServerProperties } from './server-properties.js';
import { structureNode } from './structure-node.js';

/** What paths lead into. */
export interface World {
  bus: Bus;
  server: ServerProperties;
  now: () => number;
}

/** A path on its way: what is left of it, and what its beginning said. */
interface Walk {
  rest: string[];
  base: string;
  query: Query;
  inBus: boolean;
  inAlarm: boolean;
}

/** owserver takes any word that begins like these for them; owlib/src/c/ow_parsename.c. */
const SKIPPED = /^(uncached|unaliased|text|json)/i;
const SERVER = /^(settings|system|statistics|simultaneous|interface)/i;

/**
 * The place that a path names; its bytes are given as latin-1.
 * @throws Refusal when there is none.
 */
export function locate(path: string, query: Query, world: World): Located {
  const { rest, isDirectory } = split(path);
  const walk = takePrefixes({ rest, base: '', query, inBus: false, inAlarm: false });
  const located = arrive(walk, world);
  if (!located || (isDirectory && located.node.kind === 'property')) throw new Refusal(Ret.absent);
  return located;
}

/** A leading slash and a trailing one may be there or not; two in a row may not. */
function split(path: string): { rest: string[]; isDirectory: boolean } {
  const inner = path.replace(/^\//, '');
  const rest = inner.replace(/\/$/, '').split('/');
  if (inner === '') return { rest: [], isDirectory: true };
  if (rest.includes('')) throw new Refusal(Ret.absent);
  return { rest, isDirectory: inner.endsWith('/') };
}

function takePrefixes(walk: Walk): Walk {
  const [word, ...rest] = walk.rest;
  if (word === undefined) return walk;
  const base = `${walk.base}/${word}`;
  const next = { ...walk, rest, base };
  const skipped = SKIPPED.exec(word)?.[1]?.toLowerCase();
  if (skipped === 'uncached')
    return takePrefixes({ ...next, query: { ...walk.query, uncached: true } });
  if (skipped === 'unaliased')
    return takePrefixes({ ...next, query: { ...walk.query, unaliased: true } });
  if (skipped !== undefined) return takePrefixes(next);
  const bus = /^bus\.(\d+)$/i.exec(word)?.[1];
  if (bus !== undefined) {
    if (walk.inBus || Number(bus) !== 0) throw new Refusal(Ret.absent);
    return takePrefixes({ ...next, inBus: true });
  }
  if (!/^alarm/i.test(word)) return walk;
  if (walk.inAlarm) throw new Refusal(Ret.absent);
  return takePrefixes({ ...next, inAlarm: true });
}

function arrive(walk: Walk, world: World): Located | undefined {
  const [word, ...rest] = walk.rest;
  if (word === undefined) return { node: topNode(walk, world), base: walk.base, serial: undefined };
  const top = SERVER.exec(word)?.[1]?.toLowerCase();
  const base = [walk.base, ...walk.rest].join('/');
  if (top !== undefined) {
    const isThere = top === 'simultaneous' || (top === 'interface') === walk.inBus;
    return isThere ? placed(serverNode(world, top, rest.join('/'), walk.query), base) : undefined;
  }
  if (/^structure/i.test(word)) return walk.inBus ? undefined : placed(structureNode(rest), base);
  return arriveAtDevice(walk, world, word, rest);
}

function topNode(walk: Walk, world: World): Node {
  if (walk.inAlarm) return alarmNode(world.bus, walk.query);
  return walk.inBus ? busNode(world.bus, walk.query) : rootNode(world.bus, walk.query);
}

function arriveAtDevice(
  walk: Walk,
  world: World,
  word: string,
  rest: string[],
): Located | undefined {
  const device = findDevice(world.bus, word);
  if (!device) return undefined;
  const node = deviceNode(world, device, rest.join('/'), walk.query);
  // Listings of a device that has an alias show the alias, however the device was named.
  const name = device.alias !== '' && !walk.query.unaliased ? device.alias : word;
  const located = placed(node, [walk.base, name, ...rest].join('/'));
  return located && { ...located, serial: device.serial };
}

function findDevice(bus: Bus, word: string): Device | undefined {
  const serial = parseSerial(word);
  return serial ? bus.find(serial) : bus.findAlias(word);
}

function placed(node: Node | undefined, base: string): Located | undefined {
  return node && { node, base, serial: undefined };
}
