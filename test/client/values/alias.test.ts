import assert from 'node:assert/strict';
import { encodeValue } from '../../../client/values/encode.js';
import { property, refuses } from './support.js';

const alias = (value: unknown): string =>
  encodeValue(value, property('l,000000,000001,rw,000256,f,'), '/28.FF1122334455/alias').toString();

describe('an alias', () => {
  // Each of these was written to owserver 3.2p4 and then read by its name.
  for (const name of [
    'living room',
    'Küche',
    'a,b',
    'a.0',
    'ala',
    'tex',
    'setting',
    'statistic',
    'interfac',
    'uncache',
    'unalias',
    'busy',
    'bus',
    'main',
    '28.FF',
    '28',
    '1',
    'ABCDEF012345',
    '28.001122334455x',
    'x28.001122334455',
    'thermo',
  ]) {
    it(`may be ${JSON.stringify(name)}`, () => assert.equal(alias(name), name));
  }

  for (const name of [
    'alar',
    'Alarming',
    'textile',
    'system',
    'systems',
    'settingsX',
    'statistics',
    'structures',
    'interfaces',
    'uncachedX',
    'UNALIASED',
    'json',
    'JSONfoo',
    'thermostat',
    'simultaneousX',
    'bus.1',
    'bus.garden',
  ]) {
    it(`may not be ${name}, under which owserver would not find it`, () => {
      const { message } = refuses(() => alias(name), 'aliasReserved');
      assert.ok(message.startsWith(`The alias "${name}" begins with "`));
    });
  }

  for (const name of [
    '28.001122334455',
    '28001122334455',
    '28.00112233445566',
    'ffeeddccbbaa99',
    '28-0000034a5a5d',
  ]) {
    it(`may not look like an id: ${name}`, () => refuses(() => alias(name), 'aliasLikeId'));
  }

  for (const name of ['a/b', 'a\tb', 'a\nb', 'a\0b', 'a\x7fb', 'a\x9fb']) {
    it(`holds no slash or control character: ${JSON.stringify(name)}`, () => {
      refuses(() => alias(name), 'aliasCharacter');
    });
  }

  it('loses outer blanks here, as it would in owserver', () =>
    assert.equal(alias('  desk '), 'desk'));

  it('is removed by an empty text', () => assert.equal(alias(''), ''));

  it('is text of at most 256 bytes', () => {
    assert.equal(alias(7), '7');
    assert.equal(alias('x'.repeat(256)).length, 256);
    refuses(() => alias('ü'.repeat(129)), 'tooLong');
    for (const value of [true, {}, Buffer.from('desk')]) refuses(() => alias(value), 'wantsText');
  });

  it('is checked on servers without /structure too', () => {
    refuses(() => encodeValue('alarming', undefined, '/28.FF1122334455/alias'), 'aliasReserved');
    assert.equal(encodeValue('desk', undefined, '/28.FF1122334455/alias').toString(), 'desk');
  });
});
