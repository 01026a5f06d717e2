import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeValue } from '../../../client/values/decode.js';
import { encodeValue } from '../../../client/values/encode.js';
import type { MessageId } from '../../../client/errors/sentences/index.js';
import { property, refuses } from './support.js';

const INTEGER = 'i,000000,000001,rw,000012,v,';
const UNSIGNED = 'u,000000,000001,rw,000012,v,';
const FLOAT = 'f,000000,000001,rw,000012,v,';
const YES_NO = 'y,000000,000001,rw,000001,s,';
const BYTE = 'y,-000002,000008,rw,000012,s,';
const PINS = 'y,-000001,000002,rw,000003,s,';
const VOLTS = 'f,-000001,000002,rw,000025,s,';
const TEXT = 'a,000000,000001,rw,000008,s,';
const LINES = 'a,-000001,000002,wo,000017,s,';
const DATE = 'd,000000,000001,rw,000024,v,';
const BINARY = 'b,000000,000004,rw,000003,v,';
const PAGES = 'b,-000001,000002,rw,000006,v,';

const encode = (value: unknown, line?: string, path = '/x'): string =>
  encodeValue(value, line === undefined ? undefined : property(line), path).toString('latin1');

function writes(line: string | undefined, cases: [value: unknown, sent: string][]): void {
  for (const [value, sent] of cases) {
    it(`writes ${label(value)} as ${JSON.stringify(sent)}`, () =>
      assert.equal(encode(value, line), sent));
  }
}

function refusesAll(line: string | undefined, id: MessageId, values: unknown[]): void {
  for (const value of values) {
    it(`refuses ${label(value)}`, () => refuses(() => encode(value, line), id));
  }
}

function label(value: unknown): string {
  if (Buffer.isBuffer(value)) return `a Buffer of ${value.length}`;
  return typeof value === 'function' || typeof value === 'number' || value === undefined
    ? String(value)
    : JSON.stringify(value);
}

describe('writing a whole number', () => {
  writes(INTEGER, [
    [-2_147_483_648, '-2147483648'],
    [2_147_483_647, '2147483647'],
    [' 12 ', '12'],
    ['1e2', '100'],
    [-0, '0'],
  ]);
  writes(UNSIGNED, [
    [4_294_967_295, '4294967295'],
    ['007', '7'],
  ]);
  refusesAll(INTEGER, 'wantsInteger', [
    2_147_483_648,
    -2_147_483_649,
    1.9,
    '1.9',
    NaN,
    Infinity,
    '12abc',
    '0x0F',
    '25,5',
    '',
    ' ',
    true,
    {},
    [1],
  ]);
  refusesAll(UNSIGNED, 'wantsInteger', [-1, '-1', 4_294_967_296]);
});

describe('writing a number', () => {
  writes(FLOAT, [
    [21.5, '21.5'],
    [-0.0625, '-0.0625'],
    ['\t+21.5\n', '21.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1E+06', '1000000'],
    [-0, '0'],
    [1e-320, '0'],
  ]);
  refusesAll(FLOAT, 'wantsNumber', [
    NaN,
    Infinity,
    -Infinity,
    'nan',
    'inf',
    '25,5',
    '12abc',
    '0x10',
    '',
    ' ',
    '1e999',
    'on',
    false,
    [],
    {},
    [21],
  ]);

  it('shows what was sent, and what to send instead', () => {
    const { message } = refuses(() => encode('25,5', FLOAT, '/28.X/temphigh'), 'wantsNumber');
    assert.match(message, /^\/28\.X\/temphigh takes a number, and the value is "25,5": /);
  });
});

describe('writing yes or no', () => {
  const on = [true, 1, '1', 'on', 'ON', ' true ', 'Yes'];
  const off = [false, 0, '0', 'off', 'False', 'no\n'];
  writes(YES_NO, [
    ...on.map((v): [unknown, string] => [v, '1']),
    ...off.map((v): [unknown, string] => [v, '0']),
  ]);
  refusesAll(YES_NO, 'wantsYesNo', [
    2,
    -1,
    0.5,
    '',
    'nope',
    'yellow',
    'o',
    '01',
    NaN,
    {},
    [],
    [1],
    [true],
  ]);
});

