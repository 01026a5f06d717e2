import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OwError } from '../../../client/errors/ow-error.js';
import type { MessageId } from '../../../client/errors/sentences/index.js';
import {
  FrameDecoder,
  LISTING_LIMIT,
  MAX_PAYLOAD,
  type Frame,
} from '../../../client/protocol/index.js';
import * as wire from '../../support/wire.js';

/** A frame in short: its text, cut to its size; or what it is, when it carries none. */
function brief({ header, payload }: Frame): string {
  if (header.payload < 0) return `payload ${header.payload}`;
  if (header.code < 0) return `ret ${header.code}`;
  return payload.subarray(0, header.size).toString();
}

function chunksOf(bytes: Buffer, length: number): Buffer[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * length, (at + 1) * length));
}

function decode(chunks: readonly Buffer[]): { frames: Frame[]; pending: number } {
  const decoder = new FrameDecoder();
  const frames = chunks.flatMap((chunk) => decoder.push(chunk));
  return { frames, pending: decoder.pending };
}

/** Declares two tests: all bytes in one chunk, then one byte a chunk. */
function decodes(what: string, sent: readonly Buffer[], expected: readonly string[]): void {
  const bytes = Buffer.concat(sent);
  for (const [how, length] of [
    ['at once', bytes.length],
    ['byte by byte', 1],
  ] as const) {
    it(`${what}, ${how}`, () => {
      const { frames, pending } = decode(chunksOf(bytes, length));
      assert.deepEqual(frames.map(brief), expected);
      assert.equal(pending, 0);
    });
  }
}

/** Declares two tests, as `decodes` does. */
function refuses(what: string, bytes: Buffer, id: MessageId): void {
  for (const [how, length] of [
    ['at once', bytes.length],
    ['byte by byte', 1],
  ] as const) {
    it(`${what}, ${how}`, () => {
      assert.throws(
        () => decode(chunksOf(bytes, length)),
        (error) => error instanceof OwError && error.code === 'EOW_PROTOCOL' && error.id === id,
      );
    });
  }
}

const BIGGEST = 'x'.repeat(100_050);

describe('the frame decoder understands', () => {
  decodes('a plain reply', [wire.reply('     21.5')], ['     21.5']);
  decodes(
    'a keep-alive before the answer',
    [wire.keepAlive(), wire.reply('21.5')],
    ['payload -1', '21.5'],
  );
  decodes('two replies', [wire.reply('1'), wire.reply('22')], ['1', '22']);
  decodes('an empty reply', [wire.reply('')], ['']);
  decodes('an empty reply before another', [wire.reply(''), wire.reply('1')], ['', '1']);
  decodes('an error reply', [wire.errorReply(-1), wire.reply('1')], ['ret -1', '1']);
  decodes(
    'a DIR stream',
    [wire.dirEntry('/28.AA'), wire.keepAlive(), wire.dirEntry('/küche'), wire.dirEnd()],
    ['/28.AA', 'payload -1', '/küche', ''],
  );
  decodes(
    'a DIR that fails late',
    [wire.dirEntry('/28.AA'), wire.dirEnd(-5)],
    ['/28.AA', 'ret -5'],
  );
  decodes(
    'one loop token behind the payload',
    [wire.reply('7', { tokens: 1 }), wire.reply('8')],
    ['7', '8'],
  );
  decodes(
    'loop tokens behind nothing',
    [wire.reply('', { tokens: 3 }), wire.reply('8')],
    ['', '8'],
  );
  decodes('the mark of a server without tokens', [wire.reply('7', { version: 0x1_0000 })], ['7']);
  decodes('a small version number without that mark', [wire.reply('7', { version: 1 })], ['7']);
  decodes(
    '1024 bytes of listing with garbage behind',
    [wire.listing('/'.repeat(1024), 0x1d)],
    ['/'.repeat(1024)],
  );
  decodes('the biggest payload', [wire.reply(BIGGEST)], [BIGGEST]);
  decodes(
    'the biggest payload with its tokens',
    [wire.reply(BIGGEST.slice(32), { tokens: 2 })],
    [BIGGEST.slice(32)],
  );
  decodes(
    'any negative payload, which its reader judges',
    [wire.header(0, -7, 0, 0, 0, 0)],
    ['payload -7'],
  );

  it('all six words', () => {
    const [frame] = decode([wire.header(0, 0, -22, 0x104, 70_000, -3)]).frames;
    assert.deepEqual(frame?.header, {
      version: 0,
      payload: 0,
      code: -22,
      flags: 0x104,
      size: 70_000,
      offset: -3,
    });
  });
});

