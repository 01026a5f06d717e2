import type { Simulator } from '../../simulator/index.js';
import type { EmulatedBus } from './bus/index.js';

/** What the world does to the devices of a server, whichever that is. */
export interface Hands {
  /** Gives pin n of a switch a level. */
  level(id: string, pin: number, high: boolean): Promise<void>;
  /** A contact at pin n closes for a moment; it is over when this resolves. */
  pulse(id: string, pin: number): Promise<void>;
  /** The supply of devices fails for a moment. */
  dip(...ids: readonly string[]): Promise<void>;
  pull(id: string): Promise<void>;
  plug(id: string): Promise<void>;
}

/** Families whose channels have letters. */
const LETTERED = /^(12|3A|42)/;

const nameOf = (id: string, pin: number): string =>
  `sensed.${LETTERED.test(id) ? String.fromCharCode(65 + pin) : pin}`;

/** Hands on emulated buses. */
export function handsOn(buses: readonly EmulatedBus[]): Hands {
  const on = async (id: string, act: (bus: EmulatedBus) => Promise<void>): Promise<void> => {
    for (const bus of buses) if (id in (await bus.states())) return act(bus);
    throw new Error(`${id} is on no bus`);
  };
  return {
    level: (id, pin, high) => on(id, (bus) => bus.set(id, { levels: { [pin]: high } })),
    pulse: (id, pin) =>
      on(id, async (bus) => (await bus.play([{ at: 0, id, pulse: pin, ms: 1 }])).finished()),
    dip: async (...ids) => {
      for (const id of ids) await on(id, (bus) => bus.glitch(id));
    },
    pull: (id) => on(id, (bus) => bus.pull(id)),
    plug: (id) => on(id, (bus) => bus.plug(id)),
  };
}

/** Hands on the simulator, whose pulses take no time. */
export function handsOnSimulator(simulator: Simulator): Hands {
  const later = (act: () => void): Promise<void> => Promise.resolve().then(act);
  return {
    level: (id, pin, high) => later(() => simulator.device(id).set(nameOf(id, pin), high)),
    pulse: (id, pin) => later(() => simulator.device(id).pulse(nameOf(id, pin), 0)),
    dip: (...ids) => later(() => ids.forEach((id) => simulator.device(id).dip())),
    pull: (id) => later(() => simulator.device(id).pull()),
    plug: (id) => later(() => simulator.device(id).plug()),
  };
}
