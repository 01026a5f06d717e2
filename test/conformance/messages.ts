import assert from 'node:assert/strict';
import { Flag, type MessageName } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

const TEMPERATURE = `/${DEVICES.thermometer}/temperature`;

/** What each message type answers, as raw frames. */
export function messagePromises({ world, client }: Suite): void {
  const persistent = world.switch !== 'no_persistence';

  it('answers a ping, and says whether it keeps the connection', async () => {
    const { persistent: kept } = await client().ping();
    assert.equal(kept, persistent);
    assert.deepEqual(client().status, { type: 'connected', persistent });
  });

  it('answers NOP with an empty frame that echoes the flags', async () => {
    const [reply, ...more] = await client().message({ type: 'nop' });
    assert.equal(more.length, 0);
    assert.deepEqual([reply?.code, reply?.payload, reply?.size], [0, 0, 0]);
    assert.equal((reply?.flags ?? 0) & Flag.persistent, persistent ? Flag.persistent : 0);
    assert.equal((reply?.flags ?? 0) & Flag.ownet, Flag.ownet);
  });

  it('answers READ with the length as return value, size and payload', async () => {
    const [reply] = await client().message({ type: 'read', path: TEMPERATURE });
    assert.deepEqual([reply?.code, reply?.payload, reply?.size], [12, 12, 12]);
  });

  it('leaves the padding out when TRIM asks for it', async () => {
    const path = '/settings/timeout/volatile';
    const [reply] = await client().message({ type: 'read', path, flags: { trim: true } });
    assert.equal(reply?.data.toString(), '15');
  });

  it('answers PRESENCE with the eight bytes of the serial number and a size of 0', async () => {
    const [reply] = await client().message({ type: 'presence', path: TEMPERATURE });
    assert.deepEqual([reply?.code, reply?.payload, reply?.size], [0, 8, 0]);
    assert.equal(reply?.data.toString('hex', 0, 7), '28021000000000');
  });

  it('answers DIR with a frame for each entry and an empty one', async () => {
    const frames = await client().message({ type: 'dir', path: '/' });
    const last = frames.at(-1);
    assert.equal(frames.length, Object.keys(DEVICES).length + 1);
    assert.deepEqual([last?.code, last?.payload, last?.size], [0, 0, 0]);
    const first = frames[0];
    assert.equal(first?.payload, (first?.size ?? 0) + 1);
  });

  const refuses: Partial<Record<NonNullable<typeof world.switch>, MessageName[]>> = {
    no_dirall: ['dirall', 'dirallslash'],
    no_get: ['get', 'getslash'],
  };
  for (const type of ['dirall', 'dirallslash', 'get', 'getslash'] as const) {
    const refused = world.switch && refuses[world.switch]?.includes(type);
    it(`${refused ? 'refuses' : 'answers'} ${type.toUpperCase()} of a directory`, async () => {
      const [reply] = await client().message({ type, path: '/' });
      assert.ok(reply);
      assert.equal(reply.code, refused ? -42 : 0);
      const slash = type.endsWith('slash') ? '/' : '';
      assert.equal(reply.data.includes(`/${DEVICES.relay}${slash}`), !refused);
      if (!refused) assert.equal(reply.payload, reply.size + 1);
    });
  }

  for (const type of ['get', 'getslash'] as const) {
    const refused = world.switch === 'no_get';
    it(`${refused ? 'refuses' : 'answers'} ${type.toUpperCase()} of a property`, async () => {
      const [reply] = await client().message({ type, path: `/${DEVICES.relay}/PIO.A` });
      assert.equal(reply?.code, refused ? -42 : 1);
    });
  }

  it('keeps every request of a hundred at once to its own answer', async () => {
    const properties = ['type', 'family', 'id', 'address', 'crc8'];
    const devices = Object.values(DEVICES);
    const paths = Array.from(
      { length: 100 },
      (_, n) => `/${devices[n % 6]!}/${properties[n % 5]!}`,
    );
    const results = await client().readAll(paths, { value: 'text' });
    for (const [n, result] of results.entries()) {
      assert.ok(!('error' in result), `${paths[n]!} failed`);
      assert.equal(result.path, paths[n]);
      const device = devices[n % 6]!;
      if (n % 5 === 1) assert.equal(result.value, device.slice(0, 2));
      if (n % 5 === 2) assert.equal(result.value, device.slice(3));
    }
    assert.ok(client().connections <= 4);
  });
}
