import assert from 'node:assert/strict';
import { decodeValue } from '../../../client/values/decode.js';
import { describeProperty } from '../../../client/values/describe-property.js';
import { encodeValue } from '../../../client/values/encode.js';
import type { PropertyInfo } from '../../../client/values/property-info.js';
import type { PropertyType } from '../../../client/values/types.js';
import { property } from './support.js';

const SCALES = { temperatureScale: 'C', pressureScale: 'mbar' } as const;

/** What owserver sends for each type, what comes back when it is written, what people are told. */
const CASES: Record<PropertyType, [sent: string, written: string, about: Partial<PropertyInfo>]> = {
  i: ['         -15', '-15', { kind: 'whole', min: -2_147_483_648, max: 2_147_483_647 }],
  u: ['  4294967295', '4294967295', { kind: 'whole', min: 0, max: 4_294_967_295 }],
  f: ['       1E+06', '1000000', { kind: 'number' }],
  t: ['     21.4375', '21.4375', { kind: 'temperature', unit: '°C' }],
  g: ['         0.5', '0.5', { kind: 'temperatureDifference', unit: '°C' }],
  p: ['      1013.2', '1013.2', { kind: 'pressure', unit: 'mbar' }],
  y: ['1', '1', { kind: 'yesno' }],
  d: ['Mon Nov 23 18:00:00 2026', 'Mon Nov 23 18:00:00 2026', { kind: 'date' }],
  a: [' DS18B20 ', ' DS18B20 ', { kind: 'text', length: 24 }],
  l: ['kitchen', 'kitchen', { kind: 'text', length: 24 }],
  b: ['a\0b', 'a\0b', { kind: 'binary', length: 24 }],
  D: [' x ', ' x ', { kind: 'unknown' }],
  '?': [' x ', ' x ', { kind: 'unknown' }],
};

describe('the table of types', () => {
  for (const [type, [sent, written, about]] of Object.entries(CASES)) {
    const one = property(`${type},000000,000001,rw,000024,v,`);

    it(`writes back what it reads: ${type}`, () => {
      const value = decodeValue(Buffer.from(sent), one, '/x');
      assert.equal(encodeValue(value, one, '/x').toString(), written);
    });

    it(`says what people want to know: ${type}`, () =>
      assert.deepEqual(describeProperty(one, SCALES), {
        ...about,
        readable: true,
        writable: true,
      }));
  }

  it('takes the bits of an array for one whole number', () => {
    const byte = property('y,-000002,000008,rw,000012,v,');
    const about = { kind: 'whole', min: 0, max: 255, readable: true, writable: true };
    assert.deepEqual(describeProperty(byte, SCALES), about);
    assert.equal(encodeValue(255, byte, '/x').toString(), '255');
  });
});
