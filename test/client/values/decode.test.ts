import assert from 'node:assert/strict';
import { decodeRaw, decodeValue, type Value } from '../../../client/values/decode.js';
import type { MessageId } from '../../../client/errors/sentences/index.js';
import { property, refuses } from './support.js';

const FLOAT = 'f,000000,000001,rw,000012,v,';
const TEMPERATURE = 't,000000,000001,ro,000012,v,';
const UNSIGNED = 'u,000000,000001,rw,000012,v,';
const YES_NO = 'y,000000,000001,rw,000001,v,';
const PINS = 'y,-000001,000008,rw,000015,s,';
const BYTE = 'y,-000002,000008,rw,000012,s,';
const TEXT = 'a,000000,000001,ro,000016,f,';
const ALIAS = 'l,000000,000001,rw,000256,f,';
const DATE = 'd,000000,000001,rw,000024,v,';
const BINARY = 'b,000000,000004,rw,000003,v,';

describe('decoding', () => {
  const cases: [promise: string, text: string, line: string, value: Value][] = [
    ['takes the padding off a number', '     21.4375', TEMPERATURE, 21.4375],
    ['reads a large number with an exponent', '       1E+06', FLOAT, 1_000_000],
    ['reads a small number with an exponent', '     1.5E-05', FLOAT, 0.000015],
    ['makes no minus of zero', '          -0', TEMPERATURE, 0],
    ['reads the highest counter', '  4294967295', UNSIGNED, 4_294_967_295],
    ['reads yes', '1', YES_NO, true],
    ['reads no', '0', YES_NO, false],
    [
      'reads all pins',
      '1,0,1,0,1,1,1,0',
      PINS,
      [true, false, true, false, true, true, true, false],
    ],
    ['reads all pins as one number', '         180', BYTE, 180],
    [
      'reads an array of numbers',
      '         1.5,          -2',
      'f,-000001,000002,ro,000025,v,',
      [1.5, -2],
    ],
    ['reads an array of open length', '1,2,3', 'u,-000001,000000,ro,000051,v,', [1, 2, 3]],
    [
      'reads an array of texts with their blanks',
      ' a ,b',
      'a,-000001,000002,rw,000033,v,',
      [' a ', 'b'],
    ],
    ['keeps the blanks of text', '  DS18B20 ', TEXT, '  DS18B20 '],
    ['keeps digits of a text as text', '000028', TEXT, '000028'],
    ['keeps an empty alias', '', ALIAS, ''],
    ['keeps a date', 'Mon Nov 23 18:00:00 2026', DATE, 'Mon Nov 23 18:00:00 2026'],
    ['keeps what it does not know as text', ' 1', '?,000000,000001,ro,000012,v,', ' 1'],
  ];
  for (const [promise, text, line, value] of cases) {
    it(promise, () =>
      assert.deepEqual(decodeValue(Buffer.from(text), property(line), '/x'), value),
    );
  }

  it('reads text as UTF-8, and as latin-1 where it is none', () => {
    assert.equal(decodeValue(Buffer.from('Küche'), property(ALIAS), '/x'), 'Küche');
    assert.equal(decodeValue(Buffer.from('Küche', 'latin1'), property(ALIAS), '/x'), 'Küche');
  });

  it('copies binary values, so that they outlive the buffer of the socket', () => {
    const bytes = Buffer.from([0, 255, 128]);
    const value = decodeValue(bytes, property(BINARY), '/x');
    bytes.fill(7);
    assert.deepEqual(value, Buffer.from([0, 255, 128]));
  });

  it('cuts an array of binary values, which has no commas', () => {
    const value = decodeValue(
      Buffer.from('ab,cde'),
      property('b,-000001,000002,rw,000006,v,'),
      '/x',
    );
    assert.deepEqual(value, [Buffer.from('ab,'), Buffer.from('cde')]);
  });

  const refused: [text: string, line: string, id: MessageId][] = [
    ['', TEMPERATURE, 'emptyValue'],
    ['', YES_NO, 'emptyValue'],
    ['            ', FLOAT, 'notNumber'],
    ['12abc', FLOAT, 'notNumber'],
    ['0x0F', UNSIGNED, 'notNumber'],
    ['25,5', FLOAT, 'notNumber'],
    ['1.2.3', FLOAT, 'notNumber'],
    ['1E999', FLOAT, 'notNumber'],
    ['         nan', FLOAT, 'notFinite'],
    ['-NAN', TEMPERATURE, 'notFinite'],
    ['inf', FLOAT, 'notFinite'],
    ['-Infinity', FLOAT, 'notFinite'],
    ['2', YES_NO, 'notYesNo'],
    ['yes', YES_NO, 'notYesNo'],
    ['1,0', PINS, 'elementCount'],
    ['1,0,1,0,1,1,1,0,1', PINS, 'elementCount'],
    ['1,0,1,0,1,1,1,2', PINS, 'notYesNo'],
    ['abcde', 'b,-000001,000002,rw,000006,v,', 'byteCount'],
  ];
  for (const [text, line, id] of refused) {
    it(`refuses ${JSON.stringify(text)} as ${line.slice(0, 1)}: ${id}`, () => {
      const error = refuses(() => decodeValue(Buffer.from(text), property(line), '/28.X/y'), id);
      assert.equal(error.path, '/28.X/y');
    });
  }

  it('keeps a sentence short however long the nonsense', () => {
    const error = refuses(
      () => decodeValue(Buffer.alloc(5000, 'z'), property(FLOAT), '/x'),
      'notNumber',
    );
    assert.ok(error.message.length < 150);
  });
});

describe('decoding without /structure', () => {
  const cases: [text: string, value: Value][] = [
    ['          15', 15],
    ['3.2', 3.2],
    ['       1E+06', 1_000_000],
    ['4294967295', 4_294_967_295],
    ['001122334455', '001122334455'],
    ['285612345678', '285612345678'],
    ['12E456789012', '12E456789012'],
    ['12E4567890', '12E4567890'],
    ['3.2p4', '3.2p4'],
    ['', ''],
    [' a b ', ' a b '],
    ['28000028D7000011=name\r\n', '28000028D7000011=name\r\n'],
    ['a\0b', Buffer.from('a\0b')],
    ['\x1b', Buffer.from('\x1b')],
    ['\x7f', Buffer.from('\x7f')],
  ];
  for (const [text, value] of cases) {
    const kind = Buffer.isBuffer(value) ? 'Buffer' : typeof value;
    it(`makes a ${kind} of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(decodeValue(Buffer.from(text), undefined, '/x'), value);
    });
  }
});

describe('raw values', () => {
  it('are text without the padding of numbers', () => {
    assert.equal(decodeRaw(Buffer.from('        21.5'), property(TEMPERATURE), 'text'), '21.5');
    const all = property('f,-000001,000002,ro,000025,v,');
    assert.equal(decodeRaw(Buffer.from('         1.5,          -2'), all, 'text'), '1.5,-2');
  });

  it('are other text exactly', () => {
    assert.equal(decodeRaw(Buffer.from(' a , b '), property(TEXT), 'text'), ' a , b ');
    assert.equal(decodeRaw(Buffer.from('  15'), undefined, 'text'), '  15');
  });

  it('are a Buffer of their own', () => {
    const bytes = Buffer.from('        21.5');
    const raw = decodeRaw(bytes, property(TEMPERATURE), 'buffer');
    bytes.fill(0);
    assert.deepEqual(raw, Buffer.from('        21.5'));
  });
});
