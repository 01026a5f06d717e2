import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeText } from '../../../client/protocol/index.js';

describe('text from owserver', () => {
  it('is UTF-8 as a rule', () => {
    assert.equal(decodeText(Buffer.from('6bc3bc636865', 'hex')), 'küche');
  });

  it('is latin-1 when it is no UTF-8', () => {
    assert.equal(decodeText(Buffer.from('6bfc636865', 'hex')), 'küche');
    assert.equal(decodeText(Buffer.from('c3', 'hex')), 'Ã');
  });

  it('keeps blanks, tabs, newlines and a byte order mark', () => {
    assert.equal(decodeText(Buffer.from('efbbbf2061090a20', 'hex')), '\ufeff a\t\n ');
  });

  it('comes from any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => typeof decodeText(Buffer.from(bytes)) === 'string'),
    );
  });

  it('is what was sent, whatever that was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => decodeText(Buffer.from(text)) === text,
      ),
    );
  });
});
