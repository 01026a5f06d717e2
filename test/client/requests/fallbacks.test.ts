import assert from 'node:assert/strict';
import { answer, type FakeOwserver, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, watch, world } from '../support.js';

const PATHS = ['/28.AABBCCDDEEFF', '/hall, left', '/bus.0', '/uncached'];

/** Lists by these types only, and refuses the others as owserver does with --no_dirall. */
const taking =
  (...types: number[]): Script =>
  (request) => {
    const { type, reply } = request;
    if (![4, 7, 9].includes(type)) answer(request);
    else if (!types.includes(type)) reply(wire.errorReply(-42));
    else if (type === 9) reply(wire.listing(PATHS.map((path) => `${path}/`).join(',')));
    else if (type === 7) reply(wire.listing(PATHS.join(','), 0x1d));
    else reply(...PATHS.map(wire.dirEntry), wire.dirEnd());
  };

/** The types of the listings that were asked for; what else is asked is about the aliases in them. */
const asked = ({ requests }: FakeOwserver): number[] =>
  requests.map(({ type }) => type).filter((type) => type !== 2);

describe('a listing', () => {
  const { server, client } = world();

  const servers: [what: string, takes: number[], asks: number[]][] = [
    ['DIRALLSLASH', [9, 7, 4], [9, 9]],
    ['DIRALL, where that is refused', [7, 4], [9, 7, 7]],
    ['DIR, where both are refused', [4], [9, 7, 4, 4]],
  ];
  for (const [what, takes, asks] of servers) {
    it(`comes by ${what}; that is remembered, and the paths are the same`, async () => {
      const owserver = await server(taking(...takes));
      const busy = client(owserver);
      assert.deepEqual(await busy.dir(), PATHS);
      assert.deepEqual(await busy.dir(), PATHS);
      assert.deepEqual(asked(owserver), asks);
    });
  }

  it('fails when all three are refused, and goes no further', async () => {
    const owserver = await server(taking());
    const { ret } = await fails(client(owserver).dir(), 'EOW_RETURN');
    assert.equal(ret, -42);
    assert.deepEqual(asked(owserver), [9, 7, 4]);
  });

  it('comes by DIRALLSLASH again from the owserver that is there next', async () => {
    const old = await server(taking(4));
    const busy = client(old);
    await busy.dir();
    const lost = watch(busy).next('disconnected');
    await old.close();
    await lost;
    const young = await server(taking(4, 7, 9), old.port);
    await busy.dir();
    assert.deepEqual(asked(young), [9]);
  });

  it('of nothing is empty, whichever way it comes', async () => {
    for (const takes of [9, 7, 4]) {
      const owserver = await server((request) =>
        request.type === takes ? request.reply(wire.dirEnd()) : request.reply(wire.errorReply(-42)),
      );
      assert.deepEqual(await client(owserver).dir('/alarm'), []);
    }
  });

  it('has no garbage at the end of a full block', async () => {
    const text = `/${'a'.repeat(1_023)}`;
    const owserver = await server((request) => request.reply(wire.listing(text, 0x1d)));
    assert.deepEqual(await client(owserver).dir(), [text]);
  });

  it('of old clients’ names in latin-1 is read, and those names are found again', async () => {
    const name = Buffer.from('/k\xfcche', 'latin1');
    const owserver = await server((request) => {
      if (request.type === 9) request.reply(wire.listing(Buffer.concat([name, Buffer.from('/')])));
      else answer(request);
    });
    const busy = client(owserver);
    const [path] = await busy.dir();
    assert.equal(path, '/küche');
    await busy.message({ type: 'read', path: '/küche/temperature' });
    const sent = Buffer.concat([name, Buffer.from('/temperature')]);
    assert.deepEqual(Buffer.from(owserver.requests.at(-1)!.path, 'latin1'), sent);
  });
});
