import assert from 'node:assert/strict';
import { encodeValue } from '../../../client/values/encode.js';
import { property, refuses } from './support.js';

const DATE = 'd,000000,000001,rw,000024,v,';

const seconds = (value: unknown): string =>
  encodeValue(value, property(DATE), '/x', true).toString();
const text = (value: unknown): string => encodeValue(value, property(DATE), '/x').toString();

/** The same moment in seconds since 1970, where the parts are local time. */
const local = (...parts: [number, number, number, number?, number?, number?]): string =>
  String(new Date(...parts).getTime() / 1000);

describe('writing a date', () => {
  const six = local(2026, 10, 23, 18);
  const moments: [value: unknown, seconds: string][] = [
    [new Date(1_764_000_000_999), '1764000000'],
    [1_764_000_000_000, '1764000000'],
    ['1764000000000', '1764000000'],
    ['2026-11-23T18:00:00Z', '1795456800'],
    ['2026-11-23T18:00:00.500Z', '1795456800'],
    ['2026-11-23T19:30:00+01:30', '1795456800'],
    ['2026-11-23 13:00 -0500', '1795456800'],
    ['2026-11-23T18:00:00', six],
    ['2026-11-23 18:00', six],
    ['2026-11-23', local(2026, 10, 23)],
    ['Mon Nov 23 18:00:00 2026', six],
    [' Mon Nov 23 18:00:00 2026\n', six],
    ['Nov 23 18:00:00 2026', six],
    ['Tue Nov  3 08:00:00 2026', local(2026, 10, 3, 8)],
    ['Thu Feb 29 23:59:59 2024', local(2024, 1, 29, 23, 59, 59)],
    [new Date(0), '0'],
    ['2106-02-07T06:28:15Z', '4294967295'],
  ];
  for (const [value, sent] of moments) {
    it(`takes ${JSON.stringify(value)} for ${sent} seconds since 1970`, () =>
      assert.equal(seconds(value), sent));
  }

  for (const value of ['', ' ', 'now', 'NOW']) {
    it(`takes ${JSON.stringify(value)} for the moment of the write`, () => {
      const before = Math.floor(Date.now() / 1000);
      const sent = Number(seconds(value));
      assert.ok(sent >= before && sent <= Date.now() / 1000, String(sent));
    });
  }

  it('goes as text in local time where a device takes no seconds', () => {
    assert.equal(text('2026-11-23 18:00'), 'Mon Nov 23 18:00:00 2026');
    assert.equal(text('2026-11-03 08:00:09'), 'Tue Nov  3 08:00:09 2026');
  });

  it('refuses what is none, and numbers that mean seconds', () => {
    for (const value of [
      '2',
      'tomorrow',
      '2026-02-31',
      '2026-13-01',
      '2026-11-23T24:00',
      '2026-11-23T18:00:00 CET',
      1_764_000_000,
      '1764000000',
      NaN,
      Infinity,
      -1,
      'Mon Feb 31 18:00:00 2026',
      'Sun Feb 29 00:00:00 2026',
      'Mon Nov 23 24:00:00 2026',
      'Mon Nov  0 18:00:00 2026',
      'Mon Nvo 23 18:00:00 2026',
      '1969-12-31T23:59:59Z',
      '2106-02-07T06:28:16Z',
      new Date(NaN),
      new Date(-1),
      true,
      {},
      [],
    ]) {
      refuses(() => seconds(value), 'wantsDate');
      refuses(() => text(value), 'wantsDate');
    }
  });
});
