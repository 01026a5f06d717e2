import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinListing, splitListing } from '../../../client/protocol/index.js';

const split = (text: string): string[] => splitListing(Buffer.from(text)).map(String);

describe('a listing', () => {
  const cases: [text: string, entries: string[]][] = [
    ['', []],
    ['/28.AA', ['/28.AA']],
    ['/28.AA,/10.BB/,/bus.0/', ['/28.AA', '/10.BB/', '/bus.0/']],
    ['/hall, left,/28.AA', ['/hall, left', '/28.AA']],
    ['/a,b,c,/,,/d,', ['/a,b,c', '/,', '/d,']],
    ['/bus.0/a,b/,/bus.0/c', ['/bus.0/a,b/', '/bus.0/c']],
  ];
  for (const [text, entries] of cases) {
    it(`of ${entries.length} entries: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(split(text), entries);
    });
  }

  it('keeps the bytes of a name that is no UTF-8', () => {
    const entry = Buffer.from('/k\xfcche', 'latin1');
    assert.deepEqual(splitListing(Buffer.concat([entry, Buffer.from(',/b')])), [
      entry,
      Buffer.from('/b'),
    ]);
  });

  it('of names without a slash is split as it was joined', () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 30 })
      .map((bytes) => bytes.map((byte) => (byte === 0x2f ? 0x2c : byte)));
    const entry = name.map((bytes) => Buffer.from([0x2f, ...bytes]));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        assert.deepEqual(splitListing(joinListing(entries)), entries);
      }),
    );
  });
});
