import { OwError, type OwserverClient, type ReadResult } from '../../../client/index.js';
import {
  answer,
  type FakeConnection,
  type FakeRequest,
  type Script,
} from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';

/** What a hostile server does, and what somebody asks of it meanwhile. */
export interface Attack {
  readonly script: Script;
  /** May end in an OwError. */
  readonly act: (client: OwserverClient) => Promise<unknown>;
  /** How long it may go on, in milliseconds. @default 1500 */
  readonly timeoutMs?: number;
}

const DEVICE = '/28.AABBCCDDEEFF';

/** As much text as a message of owserver's can hold, nearly. */
const LONG = Buffer.alloc(99_000, 'x');

const isListing = ({ type }: FakeRequest): boolean => [4, 7, 9].includes(type);

/** Devices of all families. */
const DEVICES = Array.from({ length: 5_500 }, (_, at) => {
  const family = (at % 256).toString(16).padStart(2, '0').toUpperCase();
  return `/${family}.${String(at).padStart(12, '0')}/`;
}).join(',');

/** As many as a listing may have, of one family. */
const MANY_DEVICES = Array.from(
  { length: 20_000 },
  (_, at) => `/28.${String(at).padStart(12, '0')}/`,
).join(',');

/** A few hundred devices. */
const HUNDREDS = MANY_DEVICES.split(',').slice(0, 900).join(',');

/** As many properties. */
function inside(path: string): string {
  return Array.from({ length: 20_000 }, (_, at) => `${path}/p${at}`).join(',');
}

/** A server with one device, and a family with one property whose table is this. */
function withTable(name: string, line: string, value: string | Buffer = ''): Script {
  return (request) => {
    const { path, reply } = request;
    if (path.startsWith('/structure/28/')) reply(wire.reply(line));
    else if (path === '/structure/28') reply(wire.listing(`/structure/28/${name}`));
    else if (isListing(request)) reply(wire.listing(`${DEVICE}/`));
    else if (path.endsWith(`/${name}`)) reply(wire.reply(value, { ret: value.length }));
    else answer(request);
  };
}

/** A server whose directories all hold these, one in another for ever. */
function nested(names: string): Script {
  return (request) => {
    const { path, reply } = request;
    const inside = (name: string): string => `${path === '/' ? '' : path}/${name}/`;
    if (isListing(request)) reply(wire.listing(names.split(',').map(inside).join(',')));
    else if (path.endsWith('/name')) reply(wire.reply('tcp'));
    else if (path.endsWith('/present')) reply(wire.reply('0'));
    else if (path.startsWith('/structure/')) reply(wire.errorReply(-21));
    else answer(request);
  };
}

const NOISE = Buffer.concat([...Array<Buffer>(2_700).fill(wire.keepAlive()), wire.dirEntry('/a')]);

/** Sends so many entries, each behind 64 kB of signs of life, as fast as they are taken. */
function pour(connection: FakeConnection, left: number): void {
  const { socket, closed } = connection;
  if (closed || left === 0) return;
  if (socket.write(NOISE)) pour(connection, left - 1);
  else socket.once('drain', () => pour(connection, left - 1));
}

/** Lines as they might be, with numbers as they should not be. */
function anyLine(random: () => number): string {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const numbers = ['-2', '-1', '0', '1', '8', '100050', '100051', '999999999', '1e9', 'xxx', ''];
  const letter = one('i,u,f,t,g,p,y,d,a,l,b,D,?,z'.split(','));
  const access = one(['ro', 'rw', 'wo', 'oo']);
  return [
    letter,
    one(numbers),
    one(numbers),
    access,
    one(numbers),
    one(['f', 's', 'v', 't']),
    '',
  ].join(',');
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 0x7fff_ffff) / 0x7fff_ffff;
}

const RANDOM = seeded(7);

/** All that is done with one property. */
async function everything(client: OwserverClient, path: string): Promise<void> {
  const values = ['x', '1,2', 7, true, Buffer.alloc(9), ['a', 'b'], Array<string>(3_000).fill('1')];
  const asked = [
    client.readAll([path, `${path}.ALL`, `${path}.BYTE`, '28.*/*', `28.*/a*/*`]),
    client.describe(path),
    client.browse(DEVICE),
    client.dir('/', { depth: 10 }),
    ...values.map((value) => client.write(path, value)),
  ];
  for (const outcome of await Promise.allSettled(asked))
    if (outcome.status === 'rejected' && !(outcome.reason instanceof OwError)) throw outcome.reason;
}

/** Reads these, a few at a time, and keeps what came of them. */
async function inTurns(client: OwserverClient, paths: readonly string[]): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  for (let at = 0; at < paths.length; at += 50)
    results.push(...(await client.readAll(paths.slice(at, at + 50))));
  return results;
}

