import { startOwserverOnBuses } from '../../test/support/bus/index.js';
import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import { flowsOf, serverNode } from '../flow.js';
import { CONNECTIONS } from '../settings.js';
import { PATIENT, readFlow, readThrough } from './reading.js';
import { chipsOf, Thermometers, thermometerIds } from './thermometers.js';

const WANTED_RATIO = 1.8;

/** Two buses on one owserver, read sensor by sensor: what it gains that a bus need not wait for the other. */
export async function twoBuses(nodeRed: NodeRedProcess, sensors: number): Promise<void> {
  const ids = [thermometerIds(sensors, 0), thermometerIds(sensors, 1)];
  const buses = ids.map((each) => ({ devices: chipsOf(each) }));
  const world = await startOwserverOnBuses({ buses });
  try {
    await nodeRed.deploy(flows(world.port));
    const hung = world.buses.map((bus, n) => ({ bus, ids: ids[n] ?? [] }));
    const read = async (node: string, thermometers: Thermometers): Promise<number> => {
      await thermometers.change();
      const { seconds, values } = await readThrough(nodeRed, node, { topic: thermometers.paths });
      thermometers.check(values);
      return seconds;
    };
    // The search of the buses and what a client learns first are no part of this.
    const few = new Thermometers(hung.map(({ bus, ids }) => ({ bus, ids: ids.slice(0, 1) })));
    for (const node of ['several', 'one']) await read(node, few);
    const all = new Thermometers(hung);
    const several = await read('several', all);
    const one = await read('one', all);
    show(sensors, several, one);
  } finally {
    await world.stop();
  }
}

function flows(port: number): FlowNode[] {
  const node = { source: 'uncached', path: '' } as const;
  return flowsOf(
    [
      serverNode('owserver', port, { ...PATIENT, connections: CONNECTIONS }),
      serverNode('owserver-1', port, { ...PATIENT, connections: 1 }),
    ],
    [
      ...readFlow({ id: 'several', server: 'owserver', ...node }),
      ...readFlow({ id: 'one', server: 'owserver-1', ...node }),
    ],
  );
}

function show(sensors: number, several: number, one: number): void {
  console.log(`\nTwo buses of ${sensors} DS18B20, uncached, listed bus after bus\n`);
  console.log(`${CONNECTIONS} connections: ${several.toFixed(2)} s, 1: ${one.toFixed(2)} s`);
  console.log(`${(one / several).toFixed(2)} times faster, wanted at least ${WANTED_RATIO}`);
}
