import assert from 'node:assert/strict';
import { DEMO_DEVICES, startSimulator, type Simulator } from '../../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow } from '../flow.js';

const BOILER = '28.023000000000';
const KEY = '/01.029000000000';

describe('ow-dir', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  const flow = (fields: Record<string, unknown> = {}): Promise<Flow> =>
    loadFlow({ type: 'ow-dir', ...fields }, { host: '127.0.0.1', port: simulator.port });

  it('lists all devices when nothing is set but the server', async () => {
    const { send } = await flow();
    const { messages, error } = await send({ other: 'kept' });
    assert.equal(error, undefined);
    const { payload, topic, other, owserver } = messages[0] ?? {};
    assert.ok(Array.isArray(payload));
    assert.equal(payload.length, DEMO_DEVICES.length);
    assert.deepEqual([topic, other], ['/', 'kept']);
    assert.deepEqual(
      payload.find((device: { alias?: string }) => device.alias !== undefined),
      {
        path: '/28.022000000000',
        id: '28.022000000000',
        alias: 'outside',
        family: '28',
        type: 'DS18B20',
      },
    );
    const { ms, ...details } = owserver as { ms: number };
    assert.ok(ms > 0);
    assert.deepEqual(details, {
      path: '/',
      list: 'devices',
      count: DEMO_DEVICES.length,
      cached: true,
    });
  });

  it('says that a listing may come of the cache, where it may', async () => {
    const { send } = await flow({ path: '', list: 'entries' });
    for (const [topic, cached] of [
      ['/', true],
      [`/${BOILER}`, true],
      ['/uncached', false],
      ['/bus.0', false],
      ['/bus.0/uncached', false],
      [`/uncached/${BOILER}`, false],
      ['/settings', false],
    ] as const) {
      const [message] = (await send({ topic })).messages;
      assert.equal((message?.owserver as { cached: boolean }).cached, cached, topic);
    }
  });

  it('lists one family', async () => {
    const { send } = await flow({ family: '3a' });
    const devices = (await send({})).messages[0]?.payload as { id: string }[];
    assert.deepEqual(
      devices.map(({ id }) => id),
      ['3A.025000000000'],
    );
  });

  it('lists the paths in a directory that the message names', async () => {
    const { send } = await flow({ path: '', list: 'entries' });
    const { messages } = await send({ topic: '3A.025000000000/' });
    const paths = messages[0]?.payload as string[];
    assert.ok(paths.includes('/3A.025000000000/PIO.A'));
    assert.equal(messages[0]?.topic, '/3A.025000000000');
  });

  it('sends a message each, with the path as topic and parts to join them', async () => {
    const { send } = await flow({ family: '28', results: 'messages' });
    const { messages } = await send({});
    assert.equal(messages.length, 3);
    for (const [index, { payload, topic, parts }] of messages.entries()) {
      assert.equal((payload as { path: string }).path, topic);
      assert.deepEqual([parts?.index, parts?.count], [index, 3]);
    }
  });

  it('sends nothing, and is done, when there is nothing to send one by one', async () => {
    const { send } = await flow({ family: 'FF', results: 'messages' });
    const { messages, error } = await send({});
    assert.deepEqual([messages.length, error], [0, undefined]);
  });

  it('lists devices in alarm', async () => {
    const { send } = await flow({ list: 'alarm' });
    const boiler = simulator.device(BOILER);
    boiler.set('temperature', 99);
    boiler.set('temphigh', 60);
    await simulatorConverts(simulator);
    const devices = (await send({})).messages[0]?.payload as { id: string; path: string }[];
    assert.ok(devices.some(({ id, path }) => id === BOILER && path === `/${BOILER}`));
  });

  it('tells whether a key is on the reader, each time anew', async () => {
    const { send, shows } = await flow({ path: KEY, list: 'present' });
    const there = async (): Promise<unknown> => (await send({})).messages[0]?.payload;
    assert.equal(await there(), true);
    await shows(({ text }) => text?.endsWith('status.present') ?? false);
    simulator.device('01.029000000000').pull();
    assert.equal(await there(), false);
    await shows(
      ({ fill, shape, text }) =>
        fill === 'grey' && shape === 'ring' && (text?.endsWith('status.absent') ?? false),
    );
    simulator.device('01.029000000000').plug();
    assert.equal(await there(), true);
  });

  it('tells of several paths in one object', async () => {
    const { send } = await flow({ path: '', list: 'present' });
    const { messages } = await send({ topic: [KEY, '01.0F0F0F0F0F0F'] });
    assert.deepEqual(messages[0]?.payload, { [KEY]: true, '/01.0F0F0F0F0F0F': false });
  });

  const absent = '/01.0F0F0F0F0F0F';
  const codesOf = (owserver: unknown): [string, string | undefined, number | undefined][] =>
    (owserver as { items: { path: string; count?: number; error?: { code: string } }[] }).items.map(
      ({ path, count, error }) => [path, error?.code, count],
    );

  it('lists several directories although some of them fail, and tells of each', async () => {
    const { send, shows } = await flow({ path: '', list: 'entries' });
    const topic = ['/settings', 5, '/nothing', '/28.*', `${absent}/`, '/3A.025000000000'];
    const { messages, error } = await send({ topic });
    assert.equal(error, undefined);
    const [{ payload, owserver } = {} as never] = messages;
    assert.ok((payload as string[]).includes('/settings/units'));
    assert.ok((payload as string[]).includes('/3A.025000000000/PIO.A'));
    const counts = codesOf(owserver).map(([path, code, count]) => [path, code, (count ?? 0) > 0]);
    assert.deepEqual(counts, [
      ['/settings', undefined, true],
      ['5', 'EOW_VALUE', false],
      ['/nothing', 'EOW_ABSENT', false],
      ['/28.*', 'EOW_VALUE', false],
      [absent, 'EOW_ABSENT', false],
      ['/3A.025000000000', undefined, true],
    ]);
    await shows(({ fill, text }) => fill === 'yellow' && (text?.endsWith('listed') ?? false));
  });

  it('tells what is there although it cannot be told of all', async () => {
    const { send, shows } = await flow({ path: '', list: 'present' });
    const { messages } = await send({ topic: [KEY, '', absent] });
    assert.deepEqual(messages[0]?.payload, { [KEY]: true, [absent]: false });
    assert.deepEqual(codesOf(messages[0].owserver), [
      [KEY, undefined, undefined],
      ['', 'EOW_VALUE', undefined],
      [absent, undefined, undefined],
    ]);
    await shows(({ fill, text }) => fill === 'yellow' && (text?.endsWith('presentOf') ?? false));
  });

  it('fails the message only when every path fails, and tells of each', async () => {
    for (const list of ['entries', 'devices', 'present']) {
      await unloadFlow();
      const { send } = await flow({ path: '', list });
      const { messages, error, msg } = await send({ topic: ['/28.*', 7] });
      assert.deepEqual([messages.length, error?.code], [0, 'EOW_VALUE']);
      assert.deepEqual(
        codesOf(msg.owserver).map(([path, code]) => [path, code]),
        [
          ['/28.*', 'EOW_VALUE'],
          ['7', 'EOW_VALUE'],
        ],
      );
    }
  });

  it('sends a message for each entry of several directories, with the directory it is in', async () => {
    const { send } = await flow({ path: '', list: 'entries', results: 'messages' });
    const { messages } = await send({ topic: ['/settings', '/nothing', '/3A.025000000000'] });
    const places = messages.map(({ owserver }) => (owserver as { path: string }).path);
    assert.deepEqual([...new Set(places)], ['/settings', '/3A.025000000000']);
    for (const { topic, owserver } of messages) {
      assert.ok(String(topic).startsWith((owserver as { path: string }).path));
      assert.ok(!('items' in (owserver as object)));
    }
  });

  it('looks for more than the queue takes', async () => {
    const { send } = await loadFlow(
      { type: 'ow-dir', path: '', list: 'present' },
      { host: '127.0.0.1', port: simulator.port, maxQueue: '3' },
    );
    const { messages } = await send({ topic: [...Array<string>(60).fill(absent), KEY] });
    assert.deepEqual(messages[0]?.payload, { [KEY]: true, [absent]: false });
    assert.ok(codesOf(messages[0].owserver).every(([, code]) => code === undefined));
  });

  it('puts the list where the output field says', async () => {
    const { send, node } = await flow({ family: '28', output: 'sensors', outputType: 'flow' });
    const { messages } = await send({ payload: 'mine' });
    assert.equal(messages[0]?.payload, 'mine');
    assert.equal((node.context().flow.get('sensors') as unknown[]).length, 3);
  });
});

/** Alarms follow the last conversion. */
async function simulatorConverts(simulator: Simulator): Promise<void> {
  const { OwserverClient } = await import('../../../client/index.js');
  const client = new OwserverClient({ host: simulator.host, port: simulator.port });
  await client.read(`/${BOILER}/temperature`, { source: 'uncached' });
  client.close();
}
