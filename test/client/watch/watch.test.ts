import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ReadingsLook, Told } from '../../../client/index.js';
import { houses } from '../simulated.js';
import { fails } from '../support.js';

const ONE = '28.000000000001';
const OTHER = '28.000000000002';
const ALL = '/28.*/temperature';
const DEVICES = [
  { id: ONE, values: { temperature: 20 } },
  { id: OTHER, values: { temperature: 5 } },
];

/** What a look told, by path. */
const values = ({ told }: ReadingsLook): Record<string, unknown> =>
  Object.fromEntries(told.map(({ path, value }) => [path, value]));

describe('a watch of readings', () => {
  const house = houses();
  const start = () => house({ devices: DEVICES });

  it('tells a listener what it sees at the start, and then at each interval', async () => {
    const { client } = await start();
    const told: Told<ReadingsLook>[] = [];
    await new Promise<void>((resolve) => {
      const watch = client.watch({ read: ALL, everyMs: 100, source: 'uncached' }, (look) => {
        if (told.push(look) < 3) return;
        watch.close();
        resolve();
      });
    });
    assert.deepEqual(
      told.map((look) => values(look)),
      Array(3).fill({ [`/${ONE}/temperature`]: 20, [`/${OTHER}/temperature`]: 5 }),
    );
  });

  it('tells a loop what it sees, until that is left', async () => {
    const { client } = await start();
    const watch = client.watch({ read: `/${ONE}/temperature`, everyMs: 100 });
    let looks = 0;
    for await (const look of watch) {
      assert.equal(look.several, false);
      if (++looks === 2) break;
    }
    assert.ok(watch.closed);
    assert.ok(!watch.running);
  });

  it('tells only what changed, where that is wanted', async () => {
    const { client, simulator } = await start();
    const seen: unknown[] = [];
    const options = { read: ALL, everyMs: 100, source: 'uncached', emit: 'change' } as const;
    for await (const look of client.watch(options)) {
      seen.push(values(look));
      if (seen.length === 2) break;
      simulator.device(OTHER).set('temperature', 6);
    }
    assert.deepEqual(seen[1], { [`/${OTHER}/temperature`]: 6 });
  });

  it('tells of a sensor that is lost, also when nothing else has changed', async () => {
    const { client, simulator } = await start();
    const options = { read: ALL, everyMs: 100, source: 'uncached', emit: 'change' } as const;
    let looks = 0;
    for await (const { told, failed } of client.watch(options)) {
      looks += 1;
      if (looks === 1) simulator.device(OTHER).pull();
      else {
        assert.deepEqual([told.length, failed.map(({ error }) => error.code)], [0, ['EOW_ABSENT']]);
        break;
      }
    }
  });

  it('ends with its signal, and with its client', async () => {
    const { client } = await start();
    const end = new AbortController();
    const first = client.watch({ read: ALL, everyMs: 100, signal: end.signal });
    for await (const _ of first) end.abort();
    const second = client.watch({ read: ALL, everyMs: 100 });
    for await (const _ of second) client.close();
    assert.ok(first.closed && second.closed);
    assert.ok(client.watch({ read: ALL, everyMs: 100 }).closed);
  });

  it('goes on when its listener throws, or rejects', async () => {
    const { client } = await start();
    const warned = once(process, 'warning');
    await new Promise<void>((resolve) => {
      let looks = 0;
      const watch = client.watch({ read: ALL, everyMs: 100 }, () => {
        looks += 1;
        if (looks === 3) {
          watch.close();
          resolve();
        }
        if (looks === 1) throw new Error('thrown by a listener');
        return Promise.reject(new Error('rejected by a listener'));
      });
    });
    const [warning] = (await warned) as [Error];
    assert.match(warning.message, /by a listener/);
  });

  it('waits for whoever takes his time over a look, and counts what it left out', async () => {
    const { client } = await start();
    const watch = client.watch({ read: ALL, everyMs: 100 });
    let looks = 0;
    for await (const look of watch) {
      looks += 1;
      if (looks === 2) {
        assert.ok(look.skipped >= 2, `${look.skipped} were left out`);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 350));
    }
  });

  it('looks once at its start, and when it is asked to, without an interval', async () => {
    const { client } = await start();
    const told = await new Promise<ReadingsLook>((resolve) => {
      client.watch({ read: ALL }, resolve);
    });
    assert.equal(told.results.length, 2);
    const silent = client.watch({ read: ALL, once: false }, () => assert.fail('not asked'));
    assert.equal((await silent.look()).results.length, 2);
    assert.equal((await silent.look(`/${ONE}/temperature`)).results.length, 1);
  });

  it('shares what was told with looks that are asked for', async () => {
    const { client } = await start();
    const watch = client.watch({ read: ALL, emit: 'change', once: false });
    assert.ok((await watch.look()).due);
    assert.ok(!(await watch.look()).due);
  });

  it('stops and starts, and knows what it told', async () => {
    const { client } = await start();
    let heard = (): void => undefined;
    const next = () => new Promise<void>((resolve) => (heard = resolve));
    const options = { read: ALL, everyMs: 100, all: true, emit: 'change' } as const;
    const dues: boolean[] = [];
    const first = next();
    const watch = client.watch(options, ({ due }) => {
      dues.push(due);
      heard();
    });
    await first;
    watch.stop();
    assert.ok(!watch.running);
    const second = next();
    watch.start();
    await second;
    watch.close();
    assert.deepEqual(dues.slice(0, 2), [true, false]);
  });

  it('is asked where to look each time, and says when that fails', async () => {
    const { client } = await start();
    const paths = [`/${ONE}/temperature`, [`/${OTHER}/temperature`]];
    const where = () => paths.shift() ?? Promise.reject(new Error('no more'));
    const seen: string[] = [];
    const loop = (async () => {
      for await (const { results } of client.watch({ read: where, everyMs: 100 }))
        seen.push(...results.map(({ path }) => path));
    })();
    const error = await fails(loop, 'EOW_PROTOCOL').catch((thrown: unknown) => thrown);
    assert.match(String(error), /no more/);
    assert.deepEqual(seen, [`/${ONE}/temperature`, `/${OTHER}/temperature`]);
  });

  it('refuses what it does not know, at once', async () => {
    const { client } = await start();
    for (const wrong of [
      { everyMs: 10 },
      { emit: 'sometimes' },
      { deadband: 0 },
      { decimals: 7 },
      { rangeMin: NaN },
      { maxStep: -1 },
      { evryMs: 1_000 },
      { read: 7 },
    ])
      assert.throws(() => client.watch({ read: ALL, ...(wrong as object) }), { code: 'EOW_VALUE' });
  });
});
