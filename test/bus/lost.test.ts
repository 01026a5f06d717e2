import assert from 'node:assert/strict';
import { OwserverClient, type ReadOptions, type TraceEvent } from '../../client/index.js';
import { FAST, onBuses } from './world.js';

const IDS = Array.from({ length: 100 }, (_, n) =>
  `28.00000000${(n + 16).toString(16)}AA`.toUpperCase(),
);
const PULLED = [IDS[3]!, IDS[50]!, IDS[99]!];

/** The requests of a client. */
function traced(port: number): { client: OwserverClient; sent: string[] } {
  const sent: string[] = [];
  const trace = (event: TraceEvent): void => {
    if (event.event === 'sent') sent.push(`${event.type} ${event.path}`);
  };
  return { client: new OwserverClient({ host: '127.0.0.1', port, trace }), sent };
}

describe('three of a hundred thermometers that are pulled', () => {
  const world = onBuses([{ ...FAST, devices: IDS.map((id) => ({ id })) }]);

  const ways: [how: string, above: string, property: string, options: ReadOptions][] = [
    ['past the cache', '', 'temphigh', { source: 'uncached' }],
    ['with one conversion for all', '', 'temperature', { source: 'convert' }],
    ['by the number of their bus', '/bus.0', 'temphigh', { source: 'uncached' }],
  ];
  for (const [how, above, property, options] of ways) {
    it(`cost the others nothing, read ${how}, and are read again when they are back`, async () => {
      const { client, sent } = traced(world.running.port);
      try {
        const paths = IDS.map((id) => `${above}/${id}/${property}`);
        const sweep = async (): Promise<string[]> => {
          const results = await client.readAll(paths, options);
          return results.flatMap((one) =>
            'error' in one ? [`${one.path} ${one.error.code} ${one.error.id}`] : [],
          );
        };
        assert.deepEqual(await sweep(), []);
        await world.bus.pull(...PULLED);
        const lost = PULLED.map((id) => `${above}/${id}/${property} EOW_ABSENT deviceLost`);
        assert.deepEqual(await sweep(), lost);
        for (let round = 0; round < 3; round += 1) {
          sent.length = 0;
          assert.deepEqual(await sweep(), lost);
          assert.deepEqual(
            sent.filter((request) => PULLED.some((id) => request.includes(id))),
            [],
          );
          const values = sent.filter((request) => /^read .*\/(temphigh|latesttemp)$/.test(request));
          assert.equal(values.length, 97);
        }
        await world.bus.plug(...PULLED);
        for (const id of PULLED)
          await client.read(`${above}/${id}/temphigh`, { source: 'uncached' });
        assert.deepEqual(await sweep(), []);
      } finally {
        client.close();
        await world.bus.plug(...PULLED);
      }
    });
  }
});

describe('a thermometer that was lost before its resolution was known', () => {
  const world = onBuses([{ ...FAST, devices: IDS.map((id) => ({ id })) }]);

  it('is not asked for it, while the others are', async () => {
    const asked: string[] = [];
    const others = IDS.filter((id) => !PULLED.includes(id));
    let client: OwserverClient | undefined;
    try {
      await world.bus.pull(...PULLED);
      await new Promise<void>((resolve, reject) => {
        const trace = (event: TraceEvent): void => {
          const [, id] = /(28\.\w+)\/tempres$/.exec(event.path) ?? [];
          if (event.event !== 'sent' || id === undefined) return;
          asked.push(id);
          if (others.every((other) => asked.includes(other))) resolve();
        };
        client = new OwserverClient({ host: '127.0.0.1', port: world.running.port, trace });
        const paths = IDS.map((id) => `/${id}/temperature`);
        client.readAll(paths, { source: 'convert' }).catch(reject);
      });
      assert.deepEqual(
        asked.filter((id) => PULLED.includes(id)),
        [],
      );
    } finally {
      client?.close();
    }
  });
});

describe('a device that was lost on one of two buses', () => {
  const [FIRST, SECOND] = ['28.0000000000A1', '28.0000000000B2'] as const;
  const world = onBuses([
    { ...FAST, devices: [FIRST, SECOND].map((id) => ({ id })) },
    { ...FAST, devices: [SECOND].map((id) => ({ id })) },
  ]);

  it('is read on the other, where it is still there', async () => {
    const { client } = world;
    const paths = [`/bus.0/${SECOND}/temperature`, `/bus.1/${SECOND}/temperature`];
    const sweep = async (): Promise<unknown[]> =>
      (await client.readAll(paths, { source: 'uncached', powerOn: 'pass' })).map((one) =>
        'error' in one ? one.error.id : 'read',
      );
    assert.deepEqual(await sweep(), ['read', 'read']);
    await world.bus.pull(SECOND);
    assert.deepEqual(await sweep(), ['deviceLost', 'read']);
    assert.deepEqual(await sweep(), ['deviceLost', 'read']);
  });
});

describe('devices of a dead bus', () => {
  const IDS = ['28.0000000000A1', '28.0000000000A2'];
  const world = onBuses([{ ...FAST, devices: IDS.map((id) => ({ id })) }]);

  it('are not lost: nobody could look for them', async () => {
    const { client, running } = world;
    const paths = IDS.map((id) => `/${id}/temperature`);
    await client.readAll(paths, { source: 'uncached' });
    await running.buses[0]!.dead(true);
    const results = await client.readAll(paths, { source: 'uncached', timeoutMs: 15_000 });
    for (const one of results) {
      assert.ok('error' in one);
      assert.notEqual(one.error.id, 'deviceLost');
    }
  });
});
