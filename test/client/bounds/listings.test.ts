import assert from 'node:assert/strict';
import { answer, type FakeOwserver, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, watch, wholeSentence, world } from '../support.js';

const LOG = '/21.AABBCCDDEEFF/log';

/** What owserver lists of the log of a DS1921: 6,100 names, 203,646 bytes. */
const NAMES = Array.from({ length: 6_100 }, (_, at) => `${LOG}/temperature.${at}`);

/** Types of messages. */
const DIR = 4;
const DIRALLSLASH = 9;

/** Lists the same for each directory, answers all else; `types` are the listings that it knows. */
function listing(entries: readonly string[], ...types: number[]): Script {
  return (request) => {
    const { type, reply } = request;
    const isListing = [DIR, 7, DIRALLSLASH].includes(type);
    if (!isListing) answer(request);
    else if (!types.includes(type)) reply(wire.errorReply(-42));
    else if (type === DIR) reply(...entries.map((entry) => wire.dirEntry(entry)), wire.dirEnd());
    else reply(wire.listing(entries.join(',')));
  };
}

const many = (count: number, path = '/d'): string[] =>
  Array.from({ length: count }, (_, at) => `${path}${at}`);

describe('a listing', () => {
  const { server, client } = world();

  for (const [how, type] of [
    ['at once', DIRALLSLASH],
    ['entry by entry', DIR],
  ] as const) {
    it(`may be larger than other messages, ${how}`, async () => {
      const owserver = await server(listing(NAMES, type));
      assert.deepEqual(await client(owserver).dir(LOG), NAMES);
    });

    it(`holds 20,000 entries at most, ${how}`, async () => {
      const owserver = await server(listing(many(20_000), type));
      assert.equal((await client(owserver).dir('/')).length, 20_000);
      const bigger = await server(listing(many(20_001), type));
      const error = await fails(client(bigger).dir('/settings'), 'EOW_VALUE', 'listingTooBig');
      wholeSentence(error);
      assert.match(error.message, /^\/settings holds more than the 20000 entries .*: list /);
      assert.equal(error.path, '/settings');
    });

    it(`of more than 1 MiB is refused by what it announces or sends, ${how}`, async () => {
      const owserver = await server(listing(many(270, `/${'x'.repeat(4_000)}`), type));
      await fails(client(owserver).dir('/'), 'EOW_VALUE', 'listingTooBig');
    });
  }

  it('leaves out what owserver could not be asked for', async () => {
    const owserver = await server(listing(['/a', `/${'x'.repeat(5_000)}`, '/b'], DIRALLSLASH));
    assert.deepEqual(await client(owserver).dir('/'), ['/a', '/b']);
  });

  it('comes in the smallest pieces as quickly as in one', async () => {
    const pieces = (owserver: FakeOwserver): Promise<void> =>
      new Promise((resolve) => {
        const { socket } = owserver.connections[0]!;
        const bytes = wire.listing(many(1_000).join(','));
        let at = 0;
        const more = (): void => {
          if (at < bytes.length) setImmediate(more);
          else resolve();
          socket.write(bytes.subarray(at, (at += 1)));
        };
        more();
      });
    const owserver = await server();
    const listed = client(owserver).dir('/');
    await owserver.request(0);
    await pieces(owserver);
    assert.equal((await listed).length, 1_000);
  });

  describe('that is too large changes nothing of what is known of the connection', () => {
    const MANY = many(20_001);
    const script: Script = (request) =>
      request.path === '/many' ? listing(MANY, DIRALLSLASH, DIR)(request) : answer(request);

    it('the state stays, also when it was the only one', async () => {
      const owserver = await server(script);
      const kept = client(owserver, { connections: 1 });
      await kept.connect();
      const { statuses } = watch(kept);
      await fails(kept.dir('/many'), 'EOW_VALUE', 'listingTooBig');
      assert.equal((await kept.read(PLAIN)).value, PLAIN);
      assert.deepEqual(statuses, []);
      assert.equal(kept.status.type, 'connected');
    });

    it('a kept connection that went with it is opened anew without a request', async () => {
      const owserver = await server((request) =>
        request.path === '/many'
          ? request.reply(wire.header(0, 0x7fff_ffff, 0, wire.GRANTED, 0, 0))
          : answer(request),
      );
      const kept = client(owserver, { connections: 1 });
      await kept.connect();
      const { statuses } = watch(kept);
      await fails(kept.dir('/many'), 'EOW_VALUE', 'listingTooBig');
      const pings = () => owserver.requests.filter(({ type }) => type === 1).length;
      await owserver.until(() => owserver.connections.length === 2 && pings() === 2);
      assert.deepEqual(statuses, []);
    });

    it('idle connections stay, and so does what was learned', async () => {
      const owserver = await server((request) => {
        if (request.path === '/many') request.reply(wire.header(0, 0x7fff_ffff, 0, 0x104, 0, 0));
        else if (request.path === '/structure/28/temperature')
          request.reply(wire.reply('t,000000,000001,ro,000012,v,'));
        else if (request.path.endsWith('/temperature')) request.reply(wire.reply('        21.5'));
        else if (request.type === 7) request.reply(wire.listing('/28.AABBCCDDEEFF'));
        else if (request.type === DIRALLSLASH) request.reply(wire.errorReply(-42));
        else answer(request);
      });
      const busy = client(owserver, { connections: 2 });
      await Promise.all([busy.readAll('28.*/temperature'), busy.read(PLAIN)]);
      const before = owserver.requests.length;
      await fails(busy.dir('/many'), 'EOW_VALUE', 'listingTooBig');
      const { connections } = busy;
      assert.ok(connections >= 1, `${connections} connections`);
      assert.deepEqual(
        owserver.requests.slice(before).flatMap(({ type }) => (type === 2 ? [] : [type])),
        [7],
        'the way to list was forgotten',
      );
    });
  });

  it('is no state of a message that takes too long either', async () => {
    const owserver = await server((request) => {
      if (request.path === PLAIN) request.reply(wire.keepAlive());
      else answer(request);
    });
    const kept = client(owserver, { connections: 1, requestTimeoutMs: 60 });
    await kept.connect();
    const { statuses } = watch(kept);
    await fails(kept.read(PLAIN), 'EOW_TIMEOUT', 'deadline');
    await owserver.until(() => owserver.requests.at(-1)?.type === 1 && owserver.open === 1);
    assert.deepEqual(statuses, []);
  });

  it('has an end also for an owserver that gives signs of life and nothing else', async () => {
    let quiet = false;
    const owserver = await server((request) => {
      if (quiet) request.reply(wire.keepAlive());
      else answer(request);
    });
    const kept = client(owserver, { connections: 1, requestTimeoutMs: 60 });
    await kept.connect();
    const { next } = watch(kept);
    quiet = true;
    const lost = next('disconnected');
    await fails(kept.read(PLAIN), 'EOW_TIMEOUT', 'deadline');
    assert.equal((await lost).error.code, 'EOW_TIMEOUT');
  });
});
