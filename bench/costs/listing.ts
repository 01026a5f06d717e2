import { createRequire } from 'node:module';
import { startOwserver } from '../../test/support/owserver.js';
import { OwserverClient } from '../built.js';
import { table } from '../table.js';
import { startCountingProxy, type CountingProxy } from './counting-proxy.js';

/**
 * Thermometers, switches, counters and monitors; none with branches (12, 1F), where owserver's
 * simulated devices show the whole bus again.
 */
const FAMILIES = ['10', '1D', '20', '22', '26', '28', '29', '3A', '3B', '42'];
const OF_EACH = 10;
const DEVICES = FAMILIES.length * OF_EACH;
const DEEPEST = 10;

/** How a listing went. */
interface Listing {
  readonly name: string;
  readonly paths: readonly string[];
  readonly requests: number;
  readonly ms: number;
}

/** Requests for a list of many devices and of all that they hold, against one for each directory. */
export async function showListing(): Promise<void> {
  const devices = Array.from({ length: DEVICES }, (_, n) => FAMILIES[n % FAMILIES.length]);
  const owserver = await startOwserver({ args: [`--tester=${devices.join()}`] });
  try {
    const ours = await list('client.dir', owserver.port, listByClient);
    const theirs = await list('owfs of npm, each directory', owserver.port, listByOwfs);
    if (ours.paths.join('\n') !== theirs.paths.join('\n')) {
      throw new Error(`The listings are not the same: ${difference(ours.paths, theirs.paths)}`);
    }
    show(ours, theirs);
  } finally {
    await owserver.stop();
  }
}

async function list(
  name: string,
  port: number,
  work: (port: number) => Promise<string[]>,
): Promise<Listing> {
  const proxy: CountingProxy = await startCountingProxy(port);
  try {
    const start = performance.now();
    const paths = (await work(proxy.port)).sort();
    return { name, paths, requests: proxy.requests, ms: performance.now() - start };
  } finally {
    await proxy.close();
  }
}

async function listByClient(port: number): Promise<string[]> {
  const client = new OwserverClient({ host: '127.0.0.1', port });
  try {
    return await client.dir('/', { depth: DEEPEST });
  } finally {
    client.close();
  }
}

interface OwfsClient {
  dirallslash: (path: string, callback: (error: Error | null, paths: string[]) => void) => void;
}
type OwfsModule = Record<'Client', new (host: string, port: number) => OwfsClient>;

const { Client } = createRequire(__filename)('owfs') as OwfsModule;

/** As clients for Node-RED do that list what can be chosen. */
async function listByOwfs(port: number): Promise<string[]> {
  const client = new Client('127.0.0.1', port);
  const entriesOf = (path: string): Promise<string[]> =>
    new Promise((resolve, reject) => {
      client.dirallslash(path, (error, paths) => (error ? reject(error) : resolve(paths)));
    });
  const below = async (path: string): Promise<string[]> => {
    const [directory] = path.split(/\/$/);
    const inside = path.endsWith('/') ? await listEach(await entriesOf(path)) : [];
    return [directory ?? path, ...inside];
  };
  const listEach = async (paths: readonly string[]): Promise<string[]> => {
    const all: string[] = [];
    for (const path of paths) all.push(...(await below(path)));
    return all;
  };
  // It asks for owserver's own directories too.
  const isDevice = (path: string): boolean => /^\/[0-9A-F]{2}\.[0-9A-F]{12}\//.test(path);
  return listEach((await entriesOf('/')).filter(isDevice));
}

function difference(ours: readonly string[], theirs: readonly string[]): string {
  const only = (these: readonly string[], those: readonly string[]): string => {
    const others = new Set(those);
    const own = these.filter((path) => !others.has(path));
    return `${own.length} (${own.slice(0, 3).join(', ')})`;
  };
  return `${only(ours, theirs)} are in the first only, ${only(theirs, ours)} in the second`;
}

function show(ours: Listing, theirs: Listing): void {
  console.log(
    `\n${DEVICES} devices of ${FAMILIES.length} families and all that they hold, listed for the first time\n`,
  );
  const rows = [ours, theirs].map(({ name, paths, requests, ms }) => [
    name,
    `${paths.length}`,
    `${requests}`,
    ms.toFixed(0),
  ]);
  console.log(table(['list', 'paths', 'requests', 'ms'], rows));
  const wanted = DEVICES + FAMILIES.length + 2;
  const ratio = (theirs.requests / ours.requests).toFixed(1);
  console.log(`\n${ratio} times fewer requests; wanted at most ${wanted} requests`);
}
