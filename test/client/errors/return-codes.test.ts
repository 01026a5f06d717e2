import assert from 'node:assert/strict';
import type { OwErrorCode } from '../../../client/index.js';
import { answer, type Script } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, wholeSentence, world } from '../support.js';

const TEXTS = '/settings/return_codes/text.';

/** Answers PLAIN with this return value, and the text table with `text`, or -1 when it has none. */
const returning =
  (ret: number, text?: string): Script =>
  (request) => {
    const { path, reply } = request;
    if (path === PLAIN) reply(wire.errorReply(ret));
    else if (path.startsWith(TEXTS) && text !== undefined) reply(wire.reply(text));
    else answer(request);
  };

describe('a return value', () => {
  const { server, client } = world();

  const kinds: [ret: number, code: OwErrorCode][] = [
    [-1, 'EOW_ABSENT'],
    [-2, 'EOW_ABSENT'],
    [-19, 'EOW_ABSENT'],
    [-30, 'EOW_READ_ONLY'],
    ...[-5, -14, -20, -21, -22, -42, -74, -90, -95, -98, -103, -77, -999].map(
      (ret): [number, OwErrorCode] => [ret, 'EOW_RETURN'],
    ),
  ];
  for (const [ret, code] of kinds) {
    it(`of ${ret} is ${code}, to a read and to a write`, async () => {
      const owserver = await server(returning(ret));
      const busy = client(owserver);
      const ways = [() => busy.read(PLAIN), () => busy.write(PLAIN, 1), () => busy.dir(PLAIN)];
      for (const ask of ways) {
        const error = await fails(ask(), code);
        assert.equal(error.ret, ret);
        assert.equal(error.path, PLAIN);
        wholeSentence(error);
      }
      assert.equal(owserver.connections.length <= 4, true);
    });
  }

  it('counts, whatever size comes with it', async () => {
    for (const size of [-1, 7]) {
      const owserver = await server(({ reply }) =>
        reply(wire.header(0, 0, -2, wire.GRANTED, size, 0)),
      );
      await fails(client(owserver).read(PLAIN), 'EOW_ABSENT');
    }
  });

  it('leaves the connection as it was', async () => {
    const owserver = await server(returning(-5));
    const busy = client(owserver, { connections: 1 });
    for (let round = 0; round < 3; round += 1) await fails(busy.read(PLAIN), 'EOW_RETURN');
    assert.equal(owserver.connections.length, 1);
    assert.equal(busy.status.type, 'connected');
  });

  it('is explained with the text of owserver, asked for once', async () => {
    const owserver = await server(returning(-5, 'legacy - Input/output error'));
    const busy = client(owserver, { connections: 1 });
    for (let round = 0; round < 3; round += 1) {
      const { message } = await fails(busy.read(PLAIN), 'EOW_RETURN');
      assert.match(message, /error -5 \(Input\/output error\): .*check wiring/);
    }
    assert.equal(owserver.requests.filter(({ path }) => path === `${TEXTS}5`).length, 1);
  });

  it('is explained in words of our own when owserver has no text', async () => {
    const owserver = await server(returning(-5));
    const { message } = await fails(client(owserver).read(PLAIN), 'EOW_RETURN');
    assert.match(message, /error -5 \(input\/output error\)/);
  });

  it('is told even if owserver dies over the question for its text', async () => {
    const owserver = await server((request) => {
      if (request.path === PLAIN) request.reply(wire.errorReply(-22));
      else request.connection.reset();
    });
    assert.equal((await fails(client(owserver).read(PLAIN), 'EOW_RETURN')).ret, -22);
  });

  it('of -1 needs no question: its text in owserver is misleading', async () => {
    const owserver = await server(returning(-1, 'Startup - command line parameters invalid'));
    const { message } = await fails(client(owserver).read(PLAIN), 'EOW_ABSENT');
    assert.match(message, /was not found/);
    assert.equal(owserver.requests.length, 1);
  });

  it('is part of a raw answer, and no error', async () => {
    const owserver = await server(returning(-5));
    const [frame] = await client(owserver).message({ type: 'read', path: PLAIN });
    assert.deepEqual(frame, {
      payload: 0,
      code: -5,
      flags: wire.GRANTED,
      size: 0,
      offset: 0,
      data: Buffer.alloc(0),
    });
  });

  it('after the first entries of a DIR fails the listing', async () => {
    const owserver = await server((request) => {
      if (request.type === 9 || request.type === 7) request.reply(wire.errorReply(-42));
      else if (request.type === 4) request.reply(wire.dirEntry('/28.AA'), wire.dirEnd(-5));
      else answer(request);
    });
    assert.equal((await fails(client(owserver).dir(), 'EOW_RETURN')).ret, -5);
  });
});
