import assert from 'node:assert/strict';
import { OwError, OwserverClient } from '../../client/index.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { startOwserverOnBuses, type OwserverOnBuses } from '../support/bus/index.js';
import { handsOn, handsOnSimulator, type Hands } from '../support/hands.js';
import { need } from '../support/need.js';

const TWO = '12.02A000000000';
const EIGHT = '29.026000000000';
const RELAY = '3A.025000000000';
const PAIR = '42.021000000000';
const KEY = '01.029000000000';
const IDS = [TWO, EIGHT, RELAY, PAIR, KEY];

/** A server, and what the world does to its devices. */
interface Side extends Hands {
  readonly client: OwserverClient;
}

/** What is done to both sides, and to be told of both alike. */
type Act = (side: Side) => Promise<unknown>;

const write =
  (path: string, value: unknown): Act =>
  async ({ client }) => {
    const written = await client.write(`/${path}`, value).catch(retOf);
    return typeof written === 'object' ? written.size : written;
  };

function retOf(error: unknown): number | undefined {
  assert.ok(error instanceof OwError);
  return error.ret;
}

/** What a client sees of all switches: each property past the cache, and who is in alarm. */
async function seen({ client }: Side): Promise<Record<string, unknown>> {
  const names: readonly (readonly [string, readonly string[]])[] = [
    [TWO, ['PIO.BYTE', 'flipflop.BYTE', 'sensed.BYTE', 'latch.BYTE', 'set_alarm']],
    [EIGHT, ['PIO.BYTE', 'sensed.BYTE', 'latch.BYTE', 'set_alarm', 'por', 'strobe']],
    [RELAY, ['PIO.BYTE', 'sensed.BYTE']],
    [PAIR, ['PIO.BYTE', 'sensed.BYTE', 'latch.BYTE']],
    [KEY, ['present']],
  ];
  const paths = names.flatMap(([id, all]) => all.map((name) => `/${id}/${name}`));
  const results = await client.readAll(paths, { source: 'uncached' });
  const values = results.map((one) => ('error' in one ? one.error.code : one.value));
  const alarm = (await client.alarm()).map(({ id }) => id).sort();
  return { ...Object.fromEntries(paths.map((path, at) => [path, values[at]])), alarm };
}

describe('the switches of the simulator against those on a bus of the real owserver', () => {
  need('owserver');
  need('socat');
  let running: OwserverOnBuses;
  let simulator: Simulator;
  let sides: readonly [ours: Side, theirs: Side];
  before(async () => {
    const devices = IDS.map((id) => ({ id }));
    running = await startOwserverOnBuses({ buses: [{ devices, byteMs: 0, conversionMs: 8 }] });
    simulator = await startSimulator({ devices, conversionMs: 0 });
    const client = (port: number) => new OwserverClient({ host: '127.0.0.1', port });
    sides = [
      { client: client(simulator.port), ...handsOnSimulator(simulator) },
      { client: client(running.port), ...handsOn(running.buses) },
    ];
  });
  after(async () => {
    for (const { client } of sides) client.close();
    await simulator.close();
    await running.stop();
  });

  /** Does it to both, and holds what is seen of the one to what is seen of the other. */
  const alike = async (what: string, act: Act = seen): Promise<void> => {
    const [ours, theirs] = sides;
    assert.deepEqual(await act(ours), await act(theirs), what);
    assert.deepEqual(await seen(ours), await seen(theirs), what);
  };

  it('are as after a power-on at first, and are set up alike', async () => {
    await alike('at first');
    await alike('por cleared', write(`${EIGHT}/por`, false));
    await alike('por set again', write(`${EIGHT}/por`, true));
    await alike('strobe', write(`${EIGHT}/strobe`, true));
    await alike('latches of two', write(`${TWO}/set_alarm`, 311));
    await alike('latches of eight', write(`${EIGHT}/set_alarm`, 133_333_333));
  });

  it('latch pulses and outputs, and clear all latches at once', async () => {
    for (const id of [TWO, EIGHT, RELAY, PAIR]) await alike(`${id} 1`, (side) => side.pulse(id, 1));
    await alike('cleared', write(`${EIGHT}/latch.5`, true));
    await alike('cleared', write(`${TWO}/latch.A`, false));
    for (const id of [TWO, EIGHT, RELAY, PAIR])
      await alike(`${id} low`, (side) => side.level(id, 0, false));
    for (const name of [`${TWO}/PIO.B`, `${EIGHT}/PIO.1`, `${RELAY}/PIO.B`, `${PAIR}/PIO.B`]) {
      await alike(`${name} on`, write(name, true));
      await alike(`${name} off`, write(name, false));
      await alike(`${name} on`, write(name, true));
    }
  });

  it('answer an alarm search by what they were told, whatever that is', async () => {
    const two = [111, 211, 310, 121, 220, 131, 230, 331, 10, 11, 301, 0, 999, 888, 4_294_967_295];
    for (const setting of two) await alike(`${setting}`, write(`${TWO}/set_alarm`, setting));
    const eight = [20, 2, 3, 30, 100_000_003, 200_000_022, 200_000_023, 300_000_033, 0];
    for (const setting of [...eight, 111_111_111, 987_654_321, 4_294_967_295])
      await alike(`${setting}`, write(`${EIGHT}/set_alarm`, setting));
  });

  it('forget it all when their supply fails, and when they are pulled', async () => {
    await alike('set up', write(`${EIGHT}/set_alarm`, 133_333_333));
    await alike('dip', (side) => side.dip(TWO, EIGHT, RELAY, PAIR));
    await alike('set up', write(`${EIGHT}/por`, false));
    await alike('on', write(`${EIGHT}/PIO.BYTE`, 255));
    for (const id of [EIGHT, TWO, KEY]) {
      await alike(`${id} pulled`, async (side) => {
        await side.pull(id);
        return side.client.present(`/${id}`);
      });
      await alike(`${id} plugged`, (side) => side.plug(id));
      await alike(`${id} plugged again`, (side) => side.plug(id));
    }
  });

  it('are switched with what owserver believes of their other outputs', async () => {
    const PIO = [`${TWO}/PIO`, `${EIGHT}/PIO`, `${RELAY}/PIO`];
    for (const path of PIO) await alike(path, write(`${path}.BYTE`, 2));
    for (const { client } of sides) for (const path of PIO) await client.read(`/${path}.ALL`);
    const [ours] = sides;
    for (const side of sides) {
      await side.dip(TWO, EIGHT, RELAY);
      for (const path of [`${TWO}/PIO.A`, `${EIGHT}/PIO.0`, `${RELAY}/PIO.A`])
        await side.client.write(`/${path}`, true);
    }
    await alike('those that it reads in one go are on again');
    const outputs = PIO.map((path) => ours.client.read(`/${path}.BYTE`));
    assert.deepEqual(
      (await Promise.all(outputs)).map(({ value }) => value),
      [3, 1, 3],
    );
  });
});
