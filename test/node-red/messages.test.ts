import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { need } from '../support/need.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import { VERSIONS } from '../support/versions.js';
import { flowOf, Sender } from './one-node-flow.js';

const SENSOR = '/28.021000000000/type';
const RELAY = '/3A.025000000000';
/** The pins of a relay, as they are read. */
const PINS = `${RELAY}/PIO.ALL`;

/** What a receiver may do to an array that it was sent. */
const SPOIL = 'if (Array.isArray(msg.payload)) msg.payload.unshift(msg.payload, 1n);';

for (const version of VERSIONS) {
  describe(`messages in ${version.name}`, () => {
    need(version);
    let nodeRed: NodeRedProcess;
    let simulator: Simulator;
    const cleanUp: (() => unknown)[] = [];
    before(async () => {
      simulator = await startSimulator({ conversionMs: 0 });
      cleanUp.push(() => simulator.close());
      nodeRed = await startNodeRed({ flows: [], nodeRed: version.nodeRed, node: version.node });
      cleanUp.push(() => nodeRed.stop());
    });
    after(async () => {
      for (const end of cleanUp.reverse()) await end();
    });

    const deploy = async (node: object, more: readonly FlowNode[] = []): Promise<Sender> => {
      const server = { host: '127.0.0.1', port: simulator.port };
      const flow = flowOf({ type: 'ow-read', ...node }, server);
      await nodeRed.deploy([
        ...flow.filter(({ id }) => !more.some((one) => one.id === id)),
        ...more,
      ]);
      return new Sender(nodeRed);
    };
    const at = { z: 'tab', x: 100, y: 100 };

    it('leave behind what was read, whatever the next node makes of it', async () => {
      const sender = await deploy({}, [
        { id: 'out', type: 'function', func: SPOIL, outputs: 0, ...at, wires: [] },
        { id: 'status', type: 'status', scope: ['node'], ...at, wires: [['shown']] },
        { id: 'shown', type: 'test-probe', ...at, wires: [] },
      ]);
      await Promise.all([SENSOR, PINS].map((topic) => sender.send({ topic })));
      await nodeRed.waitForMessage(
        ({ probe, msg }) => probe === 'shown' && (msg.status as { text?: string }).text === '0 0',
        'the status of the pins',
      );
      assert.equal((await sender.send({ topic: SENSOR })).failed, false);
    });

    it('fail with a code when the value cannot be stored', async () => {
      for (const [output, outputType] of [
        ['payload.type', 'msg'],
        ['a[', 'msg'],
        ['taken.b', 'flow'],
      ]) {
        const take = { id: 'take', type: 'function', func: '', ...at, wires: [] };
        const initialize = "flow.set('taken', 5);";
        const sender = await deploy({ path: SENSOR, output, outputType }, [
          { ...take, initialize },
        ]);
        const { failed, code, message } = await sender.send({ payload: 5 });
        assert.deepEqual([failed, code], [true, 'EOW_VALUE'], output);
        assert.match(message ?? '', /^The value could not be stored in .+: .+\.$/);
      }
    });

    it('say what is wrong with an expression', async () => {
      const sender = await deploy({ path: '$number("x")', pathType: 'jsonata' });
      const { failed, code, message } = await sender.send({ payload: 5 });
      assert.deepEqual([failed, code], [true, 'EOW_VALUE']);
      assert.match(message ?? '', /\(Unable to cast value.*\): correct it/);
    });

    it('of a sequence come together again, and so does the sequence that they were made in', async () => {
      const join = { type: 'join', mode: 'auto', ...at };
      const node = { path: 'payload', pathType: 'msg', results: 'messages', wires: [['join']] };
      const split = { type: 'split', splt: '\\n', spltType: 'str', arraySplt: 1 };
      await deploy({}, [
        { id: 'in', type: 'test-inject', ...at, wires: [['split']] },
        { id: 'split', ...split, arraySpltType: 'len', ...at, wires: [['node']] },
        { id: 'node', type: 'ow-read', server: 'server', ...node, ...at },
        { id: 'join', ...join, wires: [['again']] },
        { id: 'again', ...join, wires: [['out']] },
      ]);
      await nodeRed.inject('in', { payload: [[SENSOR, `${RELAY}/type`], [SENSOR]], mark: 'whole' });
      const { msg } = await nodeRed.waitForMessage(
        (message) => message.probe === 'out' && message.msg.mark === 'whole',
        'the whole',
      );
      assert.deepEqual(msg.payload, [['DS18B20', 'DS2413'], ['DS18B20']]);
      assert.equal(msg.parts, undefined);
    });
  });
}
