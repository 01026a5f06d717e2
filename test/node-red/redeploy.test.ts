import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { startNodeRed, type DeployType, type NodeRedProcess } from '../support/node-red.js';
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

  it('leaves nothing in the log but what people should know', () => {
    const odd = nodeRed.log.filter((line) => /unhandled|TypeError|Close timed out/i.test(line));
    assert.deepEqual(odd, []);
  });
});
