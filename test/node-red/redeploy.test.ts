import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import {
  startNodeRed,
  type DeployType,
  type FlowNode,
  type NodeRedProcess,
} from '../support/node-red.js';
import { flowOf, Sender } from './one-node-flow.js';

const LIVING = '/28.021000000000/temperature';

describe('a deploy in a real Node-RED while messages are under way', () => {
  let nodeRed: NodeRedProcess;
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    nodeRed = await startNodeRed({ flows: [] });
  });
  after(async () => {
    await nodeRed.stop();
    await simulator.close();
  });

  const flows = (name: string): ReturnType<typeof flowOf> =>
    flowOf({ type: 'ow-read', name }, { host: '127.0.0.1', port: simulator.port });

  for (const type of ['full', 'flows', 'nodes'] as DeployType[]) {
    it(`of type ${type} leaks no connection, and the next message works`, async () => {
      await nodeRed.deploy(flows('first'));
      for (let round = 1; round <= 5; round += 1) {
        const slow = `${LIVING}/${type}${round}`;
        simulator.addFault({ path: slow, then: 'hold' });
        await nodeRed.inject('in', { topic: slow });
        await simulator.waitFor(({ path }) => path === slow);
        await nodeRed.deploy(flows(`${type} ${round}`), type);
        // Its answer finds nobody any more, or, where the server was not restarted, its old node.
        simulator.release();
      }
      const sender = new Sender({ ...nodeRed, messages: [] });
      const { failed, message } = await sender.send({ topic: LIVING });
      assert.equal(failed, false, message);
      await nodeRed.deploy([]);
      await simulator.waitForConnections(0);
    });
  }

  for (const type of ['full', 'flows', 'nodes'] as DeployType[]) {
    it(`of type ${type} leaves none of twenty nodes looking that looked by themselves`, async () => {
      const NODES = 20;
      const everyNodeSends = (property: string): Promise<unknown> =>
        Promise.all(
          Array.from({ length: NODES }, (_, at) =>
            nodeRed.waitForMessage(
              ({ probe, msg }) => probe === `probe-${at}` && msg.topic === pathOf(at, property),
              `reading of ${property} by node ${at}`,
            ),
          ),
        );
      let last = '';
      for (const property of ['temperature', 'temphigh', 'templow', 'temperature9']) {
        await nodeRed.deploy(watching(NODES, property), type);
        await everyNodeSends(property);
        const from = simulator.requests.length;
        for (let tick = 0; tick < 3; tick += 1) await everyNodeSends(property);
        const asked = simulator.requests.slice(from).map(({ path }) => path);
        assert.ok(asked.length > 0);
        const old = asked.filter((path) => last !== '' && path.endsWith(`/${last}`));
        assert.deepEqual(old, []);
        last = property;
      }
      await nodeRed.deploy([]);
      await simulator.waitForConnections(0);
    });
  }

  const pathOf = (at: number, property: string): string =>
    `/28.02${at % 2 ? 2 : 1}000000000/${property}`;

  const watching = (count: number, property: string): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', host: '127.0.0.1', port: simulator.port },
    ...Array.from({ length: count }, (_, at): FlowNode[] => [
      {
        id: `read-${at}`,
        type: 'ow-read',
        server: 'server',
        path: pathOf(at, property),
        source: 'uncached',
        repeat: '0.2',
        z: 'tab',
        x: 100,
        y: 100,
        wires: [[`probe-${at}`]],
      },
      { id: `probe-${at}`, type: 'test-probe', z: 'tab', x: 100, y: 100, wires: [] },
    ]).flat(),
  ];

  it('leaves nothing in the log but what people should know', () => {
    const odd = nodeRed.log.filter((line) => /unhandled|TypeError|Close timed out/i.test(line));
    assert.deepEqual(odd, []);
  });
});
