import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { startNodeRed, type FlowNode, type NodeRedProcess } from './node-red.js';

const tab = { id: 'tab', type: 'tab', label: 'test' };
const at = (node: FlowNode): FlowNode => ({ z: 'tab', x: 100, y: 100, ...node });

/** inject -> function -> probe, with Catch, Complete and Status nodes on the function. */
function flowAround(func: string): FlowNode[] {
  return [
    tab,
    at({ id: 'in', type: 'test-inject', wires: [['work']] }),
    at({ id: 'work', type: 'function', func, outputs: 1, wires: [['out']] }),
    at({ id: 'out', type: 'test-probe' }),
    at({ id: 'catch', type: 'catch', scope: ['work'], wires: [['caught']] }),
    at({ id: 'caught', type: 'test-probe' }),
    at({ id: 'complete', type: 'complete', scope: ['work'], wires: [['completed']] }),
    at({ id: 'completed', type: 'test-probe' }),
    at({ id: 'status', type: 'status', scope: ['work'], wires: [['stated']] }),
    at({ id: 'stated', type: 'test-probe' }),
  ];
}

const from = (probe: string) => (message: { probe: string }) => message.probe === probe;

describe('support: a real Node-RED', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedProcess;

  before(async () => {
    const func = `
      if (msg.payload === 'fail') throw new Error('as asked');
      node.status({ fill: 'green', shape: 'dot', text: 'seen' });
      msg.isBuffer = Buffer.isBuffer(msg.payload);
      return msg;`;
    nodeRed = await startNodeRed({
      flows: flowAround(func),
      settings: { httpAdminRoot: '/admin/' },
    });
  });

  after(async () => {
    await nodeRed.stop();
    assert.equal(existsSync(nodeRed.userDir), false);
  });

  it('carries a message through a flow, with its Buffer', async () => {
    await nodeRed.inject('in', { payload: Buffer.from([0, 255]), topic: 'bytes' });
    const { msg } = await nodeRed.waitForMessage(from('out'), 'output');
    assert.deepEqual(msg.payload, Buffer.from([0, 255]));
    assert.equal(msg.isBuffer, true);
    assert.equal(msg.topic, 'bytes');
  });

  it('shows what Complete, Status and Catch nodes see', async () => {
    await nodeRed.inject('in', { payload: 'twice' });
    await nodeRed.waitForMessage(
      ({ probe, msg }) => probe === 'completed' && msg.payload === 'twice',
      'completion',
    );
    const { msg } = await nodeRed.waitForMessage(from('stated'), 'status');
    assert.equal((msg.status as { text: string }).text, 'seen');
    await nodeRed.inject('in', { payload: 'fail' });
    const caught = await nodeRed.waitForMessage(from('caught'), 'error');
    assert.match((caught.msg.error as { message: string }).message, /as asked/);
  });

  it('hands out each message once, and says what did arrive when one does not', async () => {
    await nodeRed.inject('in', { payload: 'only once' });
    const once = ({ probe, msg }: { probe: string; msg: { payload?: unknown } }): boolean =>
      probe === 'out' && msg.payload === 'only once';
    await nodeRed.waitForMessage(once, 'output');
    await assert.rejects(
      nodeRed.waitForMessage(once, 'second output', 50),
      /No second output .*\n.*\n*only once/s,
    );
  });

  it('runs other flows after a deploy', async () => {
    await nodeRed.deploy(flowAround('msg.payload += 1; return msg;'), 'nodes');
    await nodeRed.inject('in', { payload: 1 });
    const { msg } = await nodeRed.waitForMessage(
      ({ probe, msg: { payload } }) => probe === 'out' && payload === 2,
      '2',
    );
    assert.equal(msg.payload, 2);
  });

  it('refuses to inject into a node that does not run', async () => {
    await assert.rejects(nodeRed.inject('nowhere', {}), /no running node nowhere/);
  });
});

describe('support: a Node-RED that cannot run its flows', function () {
  this.timeout(60_000);

  it('fails at once with the type that is missing', async () => {
    const flows = [tab, at({ id: 'x', type: 'no-such-node' })];
    await assert.rejects(startNodeRed({ flows }), /No node of type no-such-node/);
  });
});
