import { dialTcp, type Dial } from '../../client/index.js';
import type { Simulator } from '../../simulator/index.js';

/** The built-in simulated bus of one configuration. */
export interface SimulatedBus {
  /** Opens connections to the simulator, which starts with the first of them. */
  readonly dial: Dial;
  close: () => Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** A simulated bus that takes no port, no memory and no time before it is used. */
export function simulatedBus(): SimulatedBus {
  let starting: Promise<Simulator> | undefined;
  const start = async (): Promise<Simulator> => {
    const { DEMO_SCRIPT, startSimulator } = await import('../../simulator/index.js');
    return startSimulator({ script: DEMO_SCRIPT });
  };
  return {
    dial: async (signal) => {
      starting ??= start();
      const { host, port } = await starting;
      return dialTcp({ host, port, tls: undefined, connectTimeoutMs: CONNECT_TIMEOUT_MS })(signal);
    },
    close: async () => (await starting)?.close(),
  };
}
