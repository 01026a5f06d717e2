import assert from 'node:assert/strict';
import type { ReadResult, WriteResult } from '../../../client/index.js';
import { answer, type FakeOwserver, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { freePort } from '../../support/child.js';
import { byPath, houses } from '../simulated.js';
import { fails, failsAlone, PLAIN, wholeSentence, world } from '../support.js';

const OTHER = '/system/other';
const RELAY = '/3A.000000000001/text';
const plain = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `/system/${at}`);
const codes = (results: readonly (ReadResult | WriteResult)[]): [string, string | undefined][] =>
  results.map((one) => [one.path, 'error' in one ? one.error.code : undefined]);

describe('a list of paths', () => {
  const { server, client } = world();
  const house = houses();

  it('longer than the queue is read whole, in its order', async () => {
    const owserver = await server(answer);
    const paths = plain(3_000);
    const results = await client(owserver).readAll(paths);
    assert.deepEqual(
      results.map((one) => ('error' in one ? one.error.message : one.value)),
      paths,
    );
  });

  it('is read whole with the smallest queue that there is', async () => {
    const owserver = await server(answer);
    const results = await client(owserver, { maxQueue: 1 }).readAll(plain(40));
    assert.ok(results.every((one) => !('error' in one)));
  });

  it('is read whole beside nine others, which are read whole as well', async () => {
    const owserver = await server(answer);
    const busy = client(owserver, { maxQueue: 100 });
    const lists = Array.from({ length: 10 }, (_, at) =>
      busy.readAll(plain(120).map((path) => `${path}/${at}`)),
    );
    for (const results of await Promise.all(lists))
      assert.deepEqual(results.filter((one) => 'error' in one).length, 0);
  });

  it('is read whole although others have filled the queue', async () => {
    const held: FakeRequest[] = [];
    let holds = true;
    const owserver = await server((request) => (holds ? held.push(request) : answer(request)));
    const busy = client(owserver, { maxQueue: 5, connections: 1 });
    const others = [busy.read('/system/first')];
    await owserver.until(() => held.length === 1);
    others.push(...plain(5).map((path) => busy.read(`${path}/other`)));
    await fails(busy.read(OTHER), 'EOW_QUEUE_FULL');
    const all = busy.readAll(plain(50));
    holds = false;
    held.forEach((request) => answer(request));
    await Promise.all(others);
    assert.deepEqual(
      codes(await all),
      plain(50).map((path) => [path, undefined]),
    );
  });

  for (const maxQueue of [1, 3])
    it(`with patterns for many families is read whole with a queue of ${maxQueue}`, async () => {
      const families = ['28', '10', '29', '3A', '26', '1D', '01'];
      const devices = families.map((family, at) => ({ id: `${family}.00000000000${at}` }));
      const { another } = await house({ devices });
      const results = await another({ maxQueue }).readAll(['*/type', '*/family', '29.*/PIO.*']);
      assert.deepEqual([results.length, results.filter((one) => 'error' in one)], [22, []]);
    });

  /** Requests that go out before that of somebody who comes when the list is under way. */
  async function wait(
    owserver: FakeOwserver,
    first: (request: FakeRequest) => boolean,
    read: (busy: ReturnType<typeof client>) => Promise<unknown>,
  ): Promise<number> {
    const busy = client(owserver);
    const all = read(busy);
    await owserver.until(() => owserver.requests.some(first));
    const before = owserver.requests.length;
    await busy.read(RELAY);
    const at = owserver.requests.findIndex(({ path }) => path === RELAY);
    await all;
    return at - before;
  }

  it('lets a read of another wait no longer than a pattern of as many does', async () => {
    const ids = Array.from({ length: 1_200 }, (_, at) => `28.${String(at).padStart(12, '0')}`);
    const script = (request: FakeRequest): void => {
      const { type, path, reply } = request;
      if (type === 9 && path === '/') reply(wire.listing(ids.map((id) => `/${id}/`).join(',')));
      else if (type === 6) reply(wire.errorReply(-1));
      else if (path.startsWith('/structure/')) reply(wire.reply('a,000000,000001,ro,000099,s,'));
      else if (path.endsWith('/type')) reply(wire.reply('DS18B20'));
      else answer(request);
    };
    const isText = ({ path }: FakeRequest): boolean => /^\/28.*text$/.test(path);
    const list = ids.map((id) => `/${id}/text`);
    const beside = await wait(await server(script), isText, (busy) => busy.readAll('28.*/text'));
    const behind = await wait(await server(script), isText, (busy) => busy.readAll(list));
    assert.ok(behind <= beside + 10, `${behind} requests before it, ${beside} beside a pattern`);
    assert.ok(beside < 800, `${beside} requests before it`);
  });

  it('leaves room in the queue for others', async () => {
    const owserver = await server(answer);
    const busy = client(owserver, { maxQueue: 20 });
    const all = busy.readAll(plain(400));
    for (let round = 0; round < 20; round += 1) await busy.write(OTHER, String(round));
    assert.ok((await all).every((one) => !('error' in one)));
  });

  it('that holds what is no path reads the rest', async () => {
    const owserver = await server(answer);
    const odd = ['', 28, null, undefined, {}, Object.create(null), [PLAIN], '/a\0b', Symbol('s')];
    const results = await client(owserver).readAll([PLAIN, ...(odd as string[]), OTHER]);
    assert.deepEqual(codes(results), [
      [PLAIN, undefined],
      ['', 'EOW_VALUE'],
      ['28', 'EOW_VALUE'],
      ['[object Null]', 'EOW_VALUE'],
      ['[object Undefined]', 'EOW_VALUE'],
      ['[object Object]', 'EOW_VALUE'],
      ['[object Object]', 'EOW_VALUE'],
      ['[object Array]', 'EOW_VALUE'],
      ['/a\0b', 'EOW_VALUE'],
      ['[object Symbol]', 'EOW_VALUE'],
      [OTHER, undefined],
    ]);
    for (const one of results) if ('error' in one) wholeSentence(one.error);
  });

  it('of none is read at once', async () => {
    assert.deepEqual(await client(await server()).readAll([]), []);
  });

  it('may be one path, which is read as a list of one', async () => {
    const owserver = await server(answer);
    assert.deepEqual(byPath(await client(owserver).readAll(PLAIN)), { [PLAIN]: PLAIN });
  });
});

