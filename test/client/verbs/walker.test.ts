import assert from 'node:assert/strict';
import { answer, type FakeRequest, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, world } from '../support.js';

const FIRST = '/28.000000000001';
const SECOND = '/28.000000000002';
const LISTS: Readonly<Record<string, string>> = {
  '/': `${FIRST}/,${SECOND}/`,
  '/structure/28': '/structure/28/errata/,/structure/28/type',
  [FIRST]: `${FIRST}/errata/,${FIRST}/type`,
  [SECOND]: `${SECOND}/errata/,${SECOND}/type`,
  [`${FIRST}/errata`]: `${FIRST}/errata/die`,
  [`${SECOND}/errata`]: `${SECOND}/errata/die`,
};

/** Lists two devices of a family; a directory in `failing` answers with that return value. */
const lists =
  (failing: Map<string, number>): Script =>
  ({ path, reply }: FakeRequest) => {
    const ret = failing.get(path);
    const list = LISTS[path];
    reply(
      ret === undefined && list !== undefined ? wire.listing(list) : wire.errorReply(ret ?? -1),
    );
  };

describe('a deep listing', () => {
  const { server, client } = world();
  const below = (device: string): string[] =>
    ['', '/errata', '/errata/die', '/type'].map((name) => `${device}${name}`);

  for (const gone of [FIRST, `${FIRST}/errata`]) {
    it(`has all of a device although ${gone}, which was asked for both, is gone`, async () => {
      const owserver = await server(lists(new Map([[gone, -1]])));
      const paths = await client(owserver).dir('/', { depth: 10 });
      assert.deepEqual(
        paths.filter((path) => path.startsWith(SECOND)),
        below(SECOND),
      );
    });
  }

  it('of more than the queue takes is whole, and keeps nobody out meanwhile', async () => {
    const devices = Array.from({ length: 200 }, (_, at) => `/28.${String(at).padStart(12, '0')}`);
    const all = new Map(devices.map((path) => [path, `${path}/errata/,${path}/type`]));
    all.set('/', devices.map((path) => `${path}/`).join(','));
    const owserver = await server((request) => {
      const { type, path, reply } = request;
      const list = all.get(path) ?? (path.endsWith('errata') ? `${path}/die` : undefined);
      if (type === 9) reply(list === undefined ? wire.errorReply(-1) : wire.listing(list));
      else answer(request);
    });
    const small = client(owserver, { maxQueue: 8, connections: 2 });
    const walk = small.dir('/', { depth: 3 });
    for (let round = 0; round < 40; round += 1) await small.read(PLAIN);
    assert.deepEqual(
      await walk,
      devices.flatMap((path) => below(path)),
    );
  });

  it('has all again after a directory could not be listed once', async () => {
    const failing = new Map([
      [`${FIRST}/errata`, -5],
      [`${SECOND}/errata`, -5],
    ]);
    const owserver = await server(lists(failing));
    const shared = client(owserver);
    await fails(shared.dir('/', { depth: 10 }), 'EOW_RETURN');
    failing.clear();
    assert.deepEqual(await shared.dir('/', { depth: 10 }), [...below(FIRST), ...below(SECOND)]);
  });
});
