import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { loadSeveral, type OneNode, type SeveralNodes } from '../nodes/several-nodes.js';
import { unloadFlow } from '../nodes/flow.js';
import type { Message } from '../../nodes/shared/red.js';
import { FAST, onBuses } from './world.js';

/** How long a sensor that is back may take to be read again. */
const BACK_MS = 35_000;

interface Way {
  readonly how: string;
  /** Sensors that are pulled on the first bus, and plugged there again, or on the second. */
  readonly lost: string;
  readonly moves?: boolean;
  readonly path: string;
  readonly source: 'cached' | 'uncached' | 'convert';
}

const sensor = (family: string, number: number): string =>
  `${family}.0000000000${(number + 16).toString(16).toUpperCase()}`;

const SOURCES = ['cached', 'uncached', 'convert'] as const;
/** Families of thermometers, one for each pattern. */
const FAMILIES = { cached: '10', uncached: '22', convert: '42' } as const;

const WAYS: readonly Way[] = [
  ...SOURCES.flatMap((source, at): Way[] => [
    {
      how: `one path, ${source}`,
      lost: sensor('28', at),
      path: `/${sensor('28', at)}/temperature`,
      source,
    },
    {
      how: `a path with the number of its bus, ${source}`,
      lost: sensor('28', 10 + at),
      path: `/bus.0/${sensor('28', 10 + at)}/temperature`,
      source,
    },
    {
      how: `a pattern, ${source}`,
      lost: sensor(FAMILIES[source], 1),
      path: `/${FAMILIES[source]}.*/temperature`,
      source,
    },
    {
      how: `one path of a sensor that moves to the other bus, ${source}`,
      lost: sensor('28', 20 + at),
      moves: true,
      path: `/${sensor('28', 20 + at)}/temperature`,
      source,
    },
  ]),
  {
    how: 'a pattern on one bus, uncached',
    lost: sensor('3B', 1),
    path: '/bus.0/3B.*/temperature',
    source: 'uncached',
  },
];

const lostOf = (all: readonly Way[]): string[] => all.map(({ lost }) => lost);
const MOVING = WAYS.filter(({ moves }) => moves);

describe('a thermometer that is pulled, and plugged in again', () => {
  const staying = Object.values(FAMILIES).map((family) => ({ id: sensor(family, 2) }));
  const world = onBuses([
    {
      ...FAST,
      devices: [...lostOf(WAYS).map((id) => ({ id })), ...staying, { id: sensor('3B', 2) }],
    },
    { ...FAST, devices: lostOf(MOVING).map((id) => ({ id, present: false })) },
  ]);
  let several: SeveralNodes;
  /** How long each took to be read again, in milliseconds. */
  const backMs = new Map<Way, Promise<number>>();
  const nodeOf = (way: Way): OneNode => several.nodes[WAYS.indexOf(way)]!;

  before(async function () {
    this.timeout(60_000);
    several = await loadSeveral(
      WAYS.map(({ path, source }) => ({
        type: 'ow-read',
        path,
        source,
        repeat: '1',
        results: 'messages',
        por85: 'pass',
      })),
      { host: '127.0.0.1', port: String(world.running.port) },
    );
    for (const way of WAYS) await nodeOf(way).sent.next(isOf(way));
    await world.bus.pull(...lostOf(WAYS));
    // owserver answers what it has in its cache for 15 s.
    await Promise.all(WAYS.map((way) => caughtOne(several, nodeOf(way).id)));
    const pluggedAt = performance.now();
    const heard = async (way: Way): Promise<number> => {
      await nodeOf(way).sent.next((msg) => isOf(way)(msg) && isBack(msg));
      return performance.now() - pluggedAt;
    };
    for (const way of WAYS) backMs.set(way, heard(way));
    const there = WAYS.filter(({ moves }) => !moves);
    await world.bus.plug(...lostOf(there));
    await world.running.buses[1]!.plug(...lostOf(MOVING));
  });
  after(() => unloadFlow());

  for (const way of WAYS) {
    it(`is read again within 35 s, with one error and one "back": ${way.how}`, async function () {
      this.timeout(BACK_MS + 10_000);
      const { sent, id } = nodeOf(way);
      const ms = await backMs.get(way);
      assert.ok(ms !== undefined && ms < BACK_MS, `${Math.round(ms ?? NaN)} ms`);
      await sent.next(isOf(way));
      await sent.next(isOf(way));
      assert.equal(sent.all.filter(isBack).length, 1);
      // A bus that takes its time refuses a device that is gone before it is known to be.
      const [code, ...more] = several.caughtOf(id);
      assert.ok(['EOW_ABSENT', 'EOW_RETURN', 'EOW_TIMEOUT'].includes(code ?? ''), code);
      assert.deepEqual(more, []);
    });
  }
});

function isOf({ lost }: Way): (msg: Message) => boolean {
  return ({ topic }) => String(topic).includes(lost);
}

function isBack({ owserver }: Message): boolean {
  return (owserver as { back?: boolean }).back === true;
}

async function caughtOne({ caughtOf }: SeveralNodes, id: string): Promise<void> {
  while (caughtOf(id).length === 0) await delay(50);
}
