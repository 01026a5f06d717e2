import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow } from '../flow.js';

const KEY = '01.029000000000';
const EIGHT = '29.026000000000';
const RELAY = '3A.025000000000';

/** What `msg.owserver` tells of these tests' interest. */
interface Told {
  readonly event?: string;
  readonly count?: number;
  readonly added?: readonly { id: string }[];
  readonly removed?: readonly { id: string }[];
}

describe('an ow-dir node that looks by itself', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ devices: [KEY, EIGHT, RELAY].map((id) => ({ id })) });
  });
  afterEach(async () => {
    await unloadFlow();
    await simulator.close();
  });

  const flow = (fields: Record<string, unknown> = {}): Promise<Flow> =>
    loadFlow(
      { type: 'ow-dir', repeat: '0.1', once: true, emit: 'change', ...fields },
      { host: '127.0.0.1', port: String(simulator.port) },
    );
  const toldBy = ({ owserver }: { owserver?: unknown }): Told => owserver as Told;
  const idOf = ({ payload }: { payload?: unknown }): string => (payload as { id: string }).id;

  it('sends the devices at first, and then when a key comes or goes', async () => {
    const { sent, shows } = await flow();
    assert.equal((await sent.next()).topic, '/');
    simulator.device(KEY).pull();
    const gone = await sent.next();
    assert.equal((gone.payload as unknown[]).length, 2);
    assert.deepEqual(
      toldBy(gone).removed?.map(({ id }) => id),
      [KEY],
    );
    simulator.device(KEY).plug();
    const back = await sent.next();
    assert.deepEqual(
      toldBy(back).added?.map(({ id }) => id),
      [KEY],
    );
    assert.equal(toldBy(back).removed, undefined);
    await shows(({ text }) => text?.endsWith('listed') ?? false);
    assert.equal(sent.all.length, 3);
  });

  it('sends a message for each device at first, and then for each that came or went, with its event', async () => {
    const { sent } = await flow({ results: 'messages' });
    for (const id of [KEY, EIGHT, RELAY]) {
      const msg = await sent.next();
      assert.deepEqual([idOf(msg), msg.topic, toldBy(msg).event], [id, `/${id}`, 'present']);
    }
    simulator.device(KEY).pull();
    const gone = await sent.next();
    assert.deepEqual([idOf(gone), gone.topic, toldBy(gone).event], [KEY, `/${KEY}`, 'removed']);
    simulator.device(KEY).plug();
    const back = await sent.next();
    assert.deepEqual([idOf(back), toldBy(back).event, back.parts?.count], [KEY, 'added', 1]);
    assert.equal(sent.all.length, 5);
  });

  it('sends every device each time where it is to, with what happened to it', async () => {
    const { sent } = await flow({ results: 'messages', emit: 'always', source: 'uncached' });
    await sent.next(({ topic }) => topic === `/${RELAY}`);
    simulator.device(KEY).pull();
    const gone = await sent.next((msg) => toldBy(msg).event === 'removed');
    assert.equal(idOf(gone), KEY);
  });

  it('tells of a contact with its channel, once, and clears its latch', async () => {
    const { sent, shows } = await flow({
      list: 'alarm',
      results: 'messages',
      latch: 'reset',
      arm: true,
    });
    await shows(({ text }) => text?.endsWith('noAlarm') ?? false);
    simulator.device(EIGHT).set('sensed.3', 0);
    const msg = await sent.next();
    const { id, channels, state } = msg.payload as {
      id: string;
      channels: number[];
      state: boolean[];
    };
    assert.deepEqual([id, channels, state[3], toldBy(msg).event], [EIGHT, [3], false, 'alarm']);
    // It opens at once, before its latch is cleared: one event, and the level that it has now.
    simulator.device(EIGHT).set('sensed.3', 1);
    const { payload } = await sent.next();
    const { channels: none, state: now } = payload as { channels: number[]; state: boolean[] };
    assert.deepEqual([none, now[3]], [[], true]);
    assert.equal(sent.all.length, 2);
    await shows(({ text }) => text?.endsWith('noAlarm') ?? false);
  });

  it('warns once of a chip that answers no alarm search', async () => {
    const { node, sent, caught } = await flow({ list: 'alarm', latch: 'reset', emit: 'always' });
    for (let look = 0; look < 3; look += 1) await sent.next();
    const warnings = node.warn.args.map(([text]) => text);
    assert.deepEqual([warnings.length, caught.all.length], [1, 0]);
    assert.match(warnings[0] ?? '', /133333333/);
  });

  it('tells that a key came or went, and shows it', async () => {
    const { sent, shows } = await flow({ list: 'present', path: `/${KEY}` });
    assert.equal((await sent.next()).payload, true);
    simulator.device(KEY).pull();
    assert.equal((await sent.next()).payload, false);
    await shows(({ fill, shape }) => fill === 'grey' && shape === 'ring');
    simulator.device(KEY).plug();
    assert.equal((await sent.next()).payload, true);
    assert.equal(sent.all.length, 3);
  });

  it('lists a tree to the depth that is set', async () => {
    const { sent } = await flow({ list: 'tree', depth: '2', emit: 'always' });
    const paths = (await sent.next()).payload as string[];
    assert.ok(paths.includes(`/${KEY}`) && paths.includes(`/${KEY}/address`));
  });

  it('tells an owserver that is away once, and goes on when it is back', async () => {
    const { sent, caught } = await flow({ emit: 'always', source: 'uncached' });
    await sent.next();
    const { port } = simulator;
    await simulator.close();
    await caught.next();
    simulator = await startSimulator({ port, devices: [{ id: KEY }] });
    const back = await sent.next(({ payload }) => (payload as unknown[]).length === 1);
    assert.equal(toldBy(back).count, 1);
    assert.equal(caught.all.length, 1);
  });

  it('answers a message with what it finds, beside its repeat', async () => {
    const { sent, send } = await flow({ repeat: '3600', emit: 'always', results: 'messages' });
    await sent.next(({ topic }) => topic === `/${RELAY}`);
    const { messages } = await send({ other: 'kept' });
    assert.deepEqual(
      messages.map((msg) => [msg.topic, msg.other, toldBy(msg).event]),
      [KEY, EIGHT, RELAY].map((id) => [`/${id}`, 'kept', 'present']),
    );
  });
});
