import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../../nodes/shared/red.js';
import { loadSeveral, type SeveralNodes } from '../nodes/several-nodes.js';
import { unloadFlow } from '../nodes/flow.js';
import { startOwserverOnBuses, type OwserverOnBuses } from '../support/bus/index.js';
import { need } from '../support/need.js';
import { startOwserver, type Owserver } from '../support/owserver.js';
import { FAST, onBuses } from './world.js';

const BACK_MS = 35_000;
const HUB = '1F.001000000000';
const [TRUNK, BRANCH, OTHER] = ['28.0000000000A1', '28.0000000000B2', '28.0000000000C3'] as const;

const fields = { type: 'ow-read', repeat: '1', results: 'messages', por85: 'pass' };
const isBack = ({ owserver }: Message): boolean => (owserver as { back?: boolean }).back === true;
const about =
  (id: string) =>
  ({ topic }: Message): boolean =>
    String(topic).includes(id);

/** Resolves when each node had an error. */
async function errors({ nodes, caughtOf }: SeveralNodes): Promise<void> {
  while (nodes.some(({ id }) => !caughtOf(id).includes('EOW_ABSENT'))) await delay(50);
}

/** Each node reads a sensor again in time, and has told of it once. */
async function allBack(several: SeveralNodes, sensor: string): Promise<void> {
  const start = performance.now();
  for (const { sent, id } of several.nodes) {
    await sent.next((msg) => about(sensor)(msg) && isBack(msg));
    const ms = performance.now() - start;
    assert.ok(ms < BACK_MS, `${id} after ${Math.round(ms)} ms`);
  }
  for (const { sent, id } of several.nodes) {
    await sent.next(about(sensor));
    assert.equal(sent.all.filter((msg) => about(sensor)(msg) && isBack(msg)).length, 1, id);
    assert.deepEqual(several.caughtOf(id), ['EOW_ABSENT'], id);
  }
}

describe('a thermometer behind a coupler that is pulled and plugged in again', () => {
  const devices = [
    { id: HUB },
    { id: TRUNK },
    { id: BRANCH, on: { hub: HUB, branch: 'main' } },
    { id: OTHER, on: { hub: HUB, branch: 'main' } },
  ] as const;
  const world = onBuses([{ devices, ...FAST }]);
  after(() => unloadFlow());

  it('is told once, and read again within 35 s', async function () {
    this.timeout(90_000);
    const several = await loadSeveral(
      [
        { ...fields, path: `/${HUB}/main/${BRANCH}/temperature`, source: 'uncached' },
        { ...fields, path: `/${HUB}/main/28.*/temperature`, source: 'uncached' },
        { ...fields, path: `/${HUB}/main/28.*/temperature`, source: 'convert' },
      ],
      { host: '127.0.0.1', port: String(world.running.port) },
    );
    for (const { sent } of several.nodes) await sent.next(about(BRANCH));
    await world.bus.pull(BRANCH);
    await errors(several);
    await world.bus.plug(BRANCH);
    await allBack(several, BRANCH);
  });
});

describe('thermometers of two owservers behind another one', () => {
  need('owserver');
  need('socat');
  const behind: OwserverOnBuses[] = [];
  let front: Owserver;
  before(async () => {
    for (const id of [TRUNK, BRANCH])
      behind.push(await startOwserverOnBuses({ buses: [{ devices: [{ id }], ...FAST }] }));
    const args = behind.flatMap(({ port }) => ['-s', `127.0.0.1:${port}`]);
    front = await startOwserver({ args });
  });
  after(async () => {
    await unloadFlow();
    await Promise.all([front, ...behind].map((each) => each.stop()));
  });

  it('are told once when their owserver is away, and read again when it is back', async function () {
    this.timeout(90_000);
    const several = await loadSeveral(
      [
        { ...fields, path: `/${BRANCH}/temperature`, source: 'uncached' },
        { ...fields, path: '/28.*/temperature', source: 'uncached' },
        { ...fields, path: '/28.*/temperature', source: 'convert' },
      ],
      { host: '127.0.0.1', port: String(front.port) },
    );
    for (const { sent } of several.nodes) await sent.next(about(BRANCH));
    await behind[1]!.owserver.kill();
    await errors(several);
    await behind[1]!.owserver.restart();
    await allBack(several, BRANCH);
  });
});
