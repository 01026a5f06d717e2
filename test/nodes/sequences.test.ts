import assert from 'node:assert/strict';
import owDir = require('../../nodes/ow-dir/ow-dir.js');
import owRead = require('../../nodes/ow-read/ow-read.js');
import owserverConfig = require('../../nodes/owserver-config/owserver-config.js');
import type { Message } from '../../nodes/shared/red.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { coreNode, helper } from '../support/test-helper.js';
import { loadFlow, unloadFlow } from './flow.js';

const [A, B, C] = ['1', '2', '3'].map((at) => `/28.02${at}000000000/type`);
const MANY = 800;
const RELAY = '/3A.025000000000';

describe('a message for each path', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  const server = (): object => ({
    type: 'owserver-config',
    host: '127.0.0.1',
    port: simulator.port,
  });

  /** Loads nodes that are wired one to the next, and resolves with the first message that comes out. */
  async function chain(
    nodes: readonly { type: string; [field: string]: unknown }[],
    msg: Message,
  ): Promise<Message> {
    const flow = nodes.map((node, at) => ({
      id: `n${at}`,
      z: 'tab',
      x: 0,
      y: 0,
      server: 'server',
      ...node,
      wires: [[`n${at + 1}`]],
    }));
    const last = { id: `n${nodes.length}`, z: 'tab', x: 0, y: 0, type: 'helper', wires: [] };
    const types = [owserverConfig, owRead, owDir, coreNode('sequence/17-split.js')];
    const tab = { id: 'tab', type: 'tab', label: 'test' };
    await helper.load(types, [tab, { id: 'server', ...server() }, ...flow, last]);
    const out = new Promise<Message>((resolve) => helper.getNode(last.id).on('input', resolve));
    helper.getNode('n0').receive(msg);
    return out;
  }

  const join = { type: 'join', mode: 'auto' };
  const split = { type: 'split', splt: '\\n', spltType: 'str', arraySplt: 1, arraySpltType: 'len' };

  it('inside a sequence leaves that whole: split, read, join, join', async () => {
    const read = { type: 'ow-read', path: 'payload', pathType: 'msg', results: 'messages' };
    const { payload, parts } = await chain([split, read, join, join], { payload: [[A, B], [C]] });
    assert.deepEqual(payload, [['DS18B20', 'DS18B20'], ['DS18B20']]);
    assert.equal(parts, undefined);
  });

  it('inside a sequence leaves that whole: split, list, join, join', async () => {
    const list = { type: 'ow-dir', list: 'entries', path: 'payload', pathType: 'msg' };
    const { payload } = await chain([split, { ...list, results: 'messages' }, join, join], {
      payload: ['/settings', RELAY],
    });
    const lists = payload as string[][];
    assert.equal(lists.length, 2);
    assert.ok(lists[0]?.includes('/settings/timeout') && lists[1]?.includes(`${RELAY}/PIO.A`));
  });

  it('can be put together from where the output is', async () => {
    const read = { type: 'ow-read', results: 'messages', output: 'found.type' };
    const { found } = await chain([read, join], { topic: [A, B], payload: 'mine' });
    assert.deepEqual(found, { type: ['DS18B20', 'DS18B20'] });
  });

  const node = (fields: object): ReturnType<typeof loadFlow> =>
    loadFlow({ type: 'ow-read', results: 'messages', ...fields }, server() as never);

  it('carries what was read of its own path, and nothing of the others', async () => {
    const { send } = await node({});
    const { messages } = await send({ topic: [A, '/nothing/there', B] });
    assert.deepEqual(
      messages.map(({ owserver }) => {
        const { path, type, items } = owserver as Record<string, unknown>;
        return [path, type, items];
      }),
      [A, B].map((path) => [path, 'DS18B20', undefined]),
    );
  });

  for (const [type, topic] of [
    ['ow-read', [A, B, C]],
    ['ow-dir', '/'],
  ] as const)
    it(`shares nothing with the others: ${type}`, async () => {
      const outer = { id: 'outer', type: 'array', index: 3, count: 7 } as const;
      const { send } = await node({ type });
      const { messages } = await send({ topic, parts: outer, other: { deep: 1 } });
      assert.ok(messages.length > 2);
      for (const name of ['owserver', 'parts', 'other'])
        assert.equal(new Set(messages.map((message) => message[name])).size, messages.length);
      assert.equal(new Set(messages.map(({ parts }) => parts?.parts)).size, messages.length);
      for (const { parts } of messages) assert.deepEqual(parts?.parts, outer);
    });

  it('grows with the number of paths, not with its square', async () => {
    const { send } = await node({});
    const topic = (count: number): string[] => Array.from({ length: count }, () => A ?? '');
    const size = async (count: number): Promise<number> =>
      JSON.stringify((await send({ topic: topic(count) })).messages.map(withoutTopic)).length;
    const [few, many] = [await size(50), await size(200)];
    assert.ok(many < few * 4.2, `${few} bytes of 50, ${many} of 200`);
    assert.ok(few < 50 * 700, `${few} bytes of 50`);
  });

  it('lets the others go on while many are made of a large message', async () => {
    const { send } = await node({});
    const large = Array.from({ length: 1_000 }, (_, at) => ({ at, text: `entry ${at}` }));
    // What was learned is not asked again: then most of the time goes into the copies.
    await send({ topic: A });
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    const { messages } = await send({ topic: Array<string>(MANY).fill(A ?? ''), large });
    clearInterval(others);
    assert.deepEqual(
      messages.map(({ parts }) => parts?.index),
      Array.from({ length: MANY }, (_, at) => at),
    );
    assert.ok(turns > 15, `${turns} turns of others`);
  });

  it('does not copy what the value takes the place of', async () => {
    const { send } = await node({});
    const payload = {
      get trap(): never {
        throw new Error('copied');
      },
    };
    const { messages, error } = await send({ topic: [A, B], payload });
    assert.deepEqual([messages.length, error], [2, undefined]);
  });
});

/** What a message would be without the list that it came in with. */
function withoutTopic({ payload, owserver, parts, topic }: Message): object {
  return { payload, owserver, parts, topic };
}
