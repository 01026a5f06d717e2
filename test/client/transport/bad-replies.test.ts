import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { OwErrorCode } from '../../../client/index.js';
import type { MessageId } from '../../../client/errors/sentences/index.js';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, turn, wholeSentence, world } from '../support.js';

const { header, reply, GRANTED } = wire;

const BAD: [what: string, bytes: Buffer, code: OwErrorCode, id: MessageId][] = [
  ['a payload of -2', header(0, -2, 0, GRANTED, 0, 0), 'EOW_PROTOCOL', 'badSize'],
  ['the most negative payload', header(0, -0x8000_0000, 0, 0, 0, 0), 'EOW_PROTOCOL', 'badSize'],
  ['a negative size', reply('21.5', { size: -1 }), 'EOW_PROTOCOL', 'badSize'],
  ['a size beyond its payload', reply('21.5', { size: 5 }), 'EOW_PROTOCOL', 'badSize'],
  [
    'a payload over the limit',
    header(0, 100_051, 4, GRANTED, 4, 0),
    'EOW_PROTOCOL',
    'payloadTooBig',
  ],
  ['a payload of 2 GB', header(0, 0x7fff_ffff, 4, GRANTED, 4, 0), 'EOW_PROTOCOL', 'payloadTooBig'],
  ['a million tokens', header(0x1_ffff, 0, 0, GRANTED, 0, 0), 'EOW_PROTOCOL', 'payloadTooBig'],
  [
    'the banner of an SSH server',
    Buffer.from('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
    'EOW_PROTOCOL',
    'notOwserver',
  ],
  ['random bytes', Buffer.alloc(200, 0xa5), 'EOW_PROTOCOL', 'notOwserver'],
  [
    'a page of the web',
    Buffer.from('HTTP/1.1 200 OK\r\nServer: x\r\n\r\n'),
    'EOW_PROTOCOL',
    'speaksHttp',
  ],
  ['half a frame and silence', wire.half(reply('21.5')), 'EOW_TIMEOUT', 'silent'],
  ['one byte and silence', Buffer.alloc(1), 'EOW_TIMEOUT', 'silent'],
  ['nothing', Buffer.alloc(0), 'EOW_TIMEOUT', 'silent'],
];

describe('a server that sends', () => {
  const { server, client } = world();

  for (const [what, bytes, code, id] of BAD) {
    it(`${what}: ${code}, and the next request is served`, async () => {
      const owserver = await server((request) =>
        owserver.requests.length === 1 ? request.reply(bytes) : answer(request),
      );
      const busy = client(owserver, { inactivityTimeoutMs: 60 });
      const error = await fails(busy.read(PLAIN), code, id);
      wholeSentence(error);
      assert.match(error.message, /: (check|use) /);
      assert.equal(error.path, PLAIN);
      assert.equal((await busy.read(PLAIN)).value, PLAIN);
      assert.equal(owserver.connections.length, 2);
    });

    it(`${what} to a write: EOW_UNCERTAIN, and it is not sent again`, async () => {
      const owserver = await server((request) => request.reply(bytes));
      const busy = client(owserver, { inactivityTimeoutMs: 60 });
      if (id === 'badSize' && bytes.length > 24) return;
      await fails(busy.write(PLAIN, 1), 'EOW_UNCERTAIN');
      assert.equal(owserver.requests.length, 1);
    });
  }

  it('more bytes taken than were sent: a write is uncertain', async () => {
    const owserver = await server((request) => request.reply(wire.written(1_000)));
    await fails(client(owserver).write(PLAIN, 1), 'EOW_UNCERTAIN');
  });

  it('its reply twice in one breath: the second never answers the next request', async () => {
    const owserver = await server((request) => {
      const frame = reply(request.path);
      request.reply(frame, frame);
    });
    const busy = client(owserver);
    for (const path of ['/system/a', '/system/b', '/system/c'])
      assert.equal((await busy.read(path)).value, path);
  });

  it('a reply and half of another: the rest never answers the next request', async () => {
    const owserver = await server(({ path, reply: send }) =>
      send(reply(path), wire.half(reply('stale'))),
    );
    const busy = client(owserver);
    for (const path of ['/system/a', '/system/b'])
      assert.equal((await busy.read(path)).value, path);
  });

  it('a reply that nobody asked for: the connection ends, the next request has a fresh one', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await busy.read(PLAIN);
    owserver.connections[0]!.send(reply('unasked'));
    await owserver.until(() => owserver.open === 0);
    assert.equal((await busy.read(PLAIN)).value, PLAIN);
    assert.equal(owserver.connections.length, 2);
  });

  it('keep-alives that nobody asked for: nothing happens', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await busy.read(PLAIN);
    owserver.connections[0]!.send(wire.keepAlive(), wire.keepAlive());
    await busy.ping();
    assert.equal((await busy.read(PLAIN)).value, PLAIN);
    assert.equal(owserver.connections.length, 1);
  });

  it('a DIR without end: it is cut off at the most that is listed', async () => {
    const entry = Buffer.concat(Array.from({ length: 10 }, () => wire.dirEntry('/'.repeat(999))));
    const owserver = await server(({ connection: { socket } }) => pour(socket, entry));
    const error = await fails(
      client(owserver).message({ type: 'dir', path: '/' }),
      'EOW_VALUE',
      'listingTooBig',
    );
    wholeSentence(error);
    await owserver.until(() => owserver.open === 0);
  });

  it('a DIR of an entry of no size: it is refused', async () => {
    const owserver = await server(({ reply: send }) =>
      send(header(0, 5, 0, GRANTED, 6, 0), Buffer.alloc(5)),
    );
    await fails(client(owserver).message({ type: 'dir', path: '/' }), 'EOW_PROTOCOL', 'badSize');
  });

  it('nothing but a hang-up', async () => {
    const owserver = await server();
    const watcher = owserver.until(() => {
      owserver.connections.forEach((connection) => connection.end());
      return owserver.connections.length === 2;
    });
    await fails(client(owserver).read(PLAIN), 'EOW_CLOSED', 'closedByServer');
    await watcher;
  });

  it('pages of the web, really', async () => {
    const web = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(web, 'listening');
    try {
      const busy = client({ port: (web.address() as AddressInfo).port });
      const error = await fails(busy.read(PLAIN), 'EOW_PROTOCOL', 'speaksHttp');
      assert.match(error.message, /4304/);
      await fails(busy.write(PLAIN, 1), 'EOW_UNCERTAIN');
    } finally {
      web.closeAllConnections();
      web.close();
    }
  });

  it('anything at all: an answer or an OwError, never a crash', async () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 0x7fff_ffff;
      return seed % below;
    };
    const owserver = await server(({ connection }) => {
      const words = Array.from(
        { length: 6 },
        () => [0, -1, 24, random(200), -random(200)][random(5)] ?? 0,
      );
      const head = header(...(words as [number, number, number, number, number, number]));
      connection.end(head, Buffer.alloc(random(100), random(256)));
    });
    const busy = client(owserver, { inactivityTimeoutMs: 500 });
    for (let round = 0; round < 100; round += 1) {
      const [code] = await Promise.all([
        busy.message({ type: 'read', path: PLAIN }).then(() => 'ok', codeOf),
        turn(),
      ]);
      assert.match(code, /^(ok|EOW_CLOSED|EOW_PROTOCOL|EOW_TIMEOUT)$/);
    }
  });
});

/** Sends the same bytes for as long as the other end takes them. */
function pour(socket: Socket, bytes: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes)) if (socket.bytesWritten > 50_000_000) return;
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
}
