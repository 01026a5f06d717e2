import assert from 'node:assert/strict';
import type { BrowseEntry, OwserverClient } from '../../client/index.js';
import { dialTcp, type OwserverOptions } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { byPath } from './listings.js';
import { DEVICES } from './world.js';

/** Numbers of the messages that list: DIR, DIRALL and DIRALLSLASH. */
const LISTS = [4, 7, 9];

/** What people see who look around. */
export function browsingPromises({ client }: Suite): void {
  it('shows each device that is listed, with its type', async () => {
    const entries = await client().browse();
    const shown = entries.filter(({ kind }) => kind === 'device');
    assert.deepEqual(
      byPath(shown.map(({ path, device }) => ({ path, ...device }))),
      byPath(await client().devices()),
    );
    assert.ok(shown.every(({ device }) => device?.type !== undefined));
    const kinds = new Map(entries.map(({ path, kind }) => [path, kind]));
    assert.deepEqual([kinds.get('/bus.0'), kinds.get('/settings')], ['bus', 'directory']);
  });

  it('shows of a device just what is listed, each property with its kind', async () => {
    for (const id of Object.values(DEVICES)) {
      const entries = await client().browse(`/${id}`);
      // Below a device that was given an alias owserver lists paths with that.
      const listed = (await client().dir(`/${id}`)).map((path) => path.split('/').at(-1));
      assert.deepEqual(
        entries.map(({ path }) => path),
        listed.map((name) => `/${id}/${name}`),
      );
      for (const { path, kind, property } of entries) {
        if (kind === 'property') assert.ok(property && property.kind !== 'unknown', path);
      }
    }
    const { temperature, ...others } = await infoOf(client(), DEVICES.thermometer);
    assert.deepEqual(temperature, {
      kind: 'temperature',
      unit: '°C',
      readable: true,
      writable: false,
    });
    assert.equal(others.errata, undefined);
  });

  it('marks as readable what can be read, and nothing else', async () => {
    for (const id of [DEVICES.relay, DEVICES.key, DEVICES.thermometer])
      for (const [name, property] of Object.entries(await infoOf(client(), id)))
        if (property?.readable) await client().read(`/${id}/${name}`, { value: 'buffer' });
    for (const id of Object.values(DEVICES)) {
      for (const [name, property] of Object.entries(await infoOf(client(), id))) {
        if (property?.readable !== false) continue;
        const [reply] = await client().message({ type: 'read', path: `/${id}/${name}`, size: 64 });
        assert.ok(reply && reply.code < 0, `${id}/${name} is read: ${reply?.code}`);
      }
    }
  });

  it('tells of a property alone, and of a pattern, the same', async () => {
    const {
      'PIO.0': one,
      'PIO.ALL': all,
      'PIO.BYTE': byte,
    } = await infoOf(client(), DEVICES.switch8);
    assert.deepEqual([one?.kind, all?.count, byte?.max], ['yesno', 8, 255]);
    for (const [path, expected] of [
      [`/${DEVICES.switch8}/PIO.0`, one],
      [`/${DEVICES.switch8}/PIO.7`, one],
      ['29.*/PIO.ALL', { ...all, matches: 1 }],
      ['29.*/PIO.*', { ...one, matches: 8 }],
      ['*/PIO.BYTE', byte],
      ['42.*/temperature', undefined],
    ] as const) {
      const described = await client().describe(path);
      if (path === '*/PIO.BYTE') assert.equal(described?.kind, 'whole');
      else assert.deepEqual(described, expected, path);
    }
  });

  it('asks for one listing for each directory that is opened', async () => {
    const { counted, options } = counting(client());
    const other = client(options);
    // The first one may have to find out how this owserver lists.
    await other.browse();
    for (const path of [
      '/',
      '/bus.0',
      `/${DEVICES.counter}`,
      `/${DEVICES.counter}/pages`,
      '/settings',
    ]) {
      const before = counted.listings;
      await other.browse(path);
      assert.equal(counted.listings - before, 1, path);
    }
  });
}

async function infoOf(
  client: OwserverClient,
  id: string,
): Promise<Record<string, BrowseEntry['property']>> {
  const entries = await client.browse(`/${id}`);
  return Object.fromEntries(entries.map(({ name, property }) => [name, property]));
}

/** Options for a client whose listings are counted as they are sent; each message is one write. */
function counting({ options: { host, port } }: OwserverClient): {
  counted: { listings: number };
  options: OwserverOptions;
} {
  const counted = { listings: 0 };
  const dial = dialTcp({ host, port, connectTimeoutMs: 5_000, tls: undefined });
  return {
    counted,
    options: {
      dial: async (signal) => {
        const socket = await dial(signal);
        socket.write = new Proxy(socket.write.bind(socket), {
          apply(write, self, args: [Buffer]) {
            if (LISTS.includes(args[0].readInt32BE(8))) counted.listings += 1;
            return Reflect.apply(write, self, args);
          },
        });
        return socket;
      },
    },
  };
}
