import assert from 'node:assert/strict';
import { Walk } from '../../../client/requests/walk.js';
import { OwError } from '../../../client/errors/ow-error.js';
import type { Failed } from '../../../client/index.js';
import { answer, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, failsAlone, wholeSentence, world } from '../support.js';

const tooBig = (error: unknown): boolean => error instanceof OwError && error.id === 'walkTooBig';

describe('a walk', () => {
  it('lists 1,000 directories', () => {
    const walk = Walk.begin();
    for (let at = 0; at < 1_000; at += 1) walk.into().lists();
    assert.throws(() => walk.lists(), tooBig);
  });

  it('goes ten directories deep', () => {
    let walk = Walk.begin();
    for (let depth = 0; depth < 10; depth += 1) walk = walk.into();
    walk.lists();
    assert.throws(() => walk.into().lists(), tooBig);
  });

  it('finds 100,000 entries, or as many as it may, in all of its ways', () => {
    const walk = Walk.begin();
    walk.into().finds('/a', 60_000);
    walk.into().finds('/a', 40_000);
    assert.throws(() => walk.finds('/a'), tooBig);
    assert.throws(() => Walk.begin(20).finds('/a', 21), tooBig);
  });

  it('finds no more text than it can keep', () => {
    assert.throws(() => Walk.begin().finds('x'.repeat(4_000), 3_000), tooBig);
  });

  it('knows what was listed on its way, and not on another', () => {
    const above = Walk.begin().into(['a']);
    assert.ok(above.into(['b']).into(['c']).passed('a'));
    assert.ok(!above.into(['b']).passed('c'));
    assert.ok(!Walk.begin().passed('a'));
  });
});

describe('a server that lists for ever', () => {
  const { server, client } = world();

  /** The failure of a pattern that has failed as a whole. */
  const alone = async (asked: Promise<readonly (Failed | object)[]>): Promise<never> => {
    throw await failsAlone(asked, 'EOW_VALUE');
  };

  /** Each directory holds directories. */
  const endless: Script = (request) => {
    const { path, type, reply } = request;
    const at = path === '/' ? '' : path;
    if (type === 9)
      reply(wire.listing(['28.AABBCCDDEEFF', 'a', 'b'].map((name) => `${at}/${name}/`).join(',')));
    else if (path.startsWith('/structure/')) reply(wire.errorReply(-21));
    else answer(request);
  };

  for (const [what, ask] of [
    ['the tables of a family', (asked) => alone(asked.readAll('28.*/*'))],
    ['directories', (asked) => asked.dir('/settings', { depth: 10 })],
  ] as [string, (asked: ReturnType<typeof client>) => Promise<unknown>][]) {
    it(`${what}: is refused with what was asked for`, async () => {
      const owserver = await server(endless);
      const error = await fails(
        ask(client(owserver, { maxQueue: 5_000 })),
        'EOW_VALUE',
        'walkTooBig',
      );
      wholeSentence(error);
      assert.match(
        error.message,
        /^There is more in \/(28\.\*\/\*|settings) than .*: ask for a part/,
      );
      assert.ok(owserver.requests.length < 3_000, `${owserver.requests.length} requests`);
    });
  }

  it('names of a family: 20,000 of them are taken', async () => {
    const owserver = await server((request) => {
      const { path, type, reply } = request;
      if (type === 9 && path === '/') reply(wire.listing('/28.AABBCCDDEEFF/'));
      else if (type === 9) reply(wire.listing('/structure/28/a.0,/structure/28/b.0'));
      else if (path.startsWith('/structure/')) reply(wire.reply('y,000000,015000,ro,000001,v,'));
      else answer(request);
    });
    await failsAlone(client(owserver).readAll('28.*/a.1*'), 'EOW_VALUE', 'walkTooBig');
  });

  it('properties without end: the rest of a directory is shown without kind and unit', async () => {
    const names = Array.from({ length: 1_200 }, (_, at) => `/28.AABBCCDDEEFF/p${at}`);
    const owserver = await server((request) => {
      const { path, type, reply } = request;
      if (type === 9) reply(wire.listing(names.join(',')));
      else if (path.startsWith('/structure/')) reply(wire.reply('y,000000,000001,ro,000001,v,'));
      else answer(request);
    });
    const entries = await client(owserver).browse('/28.AABBCCDDEEFF');
    assert.equal(entries.length, 1_200);
    assert.equal(entries.filter(({ property }) => property).length, 1_000);
  });
});
