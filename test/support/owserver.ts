import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { end, exitOf, freePort, onLines, type Exit } from './child.js';
import { find } from './need.js';

/** How to start a real owserver. */
export interface OwserverSetup {
  /** Switches after the port, for example `['--fake=10,28']`. */
  args: readonly string[];
  /** @default a free one */
  port?: number;
}

/** A running owserver; always `stop()` it. */
export interface Owserver {
  readonly port: number;
  readonly pid: number;
  /** What it printed so far. */
  readonly log: readonly string[];
  /** Ends it and waits for its end. @default 'SIGTERM' */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it without a chance to say goodbye. */
  kill(): Promise<void>;
  /** Ends it if it runs, then starts it again on the same port with the same switches. */
  restart(): Promise<void>;
}

interface Run {
  child: ChildProcess;
  exited: Promise<Exit>;
}

const START_MS = 15_000;
const RETRY_MS = 20;
/**
 * owserver 3.2p4 never ends when SIGTERM meets a connection that opens or closes (3 of 100 stops
 * here): then kill.
 */
const STOP_MS = 1_000;
const PORT_ATTEMPTS = 3;

/** NOP with flags OWNET, written by hand: version, payload, type 1, flags 0x100, size, offset. */
const NOP = Buffer.from('000000000000000000000001000001000000000000000000', 'hex');

/** Whether a real owserver is installed. */
export function hasOwserver(): boolean {
  return find('owserver') !== undefined;
}

/** Starts a real owserver and waits until it answers. */
export async function startOwserver({ args, port }: OwserverSetup): Promise<Owserver> {
  const log: string[] = [];
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort());
    try {
      const run = await launch(chosen, args, log);
      return owserver(chosen, args, log, run);
    } catch (error) {
      const clash = port === undefined && /address already in use|Isolated/i.test(log.join('\n'));
      if (!clash || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

function owserver(port: number, args: readonly string[], log: string[], first: Run): Owserver {
  let run = first;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    await end(run.child, run.exited, signal, STOP_MS);
  };
  return {
    port,
    log,
    get pid() {
      return run.child.pid ?? 0;
    },
    stop,
    kill: () => stop('SIGKILL'),
    async restart() {
      await stop();
      run = await launch(port, args, log);
    },
  };
}

async function launch(port: number, args: readonly string[], log: string[]): Promise<Run> {
  const program = find('owserver') ?? 'owserver';
  // --nozero: nothing of the tests is announced to the network.
  const child = spawn(program, ['--foreground', '--nozero', '-p', `127.0.0.1:${port}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onLines(child, (line) => log.push(line));
  const exited = exitOf(child);
  const ended = new AbortController();
  exited.catch(() => undefined).finally(() => ended.abort());
  try {
    await answers(port, ended.signal);
    // Then it was another, on a port that this one did not get.
    if (ended.signal.aborted) throw new Error('owserver ended when it was to answer');
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${log.join('\n')}`, { cause: error });
  }
  return { child, exited };
}

/** Resolves once a NOP is answered; owserver takes up to a second before it listens. */
async function answers(port: number, ended: AbortSignal): Promise<void> {
  const giveUp = performance.now() + START_MS;
  while (!(await ping(port))) {
    if (ended.aborted) throw new Error('owserver ended before it answered');
    if (performance.now() > giveUp)
      throw new Error(`owserver did not answer within ${START_MS} ms`);
    await delay(RETRY_MS);
  }
}

function ping(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = 0;
    const finish = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.on('error', () => finish(false)).on('close', () => finish(false));
    socket.on('connect', () => socket.write(NOP));
    socket.on('data', (bytes) => {
      received += bytes.length;
      if (received >= NOP.length) finish(true);
    });
  });
}
