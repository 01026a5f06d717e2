import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.js';
import { RawClient } from '../support/raw-client.js';

/** Message types, by hand. */
export const T = {
  nop: 1,
  read: 2,
  write: 3,
  dir: 4,
  presence: 6,
  dirall: 7,
  get: 8,
  dirallslash: 9,
  getslash: 10,
};

/** A simulator with one client, and what to end after each test. */
export interface Bench {
  simulator: Simulator;
  client: RawClient;
  connect: () => RawClient;
  read: (path: string, flags?: number) => Promise<string>;
  write: (path: string, data: string) => Promise<number[]>;
  list: (path: string, flags?: number) => Promise<string>;
}

const open: Bench[] = [];

/** Starts a simulator without conversion time. */
export async function bench(options: SimulatorOptions = {}): Promise<Bench> {
  const simulator = await startSimulator({ conversionMs: 0, ...options });
  const connect = (): RawClient => new RawClient(simulator.port);
  const client = connect();
  const made: Bench = {
    simulator,
    client,
    connect,
    read: async (path, flags = 0x104) => answerOf(await client.ask(T.read, path, { flags })),
    write: async (path, data) =>
      (await client.ask(T.write, path, { data: Buffer.from(data) })).words,
    list: async (path, flags = 0x104) =>
      answerOf(await client.ask(T.dirallslash, path, { flags })).replace(/\0$/, ''),
  };
  open.push(made);
  return made;
}

/** Ends every simulator; a file of tests hangs this into afterEach. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map(({ simulator }) => simulator.close()));
}

/** What each of these gives, one after another. */
export async function inTurn<T, U>(all: readonly T[], ask: (one: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = [];
  for (const one of all) answers.push(await ask(one));
  return answers;
}

/** The text of an answer, or its return code when it is an error. */
function answerOf({ words, text }: { words: number[]; text: string }): string {
  const ret = words[2] ?? 0;
  return ret < 0 ? String(ret) : text;
}