describe('writing .BYTE', () => {
  writes(BYTE, [
    [0, '0'],
    ['255', '255'],
  ]);
  refusesAll(BYTE, 'wantsInteger', [256, -1, 1.5, true, 'on']);
});

describe('writing .ALL', () => {
  writes(PINS, [
    [[true, 'off'], '1,0'],
    ['1, 0', '1,0'],
  ]);
  writes(VOLTS, [
    [[1.5, '2'], '1.5,2'],
    ['1.5,-2', '1.5,-2'],
  ]);
  refusesAll(PINS, 'wantsArray', [
    [true],
    [1, 0, 1],
    '1',
    '1,0,1',
    1,
    true,
    {},
    [],
    Buffer.from('1,0'),
  ]);
  refusesAll(PINS, 'wantsYesNo', [[1, 2], [1, undefined], new Array(2), '1,']);
  refusesAll(VOLTS, 'wantsNumber', ['1,x', [1, NaN], [1, null]]);

  describe('of texts', () => {
    writes(LINES, [
      [['a', 'b'], 'a,b       '],
      [['', 12], ',12      '],
      [['12345678', '12345678'], '12345678,12345678'],
    ]);
    refusesAll(LINES, 'wantsNoComma', [['a,b', 'c']]);
    refusesAll(LINES, 'tooLong', [['123456789', 'b']]);
    refusesAll(LINES, 'wantsArray', ['a,b', ['a']]);
  });

  describe('of bytes', () => {
    writes(PAGES, [
      [Buffer.from('abcdef'), 'abcdef'],
      [[Buffer.from('abc'), [1, 2, 255]], 'abc\x01\x02\xff'],
      [[1, 2, 3, 4, 5, 6], '\x01\x02\x03\x04\x05\x06'],
      [JSON.parse(JSON.stringify([Buffer.from('abc'), Buffer.from('def')])), 'abcdef'],
      ['0x616263646566', 'abcdef'],
    ]);
    refusesAll(PAGES, 'wantsExactBytes', [
      Buffer.from('abcde'),
      Buffer.from('abcdefg'),
      [Buffer.from('abc'), Buffer.from('de')],
    ]);
    refusesAll(PAGES, 'wantsBytes', [
      'abcdef',
      [Buffer.from('abc')],
      [Buffer.from('abc'), 'def'],
      new Array(2),
      5,
    ]);
  });
});

describe('writing text', () => {
  writes(TEXT, [
    [' a b ', ' a b '],
    ['', ''],
    [21.5, '21.5'],
    ['ü', '\xc3\xbc'],
    [Buffer.from([0, 0xdf]), '\0\xdf'],
    [JSON.parse(JSON.stringify(Buffer.from('abc'))), 'abc'],
    ['0x41', '0x41'],
  ]);
  refusesAll(TEXT, 'tooLong', ['123456789', 'üüüüü', Buffer.alloc(9)]);
  refusesAll(TEXT, 'wantsText', [true, {}, [], NaN]);
});

describe('writing bytes', () => {
  writes(BINARY, [
    [Buffer.from([0, 128, 255]), '\0\x80\xff'],
    [new Uint8Array([1]), '\x01'],
    [[0, 255], '\0\xff'],
    [Buffer.alloc(0), ''],
    [JSON.parse(JSON.stringify(Buffer.from([0, 128, 255]))), '\0\x80\xff'],
    ['0x0080ff', '\0\x80\xff'],
    [' 0X00 ', '\0'],
    ['0x', ''],
  ]);
  refusesAll(BINARY, 'wantsBytes', [
    { type: 'Buffer', data: [256] },
    { type: 'Buffer', data: 'abc' },
    { data: [1] },
    '0x0',
    '0x0g',
    '00ff',
  ]);
  refusesAll(BINARY, 'wantsBytes', ['abc', 1, [256], [-1], [0.5], ['1'], new Array(2), {}, true]);
  refusesAll(BINARY, 'tooLong', [Buffer.alloc(4), [1, 2, 3, 4], '0x01020304']);

  it('copies them, so that later changes are not sent', () => {
    const value = Buffer.from('abc');
    const sent = encodeValue(value, property(BINARY), '/x');
    value.fill(0);
    assert.equal(sent.toString(), 'abc');
  });
});

