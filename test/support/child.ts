import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

/** How a process ended: one of the two is set. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Resolves when the process has ended; until then it is killed should the tests end first. */
export function exitOf(child: ChildProcess): Promise<Exit> {
  alive.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      alive.delete(child);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      alive.delete(child);
      resolve({ code, signal });
    });
  });
}

/**
 * Ends a process and waits for its end; one that ignores the signal for `graceMs` is killed, as
 * `signal` then tells.
 */
export async function end(
  child: ChildProcess,
  exited: Promise<Exit>,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<Exit> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  return exited.finally(() => clearTimeout(timer));
}

/** Calls `onLine` with each whole line that the process prints, on either stream. */
export function onLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
  }
}

/** Below those that systems give to connections and to whoever asks for any, from 32768 on Linux. */
const PORTS = { from: 10_000, to: 32_000 };

/**
 * A TCP port of this machine that nobody uses now; somebody may take it before you do, so be ready
 * to ask again. None that anybody gets by asking for port 0, which other tests do all the time.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
