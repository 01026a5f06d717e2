import assert from 'node:assert/strict';
import { Flag } from '../../../client/index.js';
import { startSimulator, type Simulator } from '../../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow, type Outcome } from '../flow.js';

const LIVING = '/28.021000000000/temperature';
const RELAY = '/3A.025000000000/PIO.A';
const ABSENT = '/28.0F0F0F0F0F0F/temperature';

/** The test helper translates nothing: a status shows the key of its text. */
const says = (text: string | undefined, word: string): boolean => text?.includes(word) ?? false;

describe('ow-read', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0, keepAliveMs: 20 });
    simulator.device('28.021000000000').set('temperature', 21.5);
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  const flow = (fields: Record<string, unknown> = {}): Promise<Flow> =>
    loadFlow({ type: 'ow-read', ...fields }, { host: '127.0.0.1', port: String(simulator.port) });

  it('sends the value, the path and the details, and keeps what the message held', async () => {
    const { send } = await flow({ path: LIVING });
    const { messages, error } = await send({ payload: 'go', other: { kept: true } });
    assert.equal(error, undefined);
    assert.equal(messages.length, 1);
    const [{ payload, topic, other, owserver }] = messages as [Outcome['msg']];
    assert.deepEqual([payload, topic, other], [21.5, LIVING, { kept: true }]);
    const { ms, ...details } = owserver as { ms: number };
    assert.ok(ms > 0);
    assert.deepEqual(details, {
      path: LIVING,
      id: '28.021000000000',
      family: '28',
      type: 'DS18B20',
      property: 'temperature',
      unit: '°C',
      raw: '        21.5',
      cached: true,
      attempts: 1,
    });
  });

  it('works with nothing but a server: the path is msg.topic', async () => {
    const { send } = await flow();
    const { messages } = await send({ topic: '28.021000000000/temperature' });
    assert.deepEqual([messages[0]?.payload, messages[0]?.topic], [21.5, LIVING]);
  });

  it('takes the path from wherever the field says', async () => {
    const { send, node } = await flow({ path: 'where', pathType: 'flow' });
    node.context().flow.set('where', LIVING);
    assert.equal((await send({})).messages[0]?.payload, 21.5);
    await unloadFlow();
    const jsonata = await flow({ path: '"/" & device & "/temperature"', pathType: 'jsonata' });
    assert.equal((await jsonata.send({ device: '28.021000000000' })).messages[0]?.payload, 21.5);
  });

  const outputs: [string, string, (outcome: Outcome, node: Flow['node']) => unknown][] = [
    ['msg', 'a.b', ({ messages }) => (messages[0]?.a as { b: unknown }).b],
    ['flow', 'living', (_, node) => node.context().flow.get('living')],
    ['global', 'living', (_, node) => node.context().global.get('living')],
  ];
  for (const [outputType, output, find] of outputs) {
    it(`puts the value into ${outputType}.${output}, and leaves the payload alone`, async () => {
      const { send, node } = await flow({ path: LIVING, output, outputType });
      const outcome = await send({ payload: 'mine' });
      assert.equal(find(outcome, node), 21.5);
      assert.equal(outcome.messages[0]?.payload, 'mine');
    });
  }

  it('reads several paths into one object, without those that failed', async () => {
    const { send } = await flow();
    const { messages, error } = await send({ topic: [LIVING, ABSENT, RELAY] });
    assert.equal(error, undefined);
    assert.deepEqual(messages[0]?.payload, { [LIVING]: 21.5, [RELAY]: false });
    const { items } = messages[0].owserver as {
      items: { path: string; error?: { code: string } }[];
    };
    assert.deepEqual(
      items.map((item) => [item.path, item.error?.code]),
      [
        [LIVING, undefined],
        [ABSENT, 'EOW_ABSENT'],
        [RELAY, undefined],
      ],
    );
  });

  it('reads several paths into one array, errors in place', async () => {
    const { send } = await flow({ results: 'array' });
    const { messages } = await send({ topic: [LIVING, ABSENT] });
    const [good, bad] = messages[0]?.payload as [
      object,
      { path: string; error: { message: string } },
    ];
    assert.deepEqual(good, { path: LIVING, value: 21.5 });
    assert.equal(bad.path, ABSENT);
    assert.match(bad.error.message, /was not found/);
  });

  it('reads several paths into a message each, which a join node can put together', async () => {
    const { send } = await flow({ results: 'messages' });
    const { messages } = await send({ topic: [LIVING, ABSENT, RELAY], other: 1 });
    assert.deepEqual(
      messages.map(({ payload, topic, other }) => [payload, topic, other]),
      [
        [21.5, LIVING, 1],
        [false, RELAY, 1],
      ],
    );
    const parts = messages.map((message) => message.parts);
    assert.deepEqual(
      parts.map((part) => [part?.type, part?.index, part?.count]),
      [
        ['array', 0, 2],
        ['array', 1, 2],
      ],
    );
    assert.equal(parts[0]?.id, parts[1]?.id);
  });

  it('reads the rest of a list that holds what is no path, and shows that a part failed', async () => {
    const { send, shows } = await flow();
    const { messages, error } = await send({ topic: ['', LIVING, 28, null, {}, [RELAY], RELAY] });
    assert.equal(error, undefined);
    assert.deepEqual(messages[0]?.payload, { [LIVING]: 21.5, [RELAY]: false });
    const { items } = messages[0].owserver as { items: { error?: { code: string } }[] };
    const bad = 'EOW_VALUE';
    assert.deepEqual(
      items.map((item) => item.error?.code),
      [bad, undefined, bad, bad, bad, bad, undefined],
    );
    await shows(({ fill, text }) => fill === 'yellow' && says(text, 'several'));
  });

  it('fails the message only when every path fails, and tells of each', async () => {
    const { send } = await flow();
    const { messages, error, msg } = await send({ topic: [ABSENT, '/nothing/there'] });
    assert.equal(messages.length, 0);
    assert.equal(error?.code, 'EOW_ABSENT');
    assert.equal((msg.owserver as { items: unknown[] }).items.length, 2);
  });

  it('reads text, Buffers and parts of memory', async () => {
    const text = await flow({ path: LIVING, value: 'text' });
    assert.equal((await text.send({})).messages[0]?.payload, '21.5');
    await unloadFlow();
    const part = await flow({
      path: '/1D.027000000000/memory',
      value: 'buffer',
      offset: '8',
      size: '4',
    });
    const payload = (await part.send({})).messages[0]?.payload;
    assert.ok(Buffer.isBuffer(payload) && payload.length === 4);
  });

  it('asks the cache or the bus, as it is set', async () => {
    const { send } = await flow({ path: LIVING, source: 'uncached' });
    const [message] = (await send({})).messages;
    assert.equal((message?.owserver as { cached: boolean }).cached, false);
    const request = simulator.requests.findLast(({ path }) => path === LIVING);
    assert.equal((request?.flags ?? 0) & Flag.uncached, Flag.uncached);
  });

  describe('at the power-on value of 85 °C', () => {
    const powerOn = (reads: number): void => simulator.device('28.021000000000').powerOn(reads);
    const fields = { path: LIVING, source: 'uncached' };

    it('measures again, and takes that', async () => {
      const { send } = await flow(fields);
      powerOn(1);
      const [message] = (await send({})).messages;
      assert.equal(message?.payload, 21.5);
      assert.equal((message.owserver as { attempts: number }).attempts, 2);
    });

    it('believes it when it stays', async () => {
      const { send } = await flow(fields);
      powerOn(2);
      assert.equal((await send({})).messages[0]?.payload, 85);
    });

    it('passes it on when told to', async () => {
      const { send } = await flow({ ...fields, por85: 'pass' });
      powerOn(1);
      assert.equal((await send({})).messages[0]?.payload, 85);
    });

    it('fails with a sentence when told to', async () => {
      const { send } = await flow({ ...fields, por85: 'error' });
      powerOn(1);
      const { error } = await send({});
      assert.equal(error?.code, 'EOW_VALUE');
      assert.match(error.message, /85 °C.*wiring/);
    });
  });

  it('shows the connection, then the value with its unit', async () => {
    const { send, shows } = await flow({ path: LIVING });
    await shows(
      ({ fill, shape, text }) => fill === 'green' && shape === 'dot' && says(text, 'connected'),
    );
    await send({});
    await shows(({ fill, text }) => fill === 'green' && text === '21.5 °C');
  });

  it('shows a yes or a no in a word', async () => {
    const { send, shows } = await flow({ path: RELAY });
    await send({});
    await shows(({ fill, text }) => fill === 'green' && says(text, 'value.off'));
  });

  it('shows what went wrong', async () => {
    const { send, shows } = await flow({ path: ABSENT });
    await send({});
    await shows(
      ({ fill, shape, text }) => fill === 'red' && shape === 'ring' && says(text, 'EOW_ABSENT'),
    );
  });

  it('shows that owserver waits for the bus', async () => {
    const { send, shows } = await flow({ path: LIVING, source: 'uncached' });
    simulator.addFault({ path: LIVING, then: 'hold' });
    const outcome = send({});
    await shows(
      ({ fill, shape, text }) => fill === 'yellow' && shape === 'ring' && says(text, 'waiting'),
    );
    simulator.release();
    assert.equal((await outcome).messages.length, 1);
  });
});
