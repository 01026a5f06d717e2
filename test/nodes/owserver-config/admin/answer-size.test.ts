import assert from 'node:assert/strict';
import { OwserverClient } from '../../../../client/index.js';
import { fitting } from '../../../../nodes/owserver-config/admin/answer-size.js';
import { browse } from '../../../../nodes/owserver-config/admin/browse.js';
import { readValues } from '../../../../nodes/owserver-config/admin/read-values.js';
import { survey } from '../../../../nodes/owserver-config/admin/survey.js';
import { answer, startFakeOwserver, type Script } from '../../../support/fake-owserver.js';
import * as wire from '../../../support/wire.js';

const MIB = 2 ** 20;
const LONG = Buffer.alloc(99_000, 'x');
const NEVER = new AbortController().signal;

/** Six bytes each in JSON. */
const RUDE = '\u0001';

const bytes = (body: unknown): number => Buffer.byteLength(JSON.stringify(body));
const id = (at: number, family = '28'): string => `${family}.${String(at).padStart(12, '0')}`;

describe('an answer to an editor', () => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const served = async (script: Script): Promise<OwserverClient> => {
    const owserver = await startFakeOwserver(script);
    const client = new OwserverClient({ host: '127.0.0.1', port: owserver.port });
    closers.push(
      () => client.close(),
      () => owserver.close(),
    );
    return client;
  };
  /** An owserver that lists these at the top. */
  const listing = (entries: readonly string[], other: Script = answer): Promise<OwserverClient> =>
    served((request) => {
      if (request.type === 9) request.reply(wire.listing(entries.join(',')));
      else other(request);
    });

  it('holds 5,000 of 5,500 devices with types of 99 kB, and says how many are left', async () => {
    const entries = Array.from({ length: 5_500 }, (_, at) => {
      const family = (at % 256).toString(16).padStart(2, '0').toUpperCase();
      return `/${id(at, family)}/`;
    });
    const client = await listing(entries, (request) =>
      request.path.endsWith('/type') ? request.reply(wire.reply(LONG)) : answer(request),
    );
    const body = await browse(client, '/', false);
    assert.deepEqual([body.entries.length, body.left], [5_000, 500]);
    assert.equal(body.entries[0]?.device?.type?.length, 100);
    assert.ok(bytes(body) < 4 * MIB, `${bytes(body)} bytes`);
  });

  it('holds fewer names that are as long as can be', async () => {
    const entries = Array.from({ length: 3_900 }, (_, at) => `/${at}${RUDE.repeat(250)}/`);
    const client = await listing(entries);
    const body = await browse(client, '/', false);
    assert.equal(body.entries.length + body.left, 3_900);
    assert.ok(body.left > 0);
    assert.ok(bytes(body) > 3 * MIB && bytes(body) <= 4 * MIB, `${bytes(body)} bytes`);
  });

  it('holds no more values than that, however long they are', async () => {
    const texts = Array<string>(64).fill(RUDE.repeat(1_000)).join(',');
    const client = await served((request) => {
      const { path, reply } = request;
      if (path.startsWith('/structure/')) reply(wire.reply('a,-000001,000064,ro,065000,v,'));
      else if (path.endsWith('/text.ALL')) reply(wire.reply(texts));
      else answer(request);
    });
    const paths = Array.from({ length: 200 }, (_, at) => `/${id(at)}/text.ALL`);
    const values = await readValues(client, paths, NEVER);
    assert.ok(values.length > 0 && values.length < 200);
    assert.deepEqual(
      values.map(({ path }) => path),
      paths.slice(0, values.length),
    );
    assert.ok(bytes(values) <= 4 * MIB, `${bytes(values)} bytes`);
  });

  it('says 100 characters of version and adapter, and counts no devices without end', async () => {
    const entries = Array.from({ length: 15_000 }, (_, at) => at);
    const client = await served((request) => {
      const { path, type, reply } = request;
      const bus = Number(/^\/bus\.(\d+)/.exec(path)?.[1] ?? -1);
      if (type === 6 && bus > 1) reply(wire.errorReply(-1));
      else if (type === 9)
        reply(wire.listing(entries.map((at) => `${path}/${id(at + bus * 15_000)}/`).join(',')));
      else if (/version|settings/.test(path)) reply(wire.reply(LONG));
      else answer(request);
    });
    const { version, buses, devices } = await survey(client, { totalMs: 8_000, listMs: 6_000 });
    assert.equal(version, `${'x'.repeat(100)}…`);
    assert.deepEqual(
      buses.map(({ adapter, devices: count }) => [adapter?.length, count]),
      [
        [101, 15_000],
        [101, 15_000],
      ],
    );
    assert.equal(devices, undefined);
  });

  it('is filled up to its last byte', () => {
    const { items, left } = fitting(Array<string>(100).fill('x'.repeat(65_536)), 90);
    assert.equal(items.length + left, 100);
    assert.equal(items.length, 62);
  });
});
