import assert from 'node:assert/strict';
import type { RawMessage } from '../../../client/index.js';
import { answer, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, wholeSentence, world } from '../support.js';

const LAMP = '/29.AABBCCDDEEFF/PIO.A';
const PIN = 'y,000000,000001,rw,000001,v,';

function pins(request: FakeRequest): void {
  if (request.path.startsWith('/structure/')) request.reply(wire.reply(PIN));
  else answer(request);
}

describe('a write', () => {
  const { server, client } = world();

  it('sends its bytes and counts them', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    for (const text of ['', '1', 'grün', 'x'.repeat(512)]) {
      const { size } = await busy.write(PLAIN, text);
      const request = owserver.requests.at(-1)!;
      assert.deepEqual(
        [request.type, request.data.toString(), request.size],
        [3, text, Buffer.byteLength(text)],
      );
      assert.equal(size, Buffer.byteLength(text));
    }
  });

  /** A clock, whose family has a date as text, and as seconds where it is told so. */
  const clock =
    (hasSeconds: boolean) =>
    (request: FakeRequest): void => {
      const { path, reply } = request;
      if (!path.startsWith('/structure/')) answer(request);
      else if (/\/(disconnect\/|interval_)?date$/.test(path))
        reply(wire.reply('d,000000,000001,rw,000024,v,'));
      else if (hasSeconds && path.endsWith('udate'))
        reply(wire.reply('u,000000,000001,rw,000012,t,'));
      else reply(wire.errorReply(-1));
    };

  it('of a date goes to the seconds of the clock, and is told for the date', async () => {
    const owserver = await server(clock(true));
    const busy = client(owserver);
    for (const [date, seconds] of [
      ['date', 'udate'],
      ['disconnect/date', 'disconnect/udate'],
      ['trigger/interval_date', 'trigger/interval_udate'],
    ]) {
      const given = `/04.AABBCCDDEEFF/${date}`;
      const { path, property, size } = await busy.write(given, '2026-11-23T18:00:00Z');
      assert.deepEqual([path, property, size], [given, date, 10]);
      const { path: sent, data } = owserver.requests.findLast(({ type }) => type === 3)!;
      assert.deepEqual([sent, data.toString()], [`/04.AABBCCDDEEFF/${seconds}`, '1795456800']);
    }
    await fails(busy.write('/04.AABBCCDDEEFF/date', 'noon'), 'EOW_VALUE', 'wantsDate');
    await fails(busy.write('/04.AABBCCDDEEFF/date', null), 'EOW_VALUE', 'noValue');
  });

  it('of a date goes as text to a clock without seconds', async () => {
    const owserver = await server(clock(false));
    await client(owserver).write('/04.AABBCCDDEEFF/date', '2026-11-23 18:00');
    const { path, data } = owserver.requests.findLast(({ type }) => type === 3)!;
    assert.deepEqual(
      [path, data.toString()],
      ['/04.AABBCCDDEEFF/date', 'Mon Nov 23 18:00:00 2026'],
    );
  });

  it('sends the offset', async () => {
    const owserver = await server(answer);
    await client(owserver).write(PLAIN, 'x', { offset: 7 });
    assert.equal(owserver.requests[0]!.offset, 7);
  });

  it('is refused before anything is sent when the client is read only', async () => {
    const owserver = await server(pins);
    const careful = client(owserver, { readOnly: true });
    for (const path of [PLAIN, LAMP]) {
      const error = await fails(careful.write(path, 1), 'EOW_READ_ONLY', 'clientReadOnly');
      assert.equal(error.path, path);
      wholeSentence(error);
    }
    await fails(
      careful.message({ type: 'write', path: PLAIN, data: Buffer.from('1') }),
      'EOW_READ_ONLY',
    );
    assert.equal(owserver.requests.filter(({ type }) => type === 3).length, 0);
    assert.equal((await careful.read(PLAIN)).value, PLAIN);
  });

  it('is refused as read only even if owserver is away', async () => {
    const owserver = await server();
    await owserver.close();
    await fails(
      client(owserver, { readOnly: true }).write(LAMP, 1),
      'EOW_READ_ONLY',
      'clientReadOnly',
    );
  });

  it('is refused by an owserver with --readonly', async () => {
    const owserver = await server((request) => request.reply(wire.errorReply(-30)));
    await fails(client(owserver).write(PLAIN, 1), 'EOW_READ_ONLY', 'serverReadOnly');
  });

  it('of which owserver takes only a part fails', async () => {
    const owserver = await server((request) => request.reply(wire.written(3)));
    const error = await fails(
      client(owserver).write(PLAIN, 'hello'),
      'EOW_SHORT_WRITE',
      'shortWrite',
    );
    assert.match(error.message, /only 3 of the 5 bytes/);
    assert.equal(error.path, PLAIN);
  });

  it('of which owserver takes nothing fails', async () => {
    const owserver = await server((request) => request.reply(wire.written(0)));
    await fails(client(owserver).write(PLAIN, 'hello'), 'EOW_SHORT_WRITE');
  });

  it('that cannot fit its property is refused before it is sent', async () => {
    const owserver = await server(pins);
    await fails(client(owserver).write(LAMP, 'perhaps'), 'EOW_VALUE', 'wantsYesNo');
    assert.equal(owserver.requests.filter(({ type }) => type === 3).length, 0);
  });

  it('bigger than any message is refused before it is sent: owserver would only hang up', async () => {
    const owserver = await server((request) => request.connection.end());
    await fails(client(owserver).write(PLAIN, Buffer.alloc(100_050)), 'EOW_VALUE');
    assert.equal(owserver.requests.length, 0);
  });

  it('that was taken has succeeded, even if owserver dies before it told what chip that was', async () => {
    const owserver = await server((request) => {
      if (request.path.endsWith('/type')) request.connection.reset();
      else pins(request);
    });
    const { size, property } = await client(owserver).write(LAMP, 1);
    assert.deepEqual({ size, property }, { size: 1, property: 'PIO.A' });
  });

  it('that was taken has succeeded, even if owserver falls silent then', async () => {
    const owserver = await server((request) => {
      if (!request.path.endsWith('/type')) pins(request);
    });
    const { size } = await client(owserver, { inactivityTimeoutMs: 40 }).write(LAMP, 1);
    assert.equal(size, 1);
  });
});