describe('the frame decoder refuses', () => {
  refuses('a payload over the limit', wire.header(0, MAX_PAYLOAD + 1, 0, 0, 0, 0), 'payloadTooBig');
  refuses('a payload as big as can be', wire.header(0, 0x7fff_ffff, 0, 0, 0, 0), 'payloadTooBig');
  refuses('tokens over the limit', wire.header(0x1_ffff, 0, 0, 0, 0, 0), 'payloadTooBig');
  refuses(
    'payload and tokens over the limit',
    wire.header(0x1_0001, MAX_PAYLOAD - 15, 0, 0, 0, 0),
    'payloadTooBig',
  );
  refuses('a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'speaksHttp');
  refuses('an SSH server', Buffer.from('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'), 'notOwserver');
  refuses('a version that is none', wire.header(-1, 0, 0, 0, 0, 0), 'notOwserver');
  refuses('a version above the mark', wire.header(0x2_0000, 0, 0, 0, 0, 0), 'notOwserver');
  refuses(
    'what follows a good reply',
    Buffer.concat([wire.reply('1'), Buffer.alloc(24, 0xff)]),
    'notOwserver',
  );
});

describe('the frame decoder', () => {
  it('waits for the rest and keeps only that', () => {
    const frame = wire.reply('21.5');
    const { frames, pending } = decode([wire.reply('20'), wire.half(frame)]);
    assert.deepEqual(frames.map(brief), ['20']);
    assert.equal(pending, wire.half(frame).length);
  });

  it('takes an empty chunk for nothing', () => {
    assert.deepEqual(decode([Buffer.alloc(0)]), { frames: [], pending: 0 });
  });

  it('takes a frame as large as it is told to, and no larger', () => {
    const bytes = Buffer.alloc(1_048_576, 'x');
    const [frame] = new FrameDecoder().push(wire.reply(bytes), LISTING_LIMIT);
    assert.deepEqual(frame?.payload, bytes);
    assert.throws(
      () => new FrameDecoder().push(wire.header(0, 1_048_577, 0, 0, 0, 0), LISTING_LIMIT),
      {
        code: 'EOW_VALUE',
        id: 'listingTooBig',
      },
    );
  });

  it('puts a large frame together of the smallest pieces, in no more time and room than it needs', () => {
    const sent = wire.reply(Buffer.alloc(1_000_000, 'x'));
    const decoder = new FrameDecoder();
    const start = performance.now();
    const before = process.memoryUsage().arrayBuffers;
    const frames: Frame[] = [];
    for (const byte of sent) frames.push(...decoder.push(Buffer.of(byte), LISTING_LIMIT));
    assert.equal(frames[0]?.payload.length, 1_000_000);
    assert.equal(decoder.pending, 0);
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 16 * 2 ** 20, `${grown} bytes`);
    assert.ok(performance.now() - start < 5_000);
  });

  it('overwrites no frame that it gave with what comes after it', () => {
    const decoder = new FrameDecoder();
    const bytes = Buffer.concat([wire.reply('first'), wire.reply('second'), wire.reply('third')]);
    const frames = chunksOf(bytes, 40).flatMap((chunk) => decoder.push(chunk));
    assert.deepEqual(frames.map(brief), ['first', 'second', 'third']);
  });

  const frame = fc.oneof(
    fc.constant(wire.keepAlive()),
    fc.integer({ min: -300, max: -1 }).map((ret) => wire.errorReply(ret)),
    fc
      .tuple(fc.uint8Array({ maxLength: 90 }), fc.nat(3))
      .map(([bytes, tokens]) => wire.reply(Buffer.from(bytes), { tokens })),
  );

  it('finds the same frames wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 12 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
        (sent, lengths) => {
          const bytes = Buffer.concat(sent);
          const chunks: Buffer[] = [];
          for (let at = 0; at < bytes.length;) {
            const { value } = lengths.next() as { value: number };
            chunks.push(bytes.subarray(at, at + value));
            at += value;
          }
          assert.deepEqual(decode(chunks), decode([bytes]));
          assert.equal(decode(chunks).frames.length, sent.length);
        },
      ),
    );
  });

  it('makes frames or an OwError of any bytes, and never hoards them', () => {
    const word = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 200 }));
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(fc.constantFrom(0, 0x1_0001), word, word, word, word, word)
        .map((words) => wire.header(...words)),
    );
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 20 }), (chunks) => {
        const decoder = new FrameDecoder();
        try {
          for (const one of chunks) {
            decoder.push(one);
            assert.ok(decoder.pending < 24 + MAX_PAYLOAD);
          }
        } catch (error) {
          assert.ok(error instanceof OwError && error.code === 'EOW_PROTOCOL', String(error));
        }
      }),
    );
  });
});
