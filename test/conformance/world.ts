import { startSimulator, type SimulatorOptions } from '../../simulator/index.js';
import { startOwserverOnBuses } from '../support/bus/index.js';
import { handsOn, handsOnSimulator, type Hands } from '../support/hands.js';
import { startOwserver } from '../support/owserver.js';

/** The switches of owserver that change what a client meets. */
export const SWITCHES = ['pingcrazy', 'no_dirall', 'no_get', 'no_persistence', 'readonly'] as const;
export type Switch = (typeof SWITCHES)[number];

/** One of each chip that the suite asks for; every world has just these. */
export const DEVICES = {
  thermometer: '28.021000000000',
  switch8: '29.026000000000',
  counter: '1D.027000000000',
  monitor: '26.028000000000',
  relay: '3A.025000000000',
  key: '01.029000000000',
} as const;

/**
 * A DS2406, pulled until its own tests: it has a directory `aux`, which cannot be listed, where all the
 * others have none. Only worlds with hands have it.
 */
export const SWITCH2 = '12.02A000000000';

/** Half of the devices are on each of two buses; the thermometer is on the second, that of another owserver. */
const HALVES = [
  [DEVICES.counter, DEVICES.relay, DEVICES.key],
  [DEVICES.thermometer, DEVICES.switch8, DEVICES.monitor],
] as const;

/** A server that runs. */
export interface Server {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
  /** What the world does to its devices; there where writes take effect. */
  readonly hands?: Hands;
}

/** A server that the suite runs on. */
export interface World {
  readonly name: string;
  readonly switch: Switch | undefined;
  /** Do writes take effect, and does the cache hold what was read? Owserver's simulated adapters do neither. */
  readonly keepsValues: boolean;
  /**
   * Number of the bus with the thermometer. Behind several the devices are listed in the order in which
   * their buses answer. @default 0, the only one
   */
  readonly bus?: number;
  start: () => Promise<Server>;
}

/** The built-in simulator, with each switch and without. */
export const SIMULATED: readonly World[] = [undefined, ...SWITCHES].map((each) => ({
  name: each === undefined ? 'the simulator' : `the simulator with ${each}`,
  switch: each,
  keepsValues: true,
  async start() {
    const switches = {
      pingcrazy: each === 'pingcrazy',
      noDirall: each === 'no_dirall',
      noGet: each === 'no_get',
      noPersistence: each === 'no_persistence',
      readonly: each === 'readonly',
    };
    const devices = Object.values(DEVICES).map((id) => ({ id }));
    return simulator({ devices, switches, conversionMs: 0 });
  },
}));

/** The built-in simulator in front of two other owservers, each with a bus. */
export const SIMULATED_REMOTES: World = {
  name: 'the simulator in front of two others',
  switch: undefined,
  keepsValues: true,
  bus: 1,
  async start() {
    const devices = HALVES.flatMap((ids, bus) => ids.map((id) => ({ id, bus })));
    return simulator({ devices, remotes: [0, 1], conversionMs: 0 });
  },
};

/** The real owserver, with each kind of simulated adapter and each switch. */
export const REAL: readonly World[] = ['fake', 'tester', 'mock'].flatMap((adapter) =>
  [undefined, ...SWITCHES].map((each) => ({
    name: each === undefined ? `owserver --${adapter}` : `owserver --${adapter} --${each}`,
    switch: each,
    keepsValues: false,
    async start() {
      const args = [
        `--${adapter}=${Object.values(DEVICES).join(',')}`,
        ...(each ? [`--${each}`] : []),
      ];
      const owserver = await startOwserver({ args });
      return { port: owserver.port, stop: () => owserver.stop() };
    },
  })),
);

/** One owserver in front of another: what it does not know itself it asks that one. */
export const CHAINED: World = {
  name: 'owserver in front of another',
  switch: undefined,
  keepsValues: false,
  async start() {
    const behind = await startOwserver({ args: [`--tester=${Object.values(DEVICES).join(',')}`] });
    const front = await startOwserver({ args: ['-s', `127.0.0.1:${behind.port}`] });
    return { port: front.port, stop: () => Promise.all([front.stop(), behind.stop()]) };
  },
};

const onBus = (ids: readonly string[]) => ({
  devices: [...ids.map((id) => ({ id })), { id: SWITCH2, present: false }],
  byteMs: 0,
  conversionMs: 8,
});

/** An owserver that has no bus of its own, only two others behind it. */
export const TWO_REMOTES: World = {
  name: 'owserver in front of two others',
  switch: undefined,
  keepsValues: false,
  bus: 1,
  async start() {
    const behind = await Promise.all(
      HALVES.map((ids) => startOwserver({ args: [`--tester=${ids.join(',')}`] })),
    );
    const args = behind.flatMap(({ port }) => ['-s', `127.0.0.1:${port}`]);
    const front = await startOwserver({ args });
    const stop = () => Promise.all([front, ...behind].map((each) => each.stop()));
    return { port: front.port, stop };
  },
};

/** An owserver with an emulated bus, and another one with another such bus behind it. */
export const LOCAL_AND_REMOTE: World = {
  name: 'owserver with a bus of its own and another owserver',
  switch: undefined,
  keepsValues: true,
  bus: 1,
  async start() {
    const behind = await startOwserverOnBuses({ buses: [onBus(HALVES[1])] });
    const args = ['-s', `127.0.0.1:${behind.port}`];
    const front = await startOwserverOnBuses({ buses: [onBus(HALVES[0])], args });
    const hands = handsOn([...front.buses, ...behind.buses]);
    return { port: front.port, stop: () => Promise.all([front.stop(), behind.stop()]), hands };
  },
};

/** The real owserver on a bus that a program plays as fast as it can: searches, checksums and conversions are real. */
export const EMULATED: readonly World[] = [undefined, ...SWITCHES].map((each) => ({
  name: `owserver on an emulated bus${each ? ` with --${each}` : ''}`,
  switch: each,
  keepsValues: true,
  async start() {
    const buses = [onBus(Object.values(DEVICES))];
    const running = await startOwserverOnBuses({ buses, args: each ? [`--${each}`] : [] });
    return { port: running.port, stop: () => running.stop(), hands: handsOn(running.buses) };
  },
}));

async function simulator(options: SimulatorOptions): Promise<Server> {
  const running = await startSimulator(options);
  running.add({ id: SWITCH2 }).pull();
  const stop = () => running.close();
  return { port: running.port, stop, hands: handsOnSimulator(running) };
}
