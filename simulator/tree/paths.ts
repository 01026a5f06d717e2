import { andThen, type MaybePromise } from '../maybe-promise.js';
import type { Place, Target } from '../bus/network.js';
import { Refusal, Ret } from '../refusal.js';
import { parseSerial, type Serial } from '../serial.js';
import { deviceNode } from './device-node.js';
import { alarmNode, directoryNode } from './directories.js';
import type { Located, Node, Query } from './node.js';
import { serverNode } from './server-node.js';
import { structureNode } from './structure-node.js';
import type { World } from './world.js';

/** A path on its way: what is left of it, and what its beginning said. */
interface Walk {
  rest: readonly string[];
  base: string;
  query: Query;
  place: Place;
  /** Which words may come next: everything; no bus and no settings; nor an alarm directory. */
  stage: 'top' | 'branch' | 'devices';
  isAlarm: boolean;
  /** The coupler passed last. */
  serial: Serial | undefined;
}

/** owserver takes any word that begins like these for them; owlib/src/c/ow_parsename.c. */
const SKIPPED = /^(uncached|unaliased|text|json)/i;
const SERVER = /^(settings|system|statistics|interface)/i;

/**
 * The place that a path names; its bytes are given as latin-1.
 * @throws Refusal when there is none, at once or later
 */
export function locate(path: string, query: Query, world: World): MaybePromise<Located> {
  const { rest, isDirectory } = split(path);
  const place = { bus: undefined, route: '' };
  const start: Walk = {
    rest,
    base: '',
    query,
    place,
    stage: 'top',
    isAlarm: false,
    serial: undefined,
  };
  return andThen(goOn(start, world), (located) => {
    const isNothing = !located || (isDirectory && located.node.kind === 'property');
    if (isNothing) throw new Refusal(Ret.absent);
    return located;
  });
}

/** A leading slash and a trailing one may be there or not; two in a row may not. */
function split(path: string): { rest: string[]; isDirectory: boolean } {
  const inner = path.replace(/^\//, '');
  const rest = inner.replace(/\/$/, '').split('/');
  if (inner === '') return { rest: [], isDirectory: true };
  if (rest.includes('')) throw new Refusal(Ret.absent);
  return { rest, isDirectory: inner.endsWith('/') };
}

type Step = MaybePromise<Located | undefined>;

function goOn(walk: Walk, world: World): Step {
  const [word, ...rest] = walk.rest;
  if (word === undefined) return placed(directory(walk, world), walk.base, walk.serial);
  const next = { ...walk, rest, base: `${walk.base}/${word}` };
  const skipped = SKIPPED.exec(word)?.[1]?.toLowerCase();
  if (skipped !== undefined) return goOn({ ...next, query: skip(walk.query, skipped) }, world);
  const bus = /^bus\.(\d+)$/i.exec(word)?.[1];
  if (bus !== undefined && walk.stage === 'top') return enterBus(next, Number(bus), world);
  if (/^alarm/i.test(word) && walk.stage !== 'devices')
    return goOn({ ...next, stage: 'devices', isAlarm: true }, world);
  if (walk.stage === 'top' && isServerWord(word)) return enterServer(walk, world);
  if (/^simultaneous/i.test(word)) return server(walk, 'simultaneous', world);
  return enterDevice(walk, world);
}

function skip(query: Query, word: string): Query {
  if (word === 'uncached') return { ...query, uncached: true };
  return word === 'unaliased' ? { ...query, unaliased: true } : query;
}

function directory(walk: Walk, { network, hasStructure }: World): Node {
  if (walk.isAlarm) return alarmNode(network, walk.place, walk.query);
  return directoryNode(network, walk.place, walk.query, hasStructure);
}

function enterBus(next: Walk, number: number, world: World): Step {
  const bus = world.network.buses[number];
  if (!bus || next.place.bus) return undefined;
  const remote = world.remotes.get(bus);
  const isInterface = /^interface/i.test(next.rest[0] ?? '');
  if (remote && !isInterface) return enterRemote(next, remote);
  return goOn({ ...next, place: { ...next.place, bus } }, world);
}

/**
 * What follows a bus at the very beginning of a path is handed on; where something stands before it
 * the other owserver gets the whole path, and takes the number for one of its own. What it lists of
 * itself comes with all that is at its top, behind the interface, which is this owserver's.
 */
function enterRemote({ base, rest, query }: Walk, remote: World): Step {
  const isFirst = /^\/[^/]+$/.test(base);
  const asked = isFirst ? rest : [...base.split('/').slice(1), ...rest];
  const isTop = rest.every((word) => SKIPPED.test(word));
  const there = locate(`/${asked.join('/')}`, { ...query, busReturn: true }, remote);
  return andThen(there, ({ node, base: spelled, serial }) =>
    placed(isTop ? withInterface(node) : node, isFirst ? `${base}${spelled}` : spelled, serial),
  );
}

function withInterface(node: Node): Node {
  if (node.kind === 'property') return node;
  const own = { name: 'interface', directory: true };
  const list = (): ReturnType<typeof node.list> =>
    andThen(node.list(), ({ entries, classFlags }) => ({ entries: [own, ...entries], classFlags }));
  return { kind: 'directory', list };
}

function isServerWord(word: string): boolean {
  return SERVER.test(word) || /^structure/i.test(word);
}

/** The interface belongs to a bus, all the rest to owserver. */
function enterServer(walk: Walk, world: World): Step {
  const [word = '', ...rest] = walk.rest;
  const top = SERVER.exec(word)?.[1]?.toLowerCase();
  const isOfBus = walk.place.bus !== undefined;
  if (top !== undefined)
    return (top === 'interface') === isOfBus ? server(walk, top, world) : undefined;
  const { network, hasStructure } = world;
  const node = isOfBus || !hasStructure ? undefined : structureNode(network.families, rest);
  return placed(node, whole(walk));
}

function server(walk: Walk, top: string, world: World): Step {
  const below = walk.rest.slice(1).join('/');
  const node = serverNode(world, { top, path: below, place: walk.place }, walk.query);
  return placed(node, whole(walk), walk.serial);
}

function enterDevice(walk: Walk, world: World): Step {
  const [word = ''] = walk.rest;
  return andThen(world.network.find(parseSerial(word) ?? word, walk.place), (target) => {
    const remote = target && world.remotes.get(target.bus);
    if (remote) return enterDevice(walk, remote);
    return target && arrive(walk, target, world);
  });
}

function arrive(walk: Walk, target: Target, world: World): Step {
  const [word = '', ...rest] = walk.rest;
  const { alias, serial } = target.device;
  // Listings of a device that has an alias show the alias, however the device was named.
  const base = `${walk.base}/${alias !== '' && !walk.query.unaliased ? alias : word}`;
  const [side = '', ...behind] = rest;
  const isBranch = target.device.property(side)?.type === 'D';
  if (isBranch) {
    const place = { ...walk.place, route: `${walk.place.route}/${target.device.id}/${side}` };
    return goOn(
      { ...walk, rest: behind, base: `${base}/${side}`, place, stage: 'branch', serial },
      world,
    );
  }
  // What is read in an alarm directory never comes from the cache.
  const query = walk.isAlarm ? { ...walk.query, uncached: true } : walk.query;
  return placed(
    deviceNode(world, target, rest.join('/'), query),
    [base, ...rest].join('/'),
    serial,
  );
}

function whole({ base, rest }: Walk): string {
  return [base, ...rest].join('/');
}

function placed(node: Node | undefined, base: string, serial?: Serial): Located | undefined {
  return node && { node, base, serial };
}
