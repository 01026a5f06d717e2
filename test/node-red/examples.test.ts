import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_DEVICES } from '../../simulator/index.js';
import { need } from '../support/need.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import { startOwserver, type Owserver } from '../support/owserver.js';

const FOLDER = join(__dirname, '../../examples');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** Runs each example in a real Node-RED; its debug nodes become probes. */
function runsExamples(server: () => object): void {
  let nodeRed: NodeRedProcess;
  before(async () => {
    nodeRed = await startNodeRed({ flows: [] });
  });
  after(() => nodeRed.stop());

  for (const file of FILES) {
    it(`runs ${file}: every inject, and every node that looks by itself, reaches its debug nodes, and nothing fails`, async () => {
      const flows = watched(load(file), server());
      await nodeRed.deploy(flows);
      for (const inject of flows.filter(({ type }) => type === 'inject')) {
        await press(nodeRed, inject.id);
        for (const probe of reached(flows, inject)) {
          const { msg } = await nodeRed.waitForMessage(
            (message) => message.probe === probe,
            `${file}: ${probe}`,
          );
          assert.notEqual(msg.payload, undefined);
        }
      }
      // Only a list of alarms may have nothing to tell at first.
      for (const node of flows.filter(
        ({ type, once, list }) => type.startsWith('ow-') && once === true && list !== 'alarm',
      )) {
        for (const probe of reached(flows, node))
          await nodeRed.waitForMessage((message) => message.probe === probe, `${file}: ${probe}`);
      }
      assert.deepEqual(
        nodeRed.messages.filter(({ probe }) => probe === 'caught'),
        [],
      );
    });
  }
}

describe('the examples in a real Node-RED', () => {
  describe('on the simulated bus', () => {
    runsExamples(() => ({}));

    it('there are examples', () => assert.ok(FILES.length >= 4));
  });

  describe('on a real owserver', () => {
    need('owserver');
    let owserver: Owserver;
    before(async () => {
      owserver = await startOwserver({
        args: [`--mock=${DEMO_DEVICES.map(({ id }) => id).join(',')}`],
      });
    });
    after(() => owserver.stop());
    runsExamples(() => ({ simulator: false, host: '127.0.0.1', port: String(owserver.port) }));
  });
});

function load(file: string): FlowNode[] {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as FlowNode[];
}

/** The flow on this server, with probes for debug nodes, and one more for everything that fails. */
function watched(flows: readonly FlowNode[], server: object): FlowNode[] {
  const tab = flows.find(({ type }) => type === 'tab')?.id;
  const at = { z: tab, x: 900, y: 900 };
  return [
    ...flows
      .filter(({ type }) => type !== 'catch')
      .map((node) => {
        if (node.type === 'owserver-config') return { ...node, ...server };
        return node.type === 'debug' ? { ...node, type: 'test-probe' } : node;
      }),
    { id: 'catch-all', type: 'catch', scope: null, ...at, wires: [['caught']] },
    { id: 'caught', type: 'test-probe', ...at, wires: [] },
  ];
}

/** The probes behind an inject node. */
function reached(flows: readonly FlowNode[], from: FlowNode): string[] {
  const next = (from.wires as string[][] | undefined)?.flat() ?? [];
  return next.flatMap((id) => {
    const node = flows.find((each) => each.id === id);
    if (!node) return [];
    return node.type === 'test-probe' ? [id] : reached(flows, node);
  });
}

async function press(nodeRed: NodeRedProcess, id: string): Promise<void> {
  const response = await fetch(`${nodeRed.url}/inject/${id}`, { method: 'POST' });
  assert.equal(response.status, 200);
}
