import assert from 'node:assert/strict';
import { loadSeveral, type SeveralNodes } from '../nodes/several-nodes.js';
import { unloadFlow } from '../nodes/flow.js';
import type { BusSetup } from '../support/bus/index.js';
import { startProxy, type Proxy } from '../support/proxy.js';
import { FAST, onBuses, SIMULTANEOUS, type World } from './world.js';

const MEASURED = 2;

const idOf = (number: number): string =>
  `28.${(number * 0x010203 + 0x10).toString(16).padStart(10, '0').toUpperCase()}00`;

/** So many thermometers, dealt to so many buses. */
function dealt(sensors: number, buses: number): { ids: string[]; setups: BusSetup[] } {
  const ids = Array.from({ length: sensors }, (_, number) => idOf(number));
  const setups = Array.from({ length: buses }, (_, bus) => ({
    ...FAST,
    devices: ids.filter((_id, number) => number % buses === bus).map((id) => ({ id })),
  }));
  return { ids, setups };
}

/** What one tick of all nodes came to. */
interface Tick {
  readonly requests: readonly string[];
  /** Conversions that were begun, bus by bus. */
  readonly conversions: readonly number[];
}

const CASES = [
  { sensors: 20, buses: 1, repeat: 2 },
  { sensors: 20, buses: 2, repeat: 2 },
  { sensors: 100, buses: 1, repeat: 3 },
];

for (const { sensors, buses, repeat } of CASES) {
  describe(`${sensors} ow-read nodes of one thermometer each, on ${buses} bus(es)`, () => {
    const { ids, setups } = dealt(sensors, buses);
    const world = onBuses(setups);
    let proxy: Proxy;
    before(async () => {
      proxy = await startProxy(world.running.port);
    });
    after(async () => {
      await unloadFlow();
      await proxy.close();
    });

    it('share one conversion of each bus a tick, and ask for nothing but their values', async function () {
      this.timeout(60_000);
      const fields = { type: 'ow-read', source: 'convert', repeat: String(repeat) };
      const nodes = await loadSeveral(
        ids.map((id) => ({ ...fields, path: `/${id}/temperature` })),
        { host: '127.0.0.1', port: String(proxy.port) },
      );
      // What is learned once comes first, the resolution of each sensor last.
      const learned = (): number =>
        proxy.requests.filter((request) => request.endsWith('/tempres')).length;
      while (learned() < sensors) await nodes.next();
      await nodes.next();
      const commands = Array.from({ length: buses }, (_, bus) =>
        buses === 1 ? SIMULTANEOUS : `/bus.${bus}${SIMULTANEOUS}`,
      );
      for (let tick = 0; tick < MEASURED; tick += 1) {
        const { requests, conversions } = await nextTick(world, proxy, nodes);
        assert.deepEqual(conversions, Array(buses).fill(1));
        assert.equal(requests.length, sensors + buses, requests.join('\n'));
        const written = requests.filter((request) => request.startsWith('write'));
        assert.deepEqual(
          written.sort(),
          commands.map((path) => `write ${path}`),
        );
        for (const id of ids)
          assert.equal(
            requests.filter((request) => request.endsWith(`/${id}/latesttemp`)).length,
            1,
          );
      }
      assert.deepEqual(nodes.caught.all, []);
    });
  });
}

async function nextTick({ running }: World, proxy: Proxy, nodes: SeveralNodes): Promise<Tick> {
  const count = async (): Promise<number[]> =>
    (await Promise.all(running.buses.map((bus) => bus.traffic()))).map(
      ({ broadcasts }) => broadcasts,
    );
  const before = await count();
  const from = proxy.requests.length;
  await nodes.next();
  const after = await count();
  return {
    requests: proxy.requests.slice(from),
    conversions: after.map((all, bus) => all - (before[bus] ?? 0)),
  };
}
