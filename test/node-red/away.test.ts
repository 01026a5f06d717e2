import assert from 'node:assert/strict';
import { need } from '../support/need.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import { startOwserver, type Owserver } from '../support/owserver.js';

const NODES = 10;
/** Long enough for several tries to connect, each less often than the one before. */
const AWAY_MS = Number(process.env.AWAY_MS ?? 8_000);

const ids = Array.from({ length: NODES }, (_, number) => `28.0${number}1000000000`);

describe('owserver is away for a while under ten nodes that read every second', () => {
  need('owserver');
  let owserver: Owserver;
  let nodeRed: NodeRedProcess;

  beforeEach(async () => {
    owserver = await startOwserver({ args: [`--fake=${ids.join(',')}`] });
  });
  afterEach(async () => {
    await nodeRed.stop();
    await owserver.stop();
  });

  const flows = (port: number): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', name: '', host: '127.0.0.1', port },
    ...ids.flatMap((id, number): FlowNode[] => [
      {
        id: `read-${number}`,
        type: 'ow-read',
        name: `sensor ${number}`,
        server: 'server',
        path: `/${id}/temperature`,
        source: 'uncached',
        repeat: '1',
        once: true,
        z: 'tab',
        x: 100,
        y: 100,
        wires: [[`probe-${number}`]],
      },
      { id: `probe-${number}`, type: 'test-probe', z: 'tab', x: 100, y: 100, wires: [] },
    ]),
  ];

  const everyNodeSends = (what: string): Promise<unknown> =>
    Promise.all(
      ids.map((_, number) =>
        nodeRed.waitForMessage(({ probe }) => probe === `probe-${number}`, what, 40_000),
      ),
    );

  it('which is two lines in the log for the server, one for each node, and goes on by itself', async function () {
    this.timeout(AWAY_MS + 60_000);
    nodeRed = await startNodeRed({ flows: flows(owserver.port) });
    await everyNodeSends('first reading');
    const from = nodeRed.log.length;
    // Stopped, it holds the requests: the kill then comes in the midst of some of them.
    process.kill(owserver.pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await owserver.kill();
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    const seen = nodeRed.messages.length;
    await owserver.restart();
    await nodeRed.waitForMessage(() => nodeRed.messages.length > seen, 'reading after it', 40_000);
    await everyNodeSends('reading');
    await everyNodeSends('reading');
    const lines = nodeRed.log.slice(from).filter((line) => line.trim() !== '');
    const of = (part: string): string[] => lines.filter((line) => line.includes(part));
    const told = lines.join('\n');
    assert.ok(of('[owserver-config:').length <= 2, told);
    for (const number of ids.keys()) assert.ok(of(`[ow-read:sensor ${number}]`).length <= 1, told);
    assert.ok(lines.length <= NODES + 2, told);
  });
});