/** What a server must not do to the program that asks it. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  'an array of a hundred million elements': {
    script: withTable('big.ALL', 'b,-000001,100000000,ro,000000,v,'),
    act: (client) => client.read(`${DEVICE}/big.ALL`),
  },
  'as many elements as a message has bytes, and no byte of them': {
    script: withTable('big.ALL', 'b,-000001,100050,ro,000000,v,'),
    act: (client) => client.readAll(Array<string>(50).fill(`${DEVICE}/big.ALL`)),
  },
  'a pattern for a hundred million elements': {
    script: withTable('wide.0', 'y,000000,100000000,ro,000001,v,'),
    act: (client) => client.readAll('28.*/wide.*'),
  },
  'a text of half a gigabyte that is written': {
    script: withTable('text.ALL', 'a,-000001,000001,rw,500000000,v,'),
    act: (client) => client.write(`${DEVICE}/text.ALL`, ['x']),
  },
  'tables in tables for ever': {
    script: nested('28.AABBCCDDEEFF,a,b,c'),
    act: (client) => client.readAll('28.*/*'),
  },
  'directories in directories for ever': {
    script: nested('28.AABBCCDDEEFF,a,b,c,d,e'),
    act: (client) => client.dir('/settings', { depth: 10 }),
  },
  'couplers in couplers for ever': {
    script: (request) => {
      const { path, reply } = request;
      const at = path.split('/').length;
      const ids = Array.from(
        { length: 40 },
        (_, n) => `1F.${String(at * 1_000 + n).padStart(12, '0')}`,
      );
      if (isListing(request))
        reply(wire.listing(ids.map((id) => `${path === '/' ? '' : path}/${id}/`).join(',')));
      else answer(request);
    },
    act: (client) => client.readAll('28.*/temperature'),
  },
  'owservers behind owservers for ever': {
    script: nested(Array.from({ length: 500 }, (_, bus) => `bus.${bus}`).join(',')),
    act: (client) => client.present(DEVICE),
  },
  'thousands of devices with types of 99 kB': {
    script: (request) => {
      const { path, reply } = request;
      if (isListing(request)) reply(wire.listing(DEVICES));
      else if (path.endsWith('/type')) reply(wire.reply(LONG));
      else answer(request);
    },
    act: (client) => client.devices('/'),
  },
  'a text of 99 kB for each of its errors': {
    script: ({ path, reply }) => {
      if (path.startsWith('/settings/return_codes/')) reply(wire.reply(LONG));
      else reply(wire.errorReply(-200 - Number(/\d+$/.exec(path)?.[0] ?? 0)));
    },
    act: (client) =>
      inTurns(
        client,
        Array.from({ length: 800 }, (_, at) => `/system/x${at}`),
      ),
  },
  'garbage of 99 kB for each of many numbers': {
    script: (request) => {
      const { path, reply } = request;
      if (path.endsWith('/temperature') && path.startsWith('/structure/'))
        reply(wire.reply('t,000000,000001,ro,000012,v,'));
      else if (path.endsWith('/temperature')) reply(wire.reply(LONG));
      else answer(request);
    },
    act: (client) => {
      const id = (at: number): string => `/28.${String(at).padStart(12, '0')}/temperature`;
      const paths = Array.from({ length: 700 }, (_, at) => id(at));
      return inTurns(client, paths);
    },
  },
  'as many devices as can be with as many properties as can be': {
    script: (request) => {
      const { path, reply } = request;
      if (path === '/') reply(wire.listing(MANY_DEVICES));
      else if (isListing(request)) reply(wire.listing(inside(path)));
      else if (path.startsWith('/structure/')) reply(wire.reply('y,000000,000001,rw,000001,v,'));
      else answer(request);
    },
    act: async (client) => {
      await client.dir('/', { depth: 2 }).catch(() => undefined);
      await client.read('*/p1*').catch(() => undefined);
      await client.read('*/*');
    },
  },
  'values of 99 kB of hundreds of devices': {
    script: (request) => {
      const { path, reply } = request;
      if (path === '/') reply(wire.listing(HUNDREDS));
      else if (path.startsWith('/structure/')) reply(wire.reply('a,000000,000001,ro,000032,f,'));
      else if (path.endsWith('/text')) reply(wire.reply(LONG));
      else answer(request);
    },
    act: (client) => client.read('*/text'),
    timeoutMs: 4_000,
  },
  'memory of as many elements as bytes, of many devices': {
    script: (request) => {
      const { path, reply } = request;
      if (path === '/') reply(wire.listing(HUNDREDS));
      else if (path.startsWith('/structure/')) reply(wire.reply('b,-000001,065000,ro,065000,v,'));
      else if (path.endsWith('/big.ALL')) reply(wire.reply(LONG.subarray(0, 65_000)));
      else answer(request);
    },
    act: (client) => client.read('*/big.ALL'),
    timeoutMs: 4_000,
  },
  'a million entries': {
    script: (request) => {
      if (isListing(request)) request.reply(wire.listing(Buffer.alloc(1_000_000, ',/')));
      else answer(request);
    },
    act: (client) => client.dir('/'),
  },
  'a few entries among signs of life without end': {
    script: ({ type, reply, connection }) => {
      if (type === 4) pour(connection, 1_500);
      else reply(wire.errorReply(-42));
    },
    act: (client) => client.dir('/'),
  },
  'tables of any kind': {
    script: (request) => {
      const { path, reply } = request;
      if (path === '/structure/28')
        reply(wire.listing('/structure/28/a,/structure/28/b.0,/structure/28/c.A'));
      else if (path.startsWith('/structure/')) reply(wire.reply(anyLine(RANDOM)));
      else if (isListing(request)) reply(wire.listing(`${DEVICE}/`));
      else if (request.type === 3) reply(wire.written(request.data.length));
      else reply(wire.reply(Buffer.alloc(Math.floor(RANDOM() * 40), '1,')));
    },
    act: async (client) => {
      for (let round = 0; round < 60; round += 1) await everything(client, `${DEVICE}/p${round}`);
    },
  },
};
