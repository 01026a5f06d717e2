import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { helper } from '../support/test-helper.js';
import { loadFlow, unloadFlow, type Flow } from './flow.js';

const LIVING = '/28.021000000000/temperature';
const BOILER = '/28.023000000000/temperature';
const LIST = { topic: [LIVING, BOILER] };

/** A node, what it is set to, and a message that it serves. */
type Case = readonly [what: string, type: string, fields: object, msg: object];

const NODES: readonly Case[] = [
  ['ow-read of one path', 'ow-read', { path: LIVING }, {}],
  ['ow-read of several', 'ow-read', {}, LIST],
  ['ow-read with a message each', 'ow-read', { results: 'messages' }, LIST],
  ['ow-dir of devices', 'ow-dir', {}, {}],
  ['ow-dir with a message each', 'ow-dir', { results: 'messages' }, {}],
  ['ow-dir of presence', 'ow-dir', { path: '/28.021000000000', list: 'present' }, {}],
];

/** Outputs that cannot be stored, and what is said of them. */
const IMPOSSIBLE: readonly [output: string, outputType: string, payload: unknown, says: RegExp][] =
  [
    ['payload.temperature', 'msg', 1, /msg\.payload\.temperature, because.*no object: choose/],
    ['payload.temperature', 'msg', 'text', /no object/],
    ['payload.temperature', 'msg', null, /no object/],
    ['payload.a.b', 'msg', { a: true }, /no object/],
    ['payload[0].a', 'msg', [1], /no object/],
    ['msg.payload.a', 'msg', 1, /in msg\.payload\.a, because/],
    ['payload[0]', 'msg', Buffer.alloc(4), /payload\[0\]/],
    ['a[', 'msg', 1, /in msg\.a\[ \(.+\): check the output/],
    ['a..b', 'msg', 1, /a\.\.b \(.+\): check the output/],
    ['payload[msg.nowhere]', 'msg', {}, /\(.+\): check the output/],
    ['a[', 'flow', 1, /in flow\.a\[ \(.+\): check the output/],
    ['', 'global', 1, /in global\. \(.+\): check the output/],
    ['taken.b', 'flow', 1, /in flow\.taken\.b, because.*no object/],
    ['taken.b.c', 'global', 1, /in global\.taken\.b\.c, because.*no object/],
  ];

describe('an output', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    for (const id of ['28.021000000000', '28.023000000000'])
      simulator.device(id).set('temperature', 21.5);
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  const flow = (type: string, fields: object): Promise<Flow> =>
    loadFlow({ type, ...fields }, { host: '127.0.0.1', port: simulator.port });

  for (const [what, type, fields, msg] of NODES) {
    it(`that cannot be stored fails the message with a code: ${what}`, async () => {
      for (const [output, outputType, payload, says] of IMPOSSIBLE) {
        await unloadFlow();
        const { send, node } = await flow(type, { ...fields, output, outputType });
        for (const context of ['flow', 'global'] as const) node.context()[context].set('taken', 5);
        const { messages, error, msg: caught } = await send({ ...msg, payload });
        assert.deepEqual([messages.length, error?.code], [0, 'EOW_VALUE'], `${output} ${what}`);
        assert.match(error?.message ?? '', says);
        const { topic } = msg as { topic?: unknown };
        assert.deepEqual([caught.payload, caught.topic, caught.parts], [payload, topic, undefined]);
      }
    });
  }

  for (const [output, path] of [
    ['topic', ['topic']],
    ['msg.topic', ['topic']],
    ['topic.a', ['topic', 'a']],
    ['owserver', ['owserver']],
    ['owserver.value', ['owserver', 'value']],
    ['parts', ['parts']],
    ['parts.value', ['parts', 'value']],
  ] as const)
    for (const [what, type, fields, msg] of NODES) {
      // The list of paths is where the value would go.
      if (output === 'topic.a' && msg === LIST) continue;
      it(`keeps the value that was asked for in ${output}: ${what}`, async () => {
        const reference = await flow(type, { ...fields, output: 'payload' });
        const expected = (await reference.send({ ...msg })).messages.map(({ payload }) => payload);
        await unloadFlow();
        const { send } = await flow(type, { ...fields, output });
        const incoming = { mine: 1, id: 'x', type: 'array', index: 0, count: 1 } as const;
        const { messages } = await send({ owserver: incoming, parts: incoming, ...msg });
        const found = messages.map((message) =>
          path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], message),
        );
        assert.deepEqual(found, expected);
        const [root, below] = path;
        if (below !== undefined && root !== 'topic')
          assert.equal((messages[0]?.[root] as typeof incoming).mine, 1);
      });
    }

  it('may be what a path in the message names', async () => {
    const { send } = await flow('ow-read', { output: 'by[msg.place]', path: LIVING });
    const { messages } = await send({ place: 'living', by: { hall: 1 } });
    assert.deepEqual(messages[0]?.by, { hall: 1, living: 21.5 });
  });

  it('goes into a context that holds other things', async () => {
    const { send, node } = await flow('ow-read', {
      path: LIVING,
      output: 'house.living',
      outputType: 'flow',
    });
    node.context().flow.set('house', { hall: 1 });
    assert.equal((await send({})).error, undefined);
    assert.deepEqual(node.context().flow.get('house'), { hall: 1, living: 21.5 });
  });
});

describe('what stands below a node', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  it('is what was read, whatever the next node makes of the message', async () => {
    const { send, shows } = await loadFlow(
      { type: 'ow-read' },
      { host: '127.0.0.1', port: simulator.port },
    );
    helper.getNode('out').on('input', ({ payload }) => {
      if (!Array.isArray(payload)) return;
      payload.unshift(true);
      payload.push(payload, 1n);
    });
    const all = [LIVING, '/3A.025000000000/PIO.ALL'].map((topic) => send({ topic }));
    await Promise.all(all);
    await shows(({ text }) => text === '0 0');
  });
});
