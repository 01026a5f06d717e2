import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { FoundServer } from '../../../contract/admin-api.js';
import { fitting } from './answer-size.js';
import { Refusal } from './endpoint.js';

/** An announcement, as far as it is used here. */
export interface Announcement {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly addresses?: readonly string[];
  /** Where the announcement came from. */
  readonly referer?: { readonly address: string };
}

/** A search that is under way. */
export interface Search {
  /** What was heard so far. */
  announcements: () => readonly Announcement[];
  askAgain: () => void;
  /** Ends it and all that it holds. */
  end: () => Promise<void>;
}

/** Begins a search; `onError` hears that it is over before its time. */
export type StartSearch = (onError: () => void) => Promise<Search>;

/** How long to listen, and when to ask again: what is sent to all may get lost. */
const TIMES_MS = { again: [500, 1_200], end: 2_500 };

/** Most servers of one answer. */
const MAX_SERVERS = 200;

let running: Promise<FoundServer[]> | undefined;

/**
 * The owservers that announce themselves by DNS-SD. Who asks while a search is under way shares it.
 * @throws Refusal when this machine cannot search
 */
export function discover(
  start: StartSearch = onNetwork,
  timesMs = TIMES_MS,
): Promise<FoundServer[]> {
  running ??= search(start, timesMs).finally(() => {
    running = undefined;
  });
  return running;
}

async function search(start: StartSearch, timesMs: typeof TIMES_MS): Promise<FoundServer[]> {
  const over = new AbortController();
  const { announcements, askAgain, end } = await start(() => over.abort()).catch(refuse);
  const timers = timesMs.again.map((ms) => setTimeout(askAgain, ms));
  try {
    await delay(timesMs.end, undefined, { signal: over.signal }).catch(() => undefined);
    const found = merge(announcements());
    return over.signal.aborted && found.length === 0 ? refuse() : found;
  } finally {
    timers.forEach(clearTimeout);
    await end();
  }
}

function refuse(): never {
  throw new Refusal(502, 'noSearch');
}

/** Loaded only when it is asked for: it opens a socket on UDP port 5353. */
async function onNetwork(onError: () => void): Promise<Search> {
  const { default: Bonjour } = await import('bonjour-service');
  const bonjour = new Bonjour({}, onError);
  // Without a listener a port that is taken would end Node-RED (multicast-dns/index.js, `error`).
  const { server } = bonjour as unknown as { server: { mdns: NodeJS.EventEmitter } };
  server.mdns.on('error', onError);
  // Service type as in module/owlib/src/c/ow_avahi_announce.c.
  const browser = bonjour.find({ type: 'owserver' });
  return {
    announcements: () => browser.services,
    askAgain: () => browser.update(),
    end: () => new Promise((resolve) => bonjour.destroy(resolve)),
  };
}

/** One for each machine and port, in the order of their names. */
function merge(all: readonly Announcement[]): FoundServer[] {
  const own = ownAddresses();
  const byAddress = new Map<string, FoundServer>();
  for (const one of all) {
    const found = toFound(one, own);
    const address = `${found.machine.toLowerCase()}:${found.port}`;
    const before = byAddress.get(address);
    const addresses = [...new Set([...(before?.addresses ?? []), ...found.addresses])];
    byAddress.set(address, { ...(before ?? found), addresses });
  }
  const sortKey = ({ machine, name, port }: FoundServer): string => `${machine} ${name} ${port}`;
  const found = [...byAddress.values()].sort((a, b) =>
    sortKey(a).localeCompare(sortKey(b), 'en', { numeric: true }),
  );
  return fitting(found, MAX_SERVERS).items;
}

function toFound(one: Announcement, own: readonly string[]): FoundServer {
  const { name, port, addresses = [], referer } = one;
  const machine = one.host.replace(/\.$/, '').replace(/\.local$/i, '');
  const host = hostFor(addresses, referer?.address, own) ?? one.host.replace(/\.$/, '');
  return { name, machine, host, port, addresses };
}

/**
 * An address, because Node.js finds names that end in `.local` on few systems. For this machine it is
 * `localhost`: Debian lets owserver listen there alone, whatever is announced.
 */
function hostFor(
  addresses: readonly string[],
  from: string | undefined,
  own: readonly string[],
): string | undefined {
  if (from !== undefined && own.includes(from)) return 'localhost';
  const usable = addresses.filter((address) => !/^(127\.|169\.254\.|fe80:|::1$)/i.test(address));
  const heard = usable.find((address) => address === from);
  return heard ?? usable.find((address) => !address.includes(':')) ?? usable[0];
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal }) => !internal).map(({ address }) => address);
}