describe('a message that cannot be sent', () => {
  const { server, client } = world();

  const cases: [string, object][] = [
    ['an offset out of 32 bits', { type: 'read', path: PLAIN, offset: 2 ** 40 }],
    ['a size out of 32 bits', { type: 'read', path: PLAIN, size: 2 ** 40 }],
    ['flags out of 32 bits', { type: 'read', path: PLAIN, flags: 2 ** 40 }],
    ['an unknown type', { type: 'poke', path: PLAIN }],
    ['data over the limit', { type: 'write', path: PLAIN, data: Buffer.alloc(200_000) }],
    ['a path with a NUL', { type: 'read', path: '/a\0b' }],
  ];
  for (const [what, message] of cases) {
    it(`is refused with EOW_VALUE: ${what}`, async () => {
      const owserver = await server(answer);
      const busy = client(owserver);
      await fails(busy.message(message as RawMessage), 'EOW_VALUE');
      assert.equal(owserver.requests.length, 0);
    });
  }

  for (const size of [-5, 8_192]) {
    it(`never is a write that claims ${size} bytes: owserver would crash, or hang up`, async () => {
      const owserver = await server(answer);
      const write = { type: 'write', path: PLAIN, size } as const;
      await client(owserver)
        .message(write)
        .catch(() => undefined);
      for (const request of owserver.requests) assert.equal(request.size, request.data.length);
    });
  }
});