describe('a call for one path', () => {
  const { server, client } = world();

  for (const path of ['28.*/temperature', '*', '/settings/*'])
    it(`refuses one that may stand for several: ${path}`, async () => {
      const owserver = await server(answer);
      const busy = client(owserver);
      for (const call of [busy.read(path), busy.write(path, 1)]) {
        const error = await fails(call, 'EOW_VALUE', 'patternOne');
        wholeSentence(error);
        assert.match(error.message, /readAll.*writeAll/);
      }
      assert.equal(owserver.requests.length, 0);
    });

  it('refuses a list', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    const list = [PLAIN] as unknown as string;
    for (const call of [busy.read(list), busy.write(list, 1)]) await fails(call, 'EOW_VALUE');
    assert.equal(owserver.requests.length, 0);
  });
});

describe('pairs of path and value', () => {
  const { server, client } = world();
  const house = houses();

  const written = ({ requests }: FakeOwserver): string[] =>
    requests.filter(({ type }) => type === 3).map(({ path, data }) => `${path}=${String(data)}`);

  it('are written one after another, whatever fails among them', async () => {
    const owserver = await server((request) => {
      if (request.type === 3 && request.path === OTHER) request.reply(wire.errorReply(-5));
      else answer(request);
    });
    const pairs = [
      [PLAIN, 'on'],
      [OTHER, 'x'],
      [28, 1],
      [PLAIN, 'off'],
    ] as [string, unknown][];
    const results = await client(owserver).writeAll(pairs);
    assert.deepEqual(codes(results), [
      [PLAIN, undefined],
      [OTHER, 'EOW_RETURN'],
      ['28', 'EOW_VALUE'],
      [PLAIN, undefined],
    ]);
    assert.deepEqual(written(owserver), [`${PLAIN}=on`, `${OTHER}=x`, `${PLAIN}=off`]);
  });

  it('may have patterns among them, each with its value', async () => {
    const devices = [{ id: '3A.000000000001' }, { id: '29.000000000002' }];
    const { client: own } = await house({ devices });
    const results = await own.writeAll([
      ['3A.*/PIO.*', true],
      ['/29.000000000002/PIO.BYTE', 5],
      ['42.*/PIO.A', 1],
    ]);
    assert.deepEqual(codes(results), [
      ['/3A.000000000001/PIO.A', undefined],
      ['/3A.000000000001/PIO.B', undefined],
      ['/29.000000000002/PIO.BYTE', undefined],
      ['/42.*/PIO.A', 'EOW_ABSENT'],
    ]);
    assert.deepEqual(byPath(await own.readAll('*/PIO.BYTE')), {
      '/3A.000000000001/PIO.BYTE': 3,
      '/29.000000000002/PIO.BYTE': 5,
    });
  });

  it('do not wait for a turn behind those that are read', async () => {
    const held: FakeRequest[] = [];
    const owserver = await server((request) =>
      request.type === 3 ? answer(request) : held.push(request),
    );
    const busy = client(owserver, { maxQueue: 8, connections: 10, inactivityTimeoutMs: 60_000 });
    const reads = Array.from({ length: 5 }, () => busy.readAll(plain(20)));
    await owserver.until(() => held.length >= 4);
    const results = await busy.writeAll([[OTHER, 'off']]);
    assert.deepEqual(codes(results), [[OTHER, undefined]]);
    busy.close();
    await Promise.all(reads);
  });

  it('more than the queue takes are all written', async () => {
    const owserver = await server(answer);
    const pairs = plain(300).map((path) => [path, '1'] as const);
    const results = await client(owserver, { maxQueue: 4 }).writeAll(pairs);
    assert.ok(results.every((one) => !('error' in one)));
    assert.equal(written(owserver).length, 300);
  });
});

