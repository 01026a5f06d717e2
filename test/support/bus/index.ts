import { setTimeout as delay } from 'node:timers/promises';
import { startOwserver, type Owserver } from '../owserver.js';
import { ProgramHandle } from './program-handle.js';
import {
  masterOf,
  type BusSetup,
  type ChipChange,
  type ChipState,
  type MasterName,
  type Traffic,
} from './setup.js';
import type { Step } from './steps.js';

export type * from './setup.js';
export type { Step } from './steps.js';

/** A 1-Wire bus that a program of its own plays; always `stop()` it. */
export interface EmulatedBus {
  /** The serial line of its bus master, for owserver to open. */
  readonly tty: string;
  readonly master: MasterName;
  /** Process of the program. */
  readonly pid: number;
  /** Lets the world change a slave: its temperature, its inputs, its faults. */
  set(id: string, change: ChipChange): Promise<void>;
  /** The same for many slaves at one moment. */
  setAll(changes: Readonly<Record<string, ChipChange>>): Promise<void>;
  /** Takes slaves off the bus. */
  pull(...ids: readonly string[]): Promise<void>;
  /** Puts them back, which is a power-on: a thermometer shows 85 °C. */
  plug(...ids: readonly string[]): Promise<void>;
  /** The supply of slaves fails for a moment, also in the middle of a conversion. */
  glitch(...ids: readonly string[]): Promise<void>;
  /**
   * Plays a script, beside those that go on; resolves as soon as it has begun. Each step is made at its
   * moment of the wire's time, at exact distances however busy the machine is.
   */
  play(steps: readonly Step[]): Promise<Playing>;
  /** Does the bus master answer nothing any more? */
  dead(on: boolean): Promise<void>;
  /** Is the wire held low? */
  shorted(on: boolean): Promise<void>;
  state(id: string): Promise<ChipState>;
  /** Of all slaves, by id. */
  states(): Promise<Readonly<Record<string, ChipState>>>;
  traffic(): Promise<Traffic>;
  stop(): Promise<void>;
}

/** A script that began. */
export interface Playing {
  /** In milliseconds since 1970, with fractions: a step comes `at` after that. */
  readonly startedAt: number;
  /** Resolves when all its steps were made. */
  finished(): Promise<void>;
}

/** Starts a program that plays a bus; needs socat. */
export async function startBus(setup: BusSetup): Promise<EmulatedBus> {
  const program = new ProgramHandle();
  try {
    const tty = await program.ask({ type: 'start', setup });
    return emulatedBus(program, tty, masterOf(setup));
  } catch (error) {
    await program.stop();
    throw error;
  }
}

function emulatedBus(program: ProgramHandle, tty: string, master: MasterName): EmulatedBus {
  const setAll = (changes: Readonly<Record<string, ChipChange>>): Promise<void> =>
    program.ask({ type: 'change', changes });
  const states = (): Promise<Record<string, ChipState>> => program.ask({ type: 'states' });
  return {
    tty,
    master,
    pid: program.pid,
    set: (id, change) => setAll({ [id]: change }),
    setAll,
    pull: (...ids) => setAll(each(ids, { present: false })),
    plug: (...ids) => setAll(each(ids, { present: true })),
    glitch: (...ids) => program.ask({ type: 'glitch', ids }),
    async play(steps) {
      const { startedAt, ms } = await program.ask({ type: 'play', steps });
      const left = async () => startedAt + ms - (await program.ask({ type: 'clock' }));
      return {
        startedAt,
        async finished() {
          for (let wait = await left(); wait > 0; wait = await left()) await delay(wait);
        },
      };
    },
    dead: (on) => program.ask({ type: 'dead', on }),
    shorted: (on) => program.ask({ type: 'shorted', on }),
    async state(id) {
      const state = (await states())[id];
      if (!state) throw new Error(`${id} is not on this bus`);
      return state;
    },
    states,
    traffic: () => program.ask({ type: 'traffic' }),
    stop: () => program.stop(),
  };
}

function each(ids: readonly string[], change: ChipChange): Record<string, ChipChange> {
  return Object.fromEntries(ids.map((id) => [id, change]));
}

/** A real owserver with the buses behind it; always `stop()` it. */
export interface OwserverOnBuses {
  readonly port: number;
  readonly owserver: Owserver;
  readonly buses: readonly EmulatedBus[];
  stop(): Promise<void>;
}

/** How to start an owserver on emulated buses. */
export interface OwserverOnBusesSetup {
  readonly buses: readonly BusSetup[];
  /** More switches of owserver. */
  readonly args?: readonly string[];
}

/** The switch of owserver for the master of a bus. */
const SWITCH: Readonly<Record<MasterName, string>> = { HA7S: '--HA7E', DS2480B: '--device' };

/** Starts the buses and an owserver that drives them, the first as `bus.0`. */
export async function startOwserverOnBuses(setup: OwserverOnBusesSetup): Promise<OwserverOnBuses> {
  const buses: EmulatedBus[] = [];
  const stopBuses = () => Promise.all(buses.map((bus) => bus.stop()));
  try {
    buses.push(...(await Promise.all(setup.buses.map((bus) => startBus(bus)))));
    const masters = buses.map(({ master, tty }) => `${SWITCH[master]}=${tty}`);
    const owserver = await startOwserver({ args: [...masters, ...(setup.args ?? [])] });
    await assertFound(buses, owserver);
    return {
      port: owserver.port,
      owserver,
      buses,
      async stop() {
        await owserver.stop();
        await stopBuses();
      },
    };
  } catch (error) {
    await stopBuses();
    throw error;
  }
}

/** owserver looks for its bus masters before it answers anybody. */
async function assertFound(buses: readonly EmulatedBus[], owserver: Owserver): Promise<void> {
  for (const bus of buses) {
    const { resets } = await bus.traffic();
    if (resets > 0) continue;
    await owserver.stop();
    throw new Error(`owserver did not find ${bus.tty}\n${owserver.log.join('\n')}`);
  }
}
