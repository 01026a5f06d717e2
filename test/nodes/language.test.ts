import assert from 'node:assert/strict';
import owRead = require('../../nodes/ow-read/ow-read.js');
import owWrite = require('../../nodes/ow-write/ow-write.js');
import owserverConfig = require('../../nodes/owserver-config/owserver-config.js');
import type { Message, NodeAPI } from '../../nodes/shared/red.js';
import { freePort } from '../support/child.js';
import { coreNode, helper, type LoadedNode } from '../support/test-helper.js';
import { germanRuntime } from './german.js';

const LIVING = '/28.021000000000/temperature';
const GONE = '/28.FFFFFFFFFFFF/temphigh';
const LOST = `${GONE} fehlt: wird alle 30 s gesucht.`;
const NOT_FOUND = `${GONE} wurde nicht gefunden: beide Namen prüfen.`;

/** What a node logged: its errors and warnings are spies of the test helper. */
interface Logging {
  readonly error: { readonly args: readonly (readonly unknown[])[] };
  readonly warn: { readonly args: readonly (readonly unknown[])[] };
}

describe('a node in a Node-RED whose language is German', () => {
  let german: Awaited<ReturnType<typeof germanRuntime>>;
  before(async () => {
    german = await germanRuntime();
  });
  after(() => german.close());
  afterEach(() => helper.unload());

  /** A node module with the German translator, which the test helper does not have. */
  const inGerman = (load: (RED: NodeAPI) => void) => (RED: NodeAPI) =>
    load(Object.create(RED, { _: { value: german.translate } }) as NodeAPI);

  async function load(node: object, server: object): Promise<(id: string) => LoadedNode> {
    const nodes = [owserverConfig, owRead, owWrite].map(inGerman);
    const place = { z: 'tab', x: 0, y: 0 };
    await helper.load(
      [...nodes, coreNode('common/25-catch.js')],
      [
        { id: 'tab', type: 'tab', label: 'test' },
        { id: 'server', type: 'owserver-config', ...server },
        { id: 'node', ...place, server: 'server', ...node, wires: [['out']] },
        { id: 'out', ...place, type: 'helper', wires: [] },
        { id: 'catch', ...place, type: 'catch', scope: ['node'], wires: [['caught']] },
        { id: 'caught', ...place, type: 'helper', wires: [] },
      ],
    );
    return (id) => helper.getNode(id);
  }

  function outcome(nodeOf: (id: string) => LoadedNode, at: string, msg: Message): Promise<Message> {
    return new Promise((resolve) => {
      nodeOf(at).on('input', resolve);
      nodeOf('node').receive(msg);
    });
  }

  it('tells a Catch node its error in German, with its code', async () => {
    const nodeOf = await load({ type: 'ow-read', path: GONE }, { simulator: true });
    const { error } = await outcome(nodeOf, 'caught', {});
    const { message, code } = error as { message: string; code: string };
    assert.deepEqual([message, code], [NOT_FOUND, 'EOW_ABSENT']);
  });

  it('tells in German which of several paths were not read', async () => {
    const nodeOf = await load({ type: 'ow-read', results: 'array' }, { simulator: true });
    const msg = await outcome(nodeOf, 'out', { topic: [LIVING, GONE] });
    const error = { code: 'EOW_ABSENT', message: LOST, ret: -1 };
    assert.deepEqual((msg.payload as object[])[1], { path: GONE, error });
    assert.deepEqual((msg.owserver as { items: object[] }).items[1], { path: GONE, error });
  });

  it('tells in German which of several values were not written', async () => {
    const nodeOf = await load({ type: 'ow-write' }, { simulator: true });
    const msg = await outcome(nodeOf, 'caught', { payload: { [GONE]: 1 } });
    const [item] = (msg.owserver as { items: { error: { message: string } }[] }).items;
    assert.equal(item?.error.message, NOT_FOUND);
  });

  it('says in German what is wrong with a configuration', async () => {
    const nodeOf = await load({ type: 'ow-read', path: LIVING }, { port: 0 });
    const sentence = 'Die Einstellung Port ist 0: sie muss eine ganze Zahl von 1 bis 65535 sein.';
    const { error } = nodeOf('server') as unknown as Logging;
    assert.deepEqual(error.args.map(String), [sentence]);
    const msg = await outcome(nodeOf, 'caught', {});
    assert.equal((msg.error as { message: string }).message, sentence);
  });

  it('says in German why there is no connection', async () => {
    const port = await freePort();
    const nodeOf = await load({ type: 'ow-read', path: LIVING }, { host: '127.0.0.1', port });
    const sentence = `Auf 127.0.0.1:${port} hört niemand: läuft owserver?`;
    const msg = await outcome(nodeOf, 'caught', {});
    assert.equal((msg.error as { message: string }).message, sentence);
    const { warn } = nodeOf('server') as unknown as Logging;
    assert.deepEqual(warn.args, [[sentence]]);
  });
});