describe('an outage', () => {
  const { server, client } = world();
  const ALL = '28.*/temperature';
  const ONE = '/28.000000000001/temperature';

  /** An owserver with one thermometer, which goes away for good when it is read once more. */
  async function dying(): Promise<FakeOwserver> {
    let reads = 0;
    const owserver = await server((request) => {
      const { type, path, reply, connection } = request;
      if (type === 9 && path === '/') reply(wire.listing('/28.000000000001/'));
      else if (path === ONE && (type === 3 || (reads += 1) > 1)) {
        void owserver.close();
        connection.reset();
      } else if (type === 2 && path === ONE) reply(wire.reply('21.5'));
      else answer(request);
    });
    return owserver;
  }

  it('is told path by path, whether the devices are known or would have to be listed', async () => {
    const owserver = await dying();
    const busy = client(owserver);
    assert.deepEqual(codes(await busy.readAll(ALL)), [[ONE, undefined]]);
    const known = await failsAlone(busy.readAll(ALL), 'EOW_CONNECT');
    assert.equal(known.path, ONE);
    for (const paths of [ALL, [ALL]]) {
      const error = await failsAlone(busy.readAll(paths), 'EOW_CONNECT');
      assert.equal(error.path, `/${ALL}`);
    }
  });

  it('is told as well of writes', async () => {
    const owserver = await dying();
    const busy = client(owserver);
    await busy.readAll(ALL);
    assert.equal((await failsAlone(busy.writeAll(ALL, 1), 'EOW_UNCERTAIN')).path, ONE);
    for (const results of [busy.writeAll(ALL, 1), busy.writeAll([[ALL, 1]])])
      assert.equal((await failsAlone(results, 'EOW_CONNECT')).path, `/${ALL}`);
  });

  it('does not reject a list of plain paths either', async () => {
    const away = client({ port: await freePort() });
    assert.deepEqual(codes(await away.readAll([PLAIN, OTHER])), [
      [PLAIN, 'EOW_CONNECT'],
      [OTHER, 'EOW_CONNECT'],
    ]);
  });
});
