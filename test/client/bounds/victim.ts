/** Asks hostile servers, one after another, and tells what each cost: run by hostile.test.ts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { OwError, OwserverClient } from '../../../client/index.js';
import { browse } from '../../../nodes/owserver-config/admin/browse.js';
import { ATTACKS } from './attacks.js';

/** What one attack cost. */
export interface Cost {
  readonly name: string;
  /** How it ended: a code, or `ok`. */
  readonly outcome: string;
  /** Bytes by which the process was larger at times. */
  readonly grown: number;
  /** Most work in one go, while nothing else could be done, in milliseconds of the processor. */
  readonly stuckMs: number;
  /** Bytes of what an editor would get. */
  readonly shown: number;
}

const MILLISECONDS = 20;

const ports = JSON.parse(process.argv[2] ?? '{}') as Record<string, number>;

/** Where Linux counts anew what a process needs at most; elsewhere there is what it needs now. */
const COUNT_ANEW = '/proc/self/clear_refs';

/** The most memory that the process had since it was last asked to count anew; proc(5). */
function peak(): number {
  if (!existsSync(COUNT_ANEW)) return process.memoryUsage.rss();
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024;
}

async function suffer(name: string, port: number): Promise<Cost> {
  const { act, timeoutMs = 1_500 } = ATTACKS[name]!;
  const client = new OwserverClient({ host: '127.0.0.1', port, requestTimeoutMs: timeoutMs });
  await client.connect();
  global.gc?.();
  if (existsSync(COUNT_ANEW)) writeFileSync(COUNT_ANEW, '5');
  const before = peak();
  let stuckMs = 0;
  let last = process.cpuUsage();
  const clock = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    stuckMs = Math.max(stuckMs, (user + system) / 1000);
    last = process.cpuUsage();
  }, MILLISECONDS);
  const outcome = await act(client).then(() => 'ok', codeOf);
  const shown = await browse(client, '/', false).then(
    (body) => JSON.stringify(body).length,
    () => 0,
  );
  await new Promise((resolve) => setTimeout(resolve, MILLISECONDS));
  clearInterval(clock);
  client.close();
  return { name, outcome, grown: peak() - before, stuckMs, shown };
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof OwError) return thrown.code;
  throw thrown;
}

async function main(): Promise<void> {
  for (const [name, port] of Object.entries(ports))
    process.stdout.write(`${JSON.stringify(await suffer(name, port))}\n`);
}

void main();
