import assert from 'node:assert/strict';
import { loadSeveral, type OneNode } from '../nodes/several-nodes.js';
import { unloadFlow } from '../nodes/flow.js';
import { startProxy, type Proxy } from '../support/proxy.js';
import { FAST, onBuses } from './world.js';

const SENSOR = '28.0210000000AA';
const VALUE = `/${SENSOR}/temphigh`;
/** What owserver answers without the bus. */
const BESIDE = `/${SENSOR}/family`;

describe('a bus that hangs for a while under a repeat of 0.5 s', () => {
  const world = onBuses([{ ...FAST, devices: [{ id: SENSOR }] }]);
  let proxy: Proxy;
  before(async () => {
    proxy = await startProxy(world.running.port);
  });
  after(async () => {
    await unloadFlow();
    await proxy.close();
  });

  const readings = (): number =>
    proxy.requests.filter((request) => request.startsWith('read') && request.endsWith(VALUE))
      .length;

  it('costs the ticks that find a look under way, which are counted and never made up for', async function () {
    this.timeout(60_000);
    const fields = { type: 'ow-read', source: 'uncached', repeat: '0.5' };
    const { nodes, caught } = await loadSeveral(
      [
        { ...fields, path: VALUE },
        { ...fields, path: BESIDE },
      ],
      { host: '127.0.0.1', port: String(proxy.port) },
    );
    const [slow, beside] = nodes as [OneNode, OneNode];
    for (let count = 0; count < 3; count += 1) await slow.sent.next();
    // For less than the 5 s that owserver gives a bus master for its answer.
    process.kill(world.bus.pid, 'SIGSTOP');
    const ticks = beside.sent.all.length;
    while (beside.sent.all.length < ticks + 7) await beside.sent.next();
    const asked = readings();
    assert.ok(asked <= slow.sent.all.length + 1, 'one look under way');
    process.kill(world.bus.pid, 'SIGCONT');
    const { owserver } = await slow.sent.next(({ owserver }) => 'skipped' in (owserver as object));
    const { skipped } = owserver as { skipped: number };
    assert.ok(skipped >= 5, `${skipped} skipped`);
    await shows(slow, 'status.skipped');
    const [back, backBeside] = [slow.sent.all.length, beside.sent.all.length];
    while (slow.sent.all.length < back + 5) await slow.sent.next();
    const after = beside.sent.all.length - backBeside;
    assert.ok(after >= 4, `5 looks in ${after} ticks are a burst`);
    const all = slow.sent.all.map((msg) => skippedOf(msg.owserver));
    const left = all.reduce((sum, one) => sum + one, 0);
    const made = slow.sent.all.length + left;
    assert.ok(Math.abs(made - beside.sent.all.length) <= 1, `${made} of ${beside.sent.all.length}`);
    assert.ok(readings() <= slow.sent.all.length + 1, 'one reading for each message');
    assert.deepEqual(caught.all, []);
  });
});

function skippedOf(owserver: unknown): number {
  return (owserver as { skipped?: number }).skipped ?? 0;
}

/** Without catalogues statuses are keys here. */
async function shows({ node }: OneNode, text: string): Promise<void> {
  const shown = (): boolean =>
    node.status.args.some(([status]) => status.text?.includes(text) ?? false);
  while (!shown()) await new Promise<void>((resolve) => node.on('call:status', () => resolve()));
}
