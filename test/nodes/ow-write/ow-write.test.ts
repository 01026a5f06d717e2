import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow } from '../flow.js';

const PUMP = '/3A.025000000000/PIO.A';
const LIGHT = '/3A.025000000000/PIO.B';
const LIMIT = '/28.023000000000/temphigh';

describe('ow-write', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(() => simulator.close());
  afterEach(async () => {
    await unloadFlow();
    simulator.clearFaults();
  });

  const flow = (
    fields: Record<string, unknown> = {},
    server: Record<string, unknown> = {},
  ): Promise<Flow> =>
    loadFlow(
      { type: 'ow-write', ...fields },
      { host: '127.0.0.1', port: simulator.port, ...server },
    );

  const written = (): [string, string][] =>
    simulator.requests
      .filter(({ type }) => type === 'write')
      .map(({ path, data }) => [path, data?.toString() ?? '']);

  it('writes the payload, and sends it on with path and details', async () => {
    const { send } = await flow({ path: PUMP });
    const { messages, error } = await send({ payload: true, other: 'kept' });
    assert.equal(error, undefined);
    const { payload, topic, other, owserver } = messages[0] ?? {};
    assert.deepEqual([payload, topic, other], [true, PUMP, 'kept']);
    const { ms, ...details } = owserver as { ms: number };
    assert.ok(ms > 0);
    assert.deepEqual(details, {
      path: PUMP,
      id: '3A.025000000000',
      family: '3A',
      type: 'DS2413',
      property: 'PIO.A',
      attempts: 1,
      size: 1,
    });
    assert.deepEqual(written().at(-1), [PUMP, '1']);
  });

  const values: [string, Record<string, unknown>, unknown, string][] = [
    ['a fixed boolean', { value: 'false', valueType: 'bool' }, false, '0'],
    ['a fixed text', { value: 'on', valueType: 'str' }, 'on', '1'],
    ['a fixed number', { value: '1', valueType: 'num' }, 1, '1'],
    ['another property', { value: 'switch', valueType: 'msg' }, true, '1'],
    ['JSONata', { value: 'payload > 20', valueType: 'jsonata' }, true, '1'],
  ];
  for (const [what, fields, payload, bytes] of values) {
    it(`writes ${what}, and sends it on as payload`, async () => {
      const { send } = await flow({ path: PUMP, ...fields });
      const { messages } = await send({ payload: 22, switch: true });
      assert.equal(messages[0]?.payload, payload);
      assert.deepEqual(written().at(-1), [PUMP, bytes]);
    });
  }

  it('writes one value to several paths, in their order', async () => {
    const { send } = await flow();
    const before = written().length;
    const { messages } = await send({ topic: [PUMP, LIGHT], payload: 1 });
    assert.deepEqual(written().slice(before), [
      [PUMP, '1'],
      [LIGHT, '1'],
    ]);
    assert.equal((messages[0]?.owserver as { items: unknown[] }).items.length, 2);
  });

  it('sends the value on as it was written, also to several paths', async () => {
    const { send } = await flow({ value: 'off', valueType: 'str' });
    const { messages } = await send({ topic: [PUMP, LIGHT], payload: 'mine' });
    assert.equal(messages[0]?.payload, 'off');
  });

  it('writes an object key by key when nothing else names a path', async () => {
    const { send } = await flow();
    const before = written().length;
    const payload = { [LIMIT]: 61.5, [PUMP]: 'off' };
    const { messages } = await send({ payload });
    assert.deepEqual(messages[0]?.payload, payload);
    assert.deepEqual(written().slice(before), [
      [LIMIT, '61.5'],
      [PUMP, '0'],
    ]);
  });

  it('goes on after one that fails, fails the message, and tells which', async () => {
    const { send } = await flow();
    const before = written().length;
    const { messages, error, msg } = await send({ payload: { [LIMIT]: '61,5', [PUMP]: false } });
    assert.equal(messages.length, 0);
    assert.equal(error?.code, 'EOW_VALUE');
    assert.deepEqual(written().slice(before), [[PUMP, '0']]);
    const { items } = msg.owserver as { items: { path: string; error?: { code: string } }[] };
    assert.deepEqual(
      items.map((item) => [item.path, item.error?.code]),
      [
        [LIMIT, 'EOW_VALUE'],
        [PUMP, undefined],
      ],
    );
  });

  it('writes to the rest of a list that holds what is no path, and fails the message', async () => {
    const { send } = await flow();
    const before = written().length;
    const { messages, error, msg } = await send({ topic: [PUMP, '', 5, LIGHT], payload: 1 });
    assert.deepEqual([messages.length, error?.code], [0, 'EOW_VALUE']);
    assert.deepEqual(written().slice(before), [
      [PUMP, '1'],
      [LIGHT, '1'],
    ]);
    const { items } = msg.owserver as { items: { path: string; error?: { code: string } }[] };
    assert.deepEqual(
      items.map((item) => [item.path, item.error?.code]),
      [
        [PUMP, undefined],
        ['', 'EOW_VALUE'],
        ['5', 'EOW_VALUE'],
        [LIGHT, undefined],
      ],
    );
  });

  it('writes memory from a byte on', async () => {
    const memory = '/1D.027000000000/memory';
    const { send } = await flow({ path: memory, offset: '100' });
    assert.equal((await send({ payload: Buffer.from('abc') })).error, undefined);
    const request = simulator.requests.findLast(({ type }) => type === 'write');
    assert.deepEqual(
      [request?.path, request?.offset, request?.data?.toString()],
      [memory, 100, 'abc'],
    );
  });

  const JSON_BUFFER: unknown = JSON.parse(JSON.stringify(Buffer.from('abc')));

  it('takes memory as text, and as a Buffer that went through JSON', async () => {
    const memory = '/1D.027000000000/memory';
    const { send } = await flow({ path: memory });
    for (const payload of [JSON_BUFFER, '0x616263', Buffer.from('abc')]) {
      assert.equal((await send({ payload })).error, undefined);
      assert.deepEqual(written().at(-1), [memory, 'abc']);
    }
  });

  it('takes a Buffer that went through JSON for no object of paths', async () => {
    const { send } = await flow();
    const { error } = await send({ payload: JSON_BUFFER });
    assert.match(String(error?.message), /^No path was given/);
  });

  it('keeps the order of messages to one device', async () => {
    const { send } = await flow({ path: PUMP });
    const before = written().length;
    const states = Array.from({ length: 20 }, (_, n) => n % 2);
    const outcomes = await Promise.all(states.map((payload) => send({ payload })));
    assert.ok(outcomes.every(({ error }) => error === undefined));
    assert.deepEqual(
      written()
        .slice(before)
        .map(([, data]) => Number(data)),
      states,
    );
  });

  it('says that the outcome is unknown when the connection dies, and never writes twice', async () => {
    const { send } = await flow({ path: PUMP });
    const before = written().length;
    simulator.addFault({ type: 'write', then: 'close' });
    const { messages, error } = await send({ payload: true });
    assert.equal(messages.length, 0);
    assert.equal(error?.code, 'EOW_UNCERTAIN');
    assert.match(error.message, /read it back/);
    assert.equal(written().length, before + 1);
  });

  it('writes nothing when the server is set to read only', async () => {
    const { send } = await flow({ path: PUMP }, { readOnly: true });
    const before = written().length;
    assert.equal((await send({ payload: true })).error?.code, 'EOW_READ_ONLY');
    assert.equal(written().length, before);
  });

  it('disconnects and connects the server by msg.action, and has no repeat to start', async () => {
    const { send } = await flow({ path: PUMP });
    assert.deepEqual((await send({ action: 'disconnect' })).messages, []);
    const refused = await send({ payload: true });
    assert.equal(refused.error?.code, 'EOW_CLOSED');
    assert.equal((await send({ action: 'connect' })).error, undefined);
    assert.equal((await send({ payload: true })).error, undefined);
    const none = await send({ action: 'start' });
    assert.match(String(none.error?.message), /without a repeat/);
    const odd = await send({ action: { what: 'ever' } });
    assert.match(String(odd.error?.message), /connect, disconnect, start, stop/);
  });
});
