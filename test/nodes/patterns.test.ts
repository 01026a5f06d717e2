import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow } from './flow.js';

const LIVING = '/28.021000000000/temperature';
const OUTSIDE = '/28.022000000000/temperature';
const BOILER = '/28.023000000000/temperature';
const RELAY = '/3A.025000000000';
const SWITCH = '/29.026000000000';
const VALUES = { [LIVING]: 21.5, [OUTSIDE]: 7, [BOILER]: 58 };

interface Item {
  path: string;
  id?: string;
  name?: string;
  unit?: string;
  size?: number;
  fallback?: string;
  cached?: boolean;
  error?: { code: string; message: string };
}

const itemsOf = (owserver: unknown): Item[] => (owserver as { items: Item[] }).items;
const codes = (items: readonly Item[]): [string, string | undefined][] =>
  items.map(({ path, error }) => [path, error?.code]);

describe('a path with * in a node', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  beforeEach(() => {
    for (const [at, value] of [21.5, 7, 58].entries())
      simulator.device(`28.02${at + 1}000000000`).set('temperature', value);
  });
  after(() => simulator.close());
  afterEach(async () => {
    await unloadFlow();
    simulator.clearFaults();
  });

  const flow = (type: string, fields: Record<string, unknown>, server = {}): Promise<Flow> =>
    loadFlow({ type, ...fields }, { host: '127.0.0.1', port: simulator.port, ...server });
  const reading = (fields: Record<string, unknown>): Promise<Flow> =>
    flow('ow-read', { source: 'uncached', ...fields });

  for (const [where, fields, msg] of [
    ['in the path field', { path: '28.*/temperature' }, {}],
    ['in msg.topic', {}, { topic: '28.*/temperature' }],
    [
      'in another property of the message',
      { path: 'p', pathType: 'msg' },
      { p: '28*/temperature' },
    ],
    ['in a list', {}, { topic: ['*1000000000/temperature', 'o*/temperature', BOILER] }],
  ] as const) {
    it(`${where} reads all that match into one object`, async () => {
      const { send, shows } = await reading(fields);
      const { messages, error } = await send({ ...msg, other: 'kept' });
      assert.equal(error, undefined);
      assert.equal(messages.length, 1);
      const [{ payload, owserver, other, topic } = {} as never] = messages;
      assert.deepEqual([payload, other], [VALUES, 'kept']);
      assert.deepEqual(topic, 'topic' in msg ? msg.topic : undefined);
      const items = itemsOf(owserver);
      assert.deepEqual(
        items.map(({ path, id, name, unit, cached }) => [path, id, name, unit, cached]),
        [
          [LIVING, '28.021000000000', undefined, '°C', false],
          [OUTSIDE, '28.022000000000', 'outside', '°C', false],
          [BOILER, '28.023000000000', undefined, '°C', false],
        ],
      );
      assert.ok(items.every((item) => !('value' in item)));
      await shows(({ fill, text }) => fill === 'green' && (text?.endsWith('several') ?? false));
    });
  }

  it('reads into an array, failures in their place, and fails with none of it', async () => {
    const { send } = await reading({ path: '28.*/temperature', results: 'array' });
    simulator.addFault({ path: '/28.022000000000/temperature', then: { ret: -5 } });
    const [message] = (await send({})).messages;
    const payload = message?.payload as { path: string; value?: number; error?: unknown }[];
    assert.deepEqual(
      payload.map(({ path, value }) => [path, value]),
      [
        [LIVING, 21.5],
        [OUTSIDE, undefined],
        [BOILER, 58],
      ],
    );
    assert.deepEqual(codes(itemsOf(message?.owserver)), [
      [LIVING, undefined],
      [OUTSIDE, 'EOW_RETURN'],
      [BOILER, undefined],
    ]);
  });

  it('reads into a message each, with its path as topic, which a join node can put together', async () => {
    const { send } = await reading({ results: 'messages' });
    const { messages } = await send({ topic: '28.*/temperature', other: 1 });
    assert.deepEqual(
      messages.map(({ topic, payload, other }) => [topic, payload, other]),
      Object.entries(VALUES).map(([path, value]) => [path, value, 1]),
    );
    const parts = messages.map((message) => message.parts);
    assert.deepEqual(
      parts.map((part) => [part?.type, part?.index, part?.count]),
      [0, 1, 2].map((index) => ['array', index, 3]),
    );
    assert.equal(new Set(parts.map((part) => part?.id)).size, 1);
    for (const { owserver, topic } of messages) {
      assert.equal((owserver as Item).path, topic);
      assert.ok(!('items' in (owserver as Item)));
    }
  });

  it('that matches one device makes one result of several all the same', async () => {
    const { send } = await reading({ path: '29.*/PIO.ALL' });
    const [message] = (await send({})).messages;
    assert.deepEqual(message?.payload, { [`${SWITCH}/PIO.ALL`]: Array<boolean>(8).fill(false) });
    assert.equal(itemsOf(message.owserver).length, 1);
  });

  for (const [path, code, sentence] of [
    ['42.*/temperature', 'EOW_ABSENT', /\/42\.\*\/temperature matches no device: list the devices/],
    ['28.*/PIO.A', 'EOW_ABSENT', /None of the devices.*has such a property/],
    ['28.*', 'EOW_VALUE', /matches directories.*add a property/],
    ['/settings/timeout/*', 'EOW_VALUE', /a \* below \/settings/],
  ] as const) {
    it(`reads nothing and fails with a sentence: ${path}`, async () => {
      for (const results of ['array', 'messages', 'object']) {
        await unloadFlow();
        const { send, shows } = await reading({ path, results });
        if (results === 'object') await shows(({ text }) => text?.endsWith('connected') ?? false);
        const { messages, error, msg } = await send({});
        assert.deepEqual([messages.length, error?.code], [0, code]);
        assert.match(error?.message ?? '', sentence);
        assert.equal(itemsOf(msg.owserver).length, 1);
        if (results === 'object')
          await shows(({ fill, text }) => fill === 'red' && (text?.includes(code) ?? false));
      }
    });
  }

  it('fails beside others only in its own place', async () => {
    const { send } = await reading({});
    const { messages, error } = await send({ topic: ['42.*/temperature', LIVING] });
    assert.equal(error, undefined);
    assert.deepEqual(messages[0]?.payload, { [LIVING]: 21.5 });
    assert.deepEqual(codes(itemsOf(messages[0].owserver)), [
      ['/42.*/temperature', 'EOW_ABSENT'],
      [LIVING, undefined],
    ]);
  });

  it('fails the message when every device fails, and tells of each', async () => {
    const { send } = await reading({ path: '28.*/temperature' });
    await send({});
    simulator.addFault({ path: /temperature$/, times: 3, then: { ret: -5 } });
    const { messages, error, msg } = await send({});
    assert.deepEqual([messages.length, error?.code], [0, 'EOW_RETURN']);
    assert.deepEqual(
      codes(itemsOf(msg.owserver)),
      Object.keys(VALUES).map((path) => [path, 'EOW_RETURN']),
    );
  });

  describe('written to', () => {
    const written = (): string[] =>
      simulator.requests
        .filter(({ type }) => type === 'write')
        .map(({ path, data }) => `${path}=${String(data)}`);

    for (const [where, fields, msg] of [
      ['by the path field', { path: '3A.*/PIO.*' }, { payload: true }],
      ['by msg.topic', {}, { topic: '3A.*/PIO.*', payload: true }],
      ['by a key of the payload', {}, { payload: { '3A.*/PIO.*': true } }],
    ] as const) {
      it(`${where} writes to all that match, and sends the value on`, async () => {
        const { send, shows } = await flow('ow-write', fields);
        const before = written().length;
        const { messages, error } = await send({ ...msg });
        assert.equal(error, undefined);
        assert.deepEqual(messages[0]?.payload, msg.payload);
        assert.deepEqual(written().slice(before), [`${RELAY}/PIO.A=1`, `${RELAY}/PIO.B=1`]);
        assert.deepEqual(
          itemsOf(messages[0].owserver).map(({ path, size }) => [path, size]),
          [
            [`${RELAY}/PIO.A`, 1],
            [`${RELAY}/PIO.B`, 1],
          ],
        );
        await shows(({ fill, text }) => fill === 'green' && (text?.endsWith('written') ?? false));
      });
    }

    it('goes on after one that fails, fails the message, and tells which', async () => {
      const { send } = await flow('ow-write', { path: '*/PIO.BYTE' });
      simulator.addFault({ type: 'write', path: `${RELAY}/PIO.BYTE`, then: { ret: -5 } });
      const before = written().length;
      const { messages, error, msg } = await send({ payload: 2 });
      assert.deepEqual([messages.length, error?.code], [0, 'EOW_RETURN']);
      assert.equal(written().length, before + 2);
      assert.deepEqual(codes(itemsOf(msg.owserver)), [
        [`${RELAY}/PIO.BYTE`, 'EOW_RETURN'],
        [`${SWITCH}/PIO.BYTE`, undefined],
      ]);
    });

    it('fails with a sentence where it matches nothing or too much, and writes nothing', async () => {
      const { send } = await flow('ow-write', {});
      const before = written().length;
      for (const [topic, code, sentence] of [
        ['42.*/PIO.A', 'EOW_ABSENT', /matches no device/],
        ['3A.*/*', 'EOW_VALUE', /must name the property to write/],
        ['3A.*', 'EOW_VALUE', /matches directories/],
      ] as const) {
        const { messages, error } = await send({ topic, payload: 1 });
        assert.deepEqual([messages.length, error?.code], [0, code]);
        assert.match(error?.message ?? '', sentence);
      }
      assert.equal(written().length, before);
    });

    it('writes nothing when the server is set to read only', async () => {
      const { send } = await flow('ow-write', { path: '3A.*/PIO.A' }, { readOnly: true });
      const before = written().length;
      assert.equal((await send({ payload: 1 })).error?.code, 'EOW_READ_ONLY');
      assert.equal(written().length, before);
    });
  });

  for (const list of ['devices', 'entries', 'alarm', 'present']) {
    it(`is refused by ow-dir with a sentence: ${list}`, async () => {
      const { send } = await flow('ow-dir', { path: '28.*', list });
      for (const msg of [{}, { topic: 'mine' }]) {
        const { messages, error } = await send(msg);
        assert.deepEqual([messages.length, error?.code], [0, 'EOW_VALUE']);
        assert.match(error?.message ?? '', /\/28\.\* is a pattern.*not listed/);
      }
    });
  }

  describe('read with one conversion for all', () => {
    const converting = (fields: Record<string, unknown>, server = {}): Promise<Flow> =>
      flow('ow-read', { source: 'convert', ...fields }, server);

    it('has the values of now, each time', async () => {
      const { send } = await converting({ path: '28.*/temperature' });
      for (const offset of [0, 1.5, -3]) {
        for (const [at, value] of Object.values(VALUES).entries())
          simulator.device(`28.02${at + 1}000000000`).set('temperature', value + offset);
        const [message] = (await send({})).messages;
        assert.deepEqual(
          message?.payload,
          Object.fromEntries(Object.entries(VALUES).map(([path, value]) => [path, value + offset])),
        );
        for (const { cached, fallback } of itemsOf(message.owserver))
          assert.deepEqual([cached, fallback], [false, undefined]);
      }
    });

    it('says of each why it was read on its own', async () => {
      const { send } = await converting({});
      const one = await send({ topic: `${SWITCH}/PIO.ALL` });
      assert.equal((one.messages[0]?.owserver as Item).fallback, 'no-conversion');
      const { messages } = await send({ topic: ['29.*/PIO.ALL', '10.*/temperature', '26.*/VDD'] });
      assert.deepEqual(
        itemsOf(messages[0]?.owserver).map(({ path, fallback }) => [path, fallback]),
        [
          [`${SWITCH}/PIO.ALL`, 'no-conversion'],
          ['/10.024000000000/temperature', undefined],
          ['/26.028000000000/VDD', 'no-conversion'],
        ],
      );
    });

    it('measures one by one where nothing may be written', async () => {
      const { send } = await converting({ path: '28.*/temperature' }, { readOnly: true });
      const before = simulator.requests.length;
      const [message] = (await send({})).messages;
      assert.deepEqual(message?.payload, VALUES);
      for (const { fallback } of itemsOf(message.owserver)) assert.equal(fallback, 'read-only');
      assert.ok(!simulator.requests.slice(before).some(({ type }) => type === 'write'));
    });
  });
});
