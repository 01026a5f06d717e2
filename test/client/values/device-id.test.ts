import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  crc8,
  formatDeviceId,
  formatKernelId,
  fromSerial,
  parseDeviceId,
  parseKernelId,
} from '../../../client/values/device-id.js';
import { DEVICE_FORMATS } from '../../../client/protocol/index.js';

/** So many upper-case hex digits, an even number. */
const hex = (digits: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: digits / 2, maxLength: digits / 2 })
    .map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());

describe('device ids', () => {
  // Addresses that owserver --mock and --tester print, in the order of its formats.
  const spellings = [
    '10.67C6697351FF',
    '1067C6697351FF',
    '10.67C6697351FF.8D',
    '10.67C6697351FF8D',
    '1067C6697351FF.8D',
    '1067C6697351FF8D',
  ];

  for (const [index, format] of DEVICE_FORMATS.entries()) {
    it(`reads and spells ${format} as owserver does`, () => {
      const text = spellings[index] ?? '';
      assert.deepEqual(parseDeviceId(text), { family: '10', id: '67C6697351FF' });
      assert.equal(formatDeviceId({ family: '10', id: '67C6697351FF' }, format), text);
    });
  }

  it('reads digits in either case and answers upper-case ones', () => {
    assert.deepEqual(parseDeviceId('3b.a8990f95b1eb'), { family: '3B', id: 'A8990F95B1EB' });
  });

  for (const text of [
    '10.67C6697351FF.8E',
    '28.FF',
    '28',
    '',
    'living room',
    '10.67C6697351FF.8D.00',
    '28.00112233445G',
    '10..67C6697351FF',
    'x10.67C6697351FF',
    '10.67C6697351FF\n',
  ]) {
    it(`does not take ${JSON.stringify(text)} for an id`, () => {
      assert.equal(parseDeviceId(text), undefined);
    });
  }

  it('survives every format and case', () => {
    fc.assert(
      fc.property(
        hex(2),
        hex(12),
        fc.constantFrom(...DEVICE_FORMATS),
        fc.boolean(),
        (family, id, format, lower) => {
          const text = formatDeviceId({ family, id }, format);
          assert.deepEqual(parseDeviceId(lower ? text.toLowerCase() : text), { family, id });
        },
      ),
    );
  });

  it('of the Linux kernel are one number, whose last byte on the wire comes first', () => {
    const device = { family: '28', id: '5D5A4A030000' };
    assert.deepEqual(parseKernelId('28-0000034a5a5d'), device);
    assert.equal(formatKernelId(device), '28-0000034a5a5d');
    for (const text of ['28.0000034a5a5d', '28-0000034a5a5', '28-0000034a5a5dx', '2-0000034a5a5d'])
      assert.equal(parseKernelId(text), undefined);
    assert.equal(parseDeviceId('28-0000034a5a5d'), undefined);
  });

  it('catches any single wrong bit by the checksum', () => {
    fc.assert(
      fc.property(hex(14), fc.nat(63), (digits, bit) => {
        const bytes = Buffer.from(`${digits}00`, 'hex');
        bytes[7] = crc8(bytes.subarray(0, 7));
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.equal(parseDeviceId(bytes.toString('hex')), undefined);
      }),
    );
  });

  describe('of a PRESENCE reply', () => {
    it('are read in the order of the bytes', () => {
      const serial = Buffer.from('26000026d900008f', 'hex');
      assert.deepEqual(fromSerial(serial), { family: '26', id: '000026D90000' });
    });

    it('are none where a directory answers zeros, or the bytes are not eight', () => {
      assert.equal(fromSerial(Buffer.alloc(8)), undefined);
      assert.equal(fromSerial(Buffer.alloc(0)), undefined);
      assert.equal(fromSerial(Buffer.from('26000026d90000', 'hex')), undefined);
    });
  });
});
