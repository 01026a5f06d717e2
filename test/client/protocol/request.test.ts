import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decodeHeader,
  decodeRequest,
  encodeRequest,
  MessageType,
  type MessageName,
  type Request,
} from '../../../client/protocol/index.js';
import * as wire from '../../support/wire.js';

const path = Buffer.from('/28.AA/temperature');
const PATH_NUL = Buffer.from('2f32382e41412f74656d706572617475726500', 'hex');

describe('a request goes out as', () => {
  const codes: [MessageName, number][] = [
    ['nop', 1],
    ['read', 2],
    ['write', 3],
    ['dir', 4],
    ['presence', 6],
    ['dirall', 7],
    ['get', 8],
    ['dirallslash', 9],
    ['getslash', 10],
  ];

  it('one of nine kinds of message', () => {
    assert.deepEqual(Object.entries(MessageType), codes);
  });

  for (const [name, code] of codes.filter(([kind]) => kind !== 'nop' && kind !== 'write')) {
    it(`header, path and NUL: ${name}`, () => {
      assert.deepEqual(
        encodeRequest({ type: MessageType[name], path, flags: 0x104, size: 65_536, offset: 3 }),
        Buffer.concat([wire.header(0, 19, code, 0x104, 65_536, 3), PATH_NUL]),
      );
    });
  }

  it('a header alone: nop', () => {
    const bytes = encodeRequest({
      type: MessageType.nop,
      path: Buffer.alloc(0),
      flags: 0x104,
      size: 0,
      offset: 0,
    });
    assert.deepEqual(bytes, Buffer.from('000000000000000000000001000001040000000000000000', 'hex'));
  });

  for (const text of ['', '1', '21.5', 'ü', 'x'.repeat(512)]) {
    const data = Buffer.from(text);
    it(`header, path, NUL and ${data.length} bytes, which its size counts: write`, () => {
      assert.deepEqual(
        encodeRequest({ type: MessageType.write, path, flags: 0x104, size: 8192, offset: 0, data }),
        Buffer.concat([wire.header(0, 19 + data.length, 3, 0x104, data.length, 0), PATH_NUL, data]),
      );
    });
  }
});

describe('a request that arrived', () => {
  const read = (bytes: Buffer): Request | undefined =>
    decodeRequest(decodeHeader(bytes), bytes.subarray(24));

  it('is taken apart as it was put together', () => {
    const kinds = Object.values(MessageType).filter(
      (code) => code !== MessageType.nop && code !== MessageType.write,
    );
    const int = fc.integer();
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 60 })
      .map((bytes) => Buffer.from(bytes.map((byte) => byte || 1)));
    const request = fc.record(
      { type: fc.constantFrom(...kinds), path: name, flags: int, size: int, offset: int },
      { noNullPrototype: true },
    );
    const bytes = fc.uint8Array({ maxLength: 60 }).map((data) => Buffer.from(data));
    fc.assert(
      fc.property(request, bytes, (asked, data) => {
        assert.deepEqual(read(encodeRequest(asked)), asked);
        const write = { ...asked, type: MessageType.write, size: data.length, data };
        assert.deepEqual(read(encodeRequest(write)), write);
      }),
    );
  });

  it('may lack the NUL, as those of old clients do', () => {
    const bytes = Buffer.concat([wire.header(0, 3, 2, 0, 10, 0), Buffer.from('/ab')]);
    assert.equal(read(bytes)?.path.toString(), '/ab');
  });

  it('is nothing when it would write more bytes than it carries, or fewer than none', () => {
    for (const size of [4, -1]) {
      const bytes = Buffer.concat([wire.header(0, 3, 3, 0, size, 0), Buffer.from('/a\0')]);
      assert.equal(read(bytes), undefined);
    }
  });
});
