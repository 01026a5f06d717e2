import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { OwError } from '../errors/ow-error.js';
import { Rules, SIGNAL, TIME } from '../rules.js';
import type { FoundServer } from './found-server.js';

/** How to search. */
export interface DiscoverOptions {
  /** Calls it off: the call rejects at once with EOW_ABORTED. @default never */
  signal?: AbortSignal | undefined;
  /** How long to listen, in milliseconds. @default 2500 */
  timeoutMs?: number | undefined;
}

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

const RULES = new Rules<keyof DiscoverOptions>({ signal: SIGNAL, timeoutMs: TIME });

/** How long to listen, and when to ask again: what is sent to all may get lost. */
const TIMES_MS = { again: [500, 1_200], end: 2_500 };

/** Most servers that are told of: anybody on the network may announce as many as he likes. */
const MAX_SERVERS = 200;

/** A search with nothing special about it that is under way: who asks meanwhile shares it. */
let running: Promise<FoundServer[]> | undefined;

/**
 * The owservers that announce themselves on the network by DNS-SD (`_owserver._tcp`), which they do where
 * Avahi runs beside them. Loads bonjour-service, and opens UDP port 5353 as long as it listens.
 * @throws OwError EOW_CONNECT when this machine cannot search.
 */
export async function discover(options: DiscoverOptions = {}): Promise<FoundServer[]> {
  RULES.check(options);
  const { signal, timeoutMs } = options;
  const plain = signal === undefined && timeoutMs === undefined;
  if (!plain) return search(onNetwork, { ...TIMES_MS, end: timeoutMs ?? TIMES_MS.end }, signal);
  running ??= search(onNetwork).finally(() => {
    running = undefined;
  });
  return running;
}

/** One search, with what it begins and how long it takes. @throws OwError EOW_CONNECT, EOW_ABORTED */
export async function search(
  start: StartSearch,
  timesMs = TIMES_MS,
  signal?: AbortSignal,
): Promise<FoundServer[]> {
  if (signal?.aborted) throw calledOff(signal);
  const over = new AbortController();
  const stop = (): void => over.abort();
  signal?.addEventListener('abort', stop);
  const { announcements, askAgain, end } = await start(stop).catch(refuse);
  const timers = timesMs.again.map((ms) => setTimeout(askAgain, ms));
  try {
    await delay(timesMs.end, undefined, { signal: over.signal }).catch(() => undefined);
    if (signal?.aborted) throw calledOff(signal);
    const found = merge(announcements());
    return over.signal.aborted && found.length === 0 ? refuse() : found;
  } finally {
    signal?.removeEventListener('abort', stop);
    timers.forEach(clearTimeout);
    await end();
  }
}

function refuse(cause?: unknown): never {
  throw new OwError('noSearch', {}, { cause });
}

function calledOff({ reason }: AbortSignal): OwError {
  return new OwError('aborted', { path: { id: 'asked.search' } }, { cause: reason });
}

/** Loaded only when it is asked for: it opens a socket on UDP port 5353. */
async function onNetwork(onError: () => void): Promise<Search> {
  const { default: Bonjour } = await import('bonjour-service');
  const bonjour = new Bonjour({}, onError);
  // Without a listener a port that is taken would end the program (multicast-dns/index.js, `error`).
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
  return found.slice(0, MAX_SERVERS);
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
