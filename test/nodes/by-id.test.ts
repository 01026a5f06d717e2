import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow } from './flow.js';

const ID = '28.022000000000';
const PATH = `/${ID}/temperature`;

/** What `msg.owserver` tells, as far as it is about names. */
interface Told {
  path: string | string[];
  id?: string;
  name?: string;
  alias?: string;
  items?: Told[];
}

const told = (owserver: unknown): Told => owserver as Told;
const names = ({ path, id, name, alias }: Told): unknown[] => [path, id, name, alias];

describe('a node that is given the alias of a device', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    simulator.device(ID).set('temperature', 7);
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  const flow = (type: string, fields: Record<string, unknown> = {}): Promise<Flow> =>
    loadFlow({ type, ...fields }, { host: '127.0.0.1', port: simulator.port });

  it('reads with the topic that was given, and tells the id and the name', async () => {
    const { send } = await flow('ow-read');
    for (const [given, topic] of [
      ['outside/temperature', '/outside/temperature'],
      [' /outside//temperature/ ', '/outside/temperature'],
      [PATH, PATH],
      ['/28-000000002002/temperature', '/28-000000002002/temperature'],
    ]) {
      const { messages } = await send({ topic: given });
      assert.deepEqual([messages[0]?.payload, messages[0]?.topic], [7, topic]);
      assert.deepEqual(names(told(messages[0]?.owserver)), [PATH, ID, 'outside', undefined]);
    }
  });

  it('reads a list into keys by id, one for two names', async () => {
    const { send } = await flow('ow-read');
    const { messages } = await send({ topic: ['outside/temperature', PATH] });
    assert.deepEqual(messages[0]?.payload, { [PATH]: 7 });
    const items = told(messages[0].owserver).items ?? [];
    assert.deepEqual(items.map(names), [
      [PATH, ID, 'outside', undefined],
      [PATH, ID, 'outside', undefined],
    ]);
  });

  it('reads an array and messages by id', async () => {
    const array = await flow('ow-read', { results: 'array' });
    const [message] = (await array.send({ topic: ['outside/temperature'] })).messages;
    assert.deepEqual(message?.payload, [{ path: PATH, value: 7 }]);
    await unloadFlow();
    const each = await flow('ow-read', { results: 'messages' });
    const { messages } = await each.send({ topic: ['outside/temperature'] });
    assert.deepEqual(messages[0]?.topic, PATH);
  });

  it('writes with the topic that was given, and tells the id and the name', async () => {
    const { send } = await flow('ow-write');
    const one = (await send({ topic: 'outside/temphigh', payload: 40 })).messages[0];
    assert.equal(one?.topic, '/outside/temphigh');
    const limit = [`/${ID}/temphigh`, ID, 'outside', undefined];
    assert.deepEqual(names(told(one.owserver)), limit);
    const several = (await send({ payload: { 'outside/temphigh': 41 } })).messages[0];
    assert.deepEqual(told(several?.owserver).items?.map(names), [limit]);
  });

  it('tells by id whether something is there', async () => {
    const { send } = await flow('ow-dir', { path: '', list: 'present' });
    const one = (await send({ topic: 'outside' })).messages[0];
    assert.deepEqual([one?.payload, one?.topic], [true, '/outside']);
    assert.deepEqual(names(told(one?.owserver)), [`/${ID}`, ID, 'outside', undefined]);
    const { messages } = await send({ topic: ['outside', `/${ID}`, 'nobody'] });
    assert.deepEqual(messages[0]?.payload, { [`/${ID}`]: true, '/nobody': false });
    assert.deepEqual(told(messages[0].owserver).path, [`/${ID}`, `/${ID}`, '/nobody']);
  });

  it('lists by id, with the alias beside', async () => {
    const { send } = await flow('ow-dir', { path: '', family: '28', results: 'messages' });
    const { messages } = await send({ topic: '/' });
    const outside = messages.find(({ payload }) => (payload as Told).alias === 'outside');
    assert.deepEqual([outside?.topic, (outside?.payload as Told).path], [`/${ID}`, `/${ID}`]);
    await unloadFlow();
    const entries = await flow('ow-dir', { path: '', list: 'entries' });
    const [listing] = (await entries.send({ topic: 'outside' })).messages;
    assert.ok((listing?.payload as string[]).includes(PATH));
    assert.equal(told(listing?.owserver).path, `/${ID}`);
  });
});
