import assert from 'node:assert/strict';
import { need } from '../support/need.js';
import { startNodeRed, type NodeRedProcess } from '../support/node-red.js';
import { startOwserver, type Owserver } from '../support/owserver.js';
import { flowOf, Sender } from './one-node-flow.js';

const SENSOR = '28.021000000000';

describe('owserver is killed and started again under a real Node-RED', () => {
  need('owserver');
  let owserver: Owserver;
  let nodeRed: NodeRedProcess;
  let sender: Sender;
  const read = (): object => ({ topic: `/${SENSOR}/temperature` });

  beforeEach(async () => {
    owserver = await startOwserver({ args: [`--fake=${SENSOR}`] });
    const server = { host: '127.0.0.1', port: owserver.port, requestTimeout: 5 };
    nodeRed = await startNodeRed({ flows: flowOf({ type: 'ow-read' }, server) });
    sender = new Sender(nodeRed);
  });
  afterEach(async () => {
    await nodeRed.stop();
    process.kill(owserver.pid, 'SIGCONT');
    await owserver.stop();
  });

  it('reads before, in the middle and after it each have one outcome, and the next one succeeds', async () => {
    assert.equal((await sender.send(read())).failed, false);

    // Stopped, it holds the requests: the kill then comes in the middle of each of them.
    process.kill(owserver.pid, 'SIGSTOP');
    const middle = Array.from({ length: 40 }, () => sender.send(read()));
    await injected(nodeRed);
    await owserver.kill();
    for (const { failed, code } of await Promise.all(middle)) {
      assert.ok(failed && ['EOW_CONNECT', 'EOW_CLOSED'].includes(code ?? ''), code);
    }
    const away = await sender.send(read());
    assert.deepEqual([away.failed, away.code], [true, 'EOW_CONNECT']);

    await owserver.restart();
    assert.equal((await sender.send(read())).failed, false);
    sender.assertOneOutcomeEach();
  });

  it('a read that meets a restart while nothing was under way succeeds at once', async () => {
    assert.equal((await sender.send(read())).failed, false);
    await owserver.kill();
    await owserver.restart();
    assert.equal((await sender.send(read())).failed, false);
    sender.assertOneOutcomeEach();
  });

  it('many reads while it comes and goes each have one outcome', async () => {
    const reads: ReturnType<Sender['send']>[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 60; count += 1) reads.push(sender.send(read()));
      await owserver.kill();
      for (let count = 0; count < 20; count += 1) reads.push(sender.send(read()));
      await owserver.restart();
    }
    await Promise.all(reads);
    assert.equal((await sender.send(read())).failed, false);
    sender.assertOneOutcomeEach();
  });
});

/** An inject for a node that is not there comes back behind all those before it. */
async function injected(nodeRed: NodeRedProcess): Promise<void> {
  await nodeRed.inject('nobody', {}).catch(() => undefined);
}
