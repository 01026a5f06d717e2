import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeFlags, encodeFlags, type RequestFlags } from '../../../client/protocol/index.js';

/** Bits as they stand in ow_parsedname.h, ow_temperature.h, ow_pressure.h and ow.h. */
const WORDS: [RequestFlags, number][] = [
  [{}, 0],
  [{ busReturn: true }, 0x2],
  [{ persistent: true }, 0x4],
  [{ alias: true }, 0x8],
  [{ safeMode: true }, 0x10],
  [{ uncached: true }, 0x20],
  [{ trim: true }, 0x40],
  [{ ownet: true }, 0x100],
  [{ temperatureScale: 'C' }, 0],
  [{ temperatureScale: 'F' }, 0x1_0000],
  [{ temperatureScale: 'K' }, 0x2_0000],
  [{ temperatureScale: 'R' }, 0x3_0000],
  [{ pressureScale: 'mbar' }, 0],
  [{ pressureScale: 'atm' }, 0x4_0000],
  [{ pressureScale: 'mmHg' }, 0x8_0000],
  [{ pressureScale: 'inHg' }, 0xc_0000],
  [{ pressureScale: 'psi' }, 0x10_0000],
  [{ pressureScale: 'Pa' }, 0x14_0000],
  [{ deviceFormat: 'f.i' }, 0],
  [{ deviceFormat: 'fi' }, 0x100_0000],
  [{ deviceFormat: 'f.i.c' }, 0x200_0000],
  [{ deviceFormat: 'f.ic' }, 0x300_0000],
  [{ deviceFormat: 'fi.c' }, 0x400_0000],
  [{ deviceFormat: 'fic' }, 0x500_0000],
  [
    {
      ownet: true,
      persistent: true,
      uncached: true,
      temperatureScale: 'F',
      pressureScale: 'psi',
      deviceFormat: 'fi',
    },
    0x111_0124,
  ],
];

const ALL_OFF: Required<RequestFlags> = {
  busReturn: false,
  persistent: false,
  alias: false,
  safeMode: false,
  uncached: false,
  trim: false,
  ownet: false,
  temperatureScale: 'C',
  pressureScale: 'mbar',
  deviceFormat: 'f.i',
};

describe('the flags word', () => {
  for (const [flags, word] of WORDS) {
    it(`is 0x${word.toString(16)} for ${JSON.stringify(flags)}, both ways`, () => {
      assert.equal(encodeFlags(flags), word);
      assert.deepEqual(decodeFlags(word), { ...ALL_OFF, ...flags });
    });
  }

  it('reads a number out of a group’s range as the first of the group', () => {
    assert.deepEqual(decodeFlags(0x1c_0000), ALL_OFF);
    assert.deepEqual(decodeFlags(0xff << 24), ALL_OFF);
  });

  it('can be written again as it was read, whatever the word', () => {
    fc.assert(
      fc.property(fc.integer(), (word) => {
        const flags = decodeFlags(word);
        assert.deepEqual(decodeFlags(encodeFlags(flags)), flags);
      }),
    );
  });
});