describe('writing without /structure', () => {
  writes(undefined, [
    ['mbar', 'mbar'],
    [15, '15'],
    [true, '1'],
    [false, '0'],
    [Buffer.from([0, 255]), '\0\xff'],
    [JSON.parse(JSON.stringify(Buffer.from([0, 255]))), '\0\xff'],
  ]);
  refusesAll(undefined, 'cannotSend', [NaN, Infinity, {}, [1], () => 1]);
});

describe('writing', () => {
  it('nothing is refused, whatever the property', () => {
    for (const value of [undefined, null]) {
      for (const line of [undefined, TEXT, YES_NO, BINARY, PINS])
        refuses(() => encode(value, line), 'noValue');
    }
  });

  it('what owserver does not let be written is refused', () => {
    refuses(() => encode(21, 't,000000,000001,ro,000012,v,'), 'notWritable');
    refuses(() => encode(1, 'y,000000,000001,oo,000001,v,'), 'notWritable');
  });

  it('shows at most 40 characters of a value', () => {
    const { message } = refuses(() => encode('z'.repeat(500), FLOAT), 'wantsNumber');
    assert.match(message, new RegExp(`"z{40}…"`));
  });

  it('and reading back gives the same number', () => {
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((n) => n === 0 || Math.abs(n) > 1e-300);
    fc.assert(
      fc.property(number, (value) => {
        const sent = encodeValue(value, property(FLOAT), '/x');
        assert.equal(decodeValue(sent, property(FLOAT), '/x'), value + 0);
      }),
    );
  });

  it('and reading back, padded as owserver does, gives the same whole numbers', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), (a, b) => {
        const all = property('u,-000001,000002,rw,000025,v,');
        const sent = encodeValue([a, b], all, '/x').toString();
        const printed = sent.split(',').map((element) => element.padStart(12));
        assert.deepEqual(decodeValue(Buffer.from(printed.join(',')), all, '/x'), [a, b]);
      }),
    );
  });

  it('and reading back gives the same pins, text and bytes', () => {
    const lines = property('a,000000,000001,rw,065536,s,');
    fc.assert(
      fc.property(
        fc.tuple(fc.boolean(), fc.boolean()),
        fc.string({ unit: 'binary' }),
        fc.uint8Array({ minLength: 6, maxLength: 6 }),
        (pins, text, bytes) => {
          assert.deepEqual(
            decodeValue(encodeValue(pins, property(PINS), '/x'), property(PINS), '/x'),
            pins,
          );
          assert.equal(decodeValue(encodeValue(text, lines, '/x'), lines, '/x'), text);
          const pages = decodeValue(
            encodeValue(bytes, property(PAGES), '/x'),
            property(PAGES),
            '/x',
          );
          assert.deepEqual(Buffer.concat(pages as Buffer[]), Buffer.from(bytes));
        },
      ),
    );
  });

  it('anything at all ends in bytes or in one of our errors', () => {
    const lines = [undefined, INTEGER, FLOAT, YES_NO, BYTE, PINS, TEXT, LINES, DATE, BINARY, PAGES];
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withTypedArray: true }),
        fc.constantFrom(...lines),
        (value, line) => {
          try {
            assert.equal(typeof encode(value, line), 'string');
          } catch (error) {
            assert.equal((error as { code?: string }).code, 'EOW_VALUE', String(error));
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
