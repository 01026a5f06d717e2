import assert from 'node:assert/strict';
import type { OwserverClient, OwserverOptions } from '../../../client/index.js';
import { answer, type FakeOwserver, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import type { World } from '../support.js';

/** What is on the buses of a yard, by the number of the bus. */
export const BUSES = [
  ['28.000000000001', '28.000000000002', '29.000000000003', '29.000000000004'],
  ['28.000000000011', '29.000000000013'],
] as const;

/** An owserver that answers all but what it is told to hold, and a client of it. */
export interface Yard {
  readonly owserver: FakeOwserver;
  readonly busy: OwserverClient;
  /** What was held so far, answered or not, in the order of its coming. */
  readonly held: readonly FakeRequest[];
  /** From now on requests like these wait. */
  hold: (which: (request: FakeRequest) => boolean) => void;
  /** Answers the held request with this number, from 0, as soon as it is there. */
  release: (index: number) => Promise<void>;
  /** Resolves when so many were held; fails when there are more than that. */
  arrived: (count: number) => Promise<void>;
}

const TABLES: Readonly<Record<string, string>> = {
  temperature: 't,000000,000001,ro,000012,v,',
  'PIO.A': 'y,000000,000001,rw,000001,v,',
};

/** A request in short. */
export function brief({ path, type, data }: FakeRequest): string {
  return type === 3 ? `${path}=${String(data)}` : path;
}

/** Is it a write? */
export function isWrite({ type }: FakeRequest): boolean {
  return type === 3;
}

/** Is it a reading from the bus? */
export function isUncached({ flags }: FakeRequest): boolean {
  return (flags & 0x20) !== 0;
}

/** Answers as an owserver with these buses. */
export function respond(request: FakeRequest): void {
  const { path, type, reply } = request;
  const number = /^\/bus\.(\d+)(?:\/unaliased)?$/.exec(path)?.[1];
  const devices = number === undefined ? undefined : BUSES[Number(number)];
  const table = TABLES[path.replace(/^\/structure\/..\//, '')];
  if (path.startsWith('/structure/')) reply(table ? wire.reply(table) : wire.errorReply(-1));
  else if (type === 6 && number !== undefined && !devices) reply(wire.errorReply(-1));
  else if (type === 9 && devices)
    reply(wire.listing(devices.map((id) => `${path}/${id}/`).join(',')));
  else if (type === 2 && path.endsWith('/type')) reply(wire.reply('a chip'));
  else if (type === 2 && path.endsWith('/temperature')) reply(wire.reply('        21.5'));
  else answer(request);
}

/** Makes a yard whose client has read these paths, so that reading one again is one request. */
export async function makeYard(
  { server, client }: World,
  paths: readonly string[],
  options: OwserverOptions = {},
): Promise<Yard> {
  const held: FakeRequest[] = [];
  let holds: (request: FakeRequest) => boolean = () => false;
  const owserver = await server((request) => {
    if (holds(request)) held.push(request);
    else respond(request);
  });
  const busy = client(owserver, options);
  await Promise.allSettled(paths.map((path) => busy.read(path)));
  return {
    owserver,
    busy,
    held,
    hold: (which) => void (holds = which),
    release: async (index) => {
      await owserver.until(() => held.length > index);
      respond(held[index]!);
    },
    arrived: async (count) => {
      await owserver.until(() => held.length >= count);
      await busy.ping();
      assert.equal(held.length, count, held.map(brief).join(' '));
    },
  };
}
