import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEVICE_FORMATS } from '../../../client/protocol/index.js';
import { formatDeviceId, parseDeviceId } from '../../../client/values/device-id.js';
import {
  isPattern,
  matchesDevice,
  matchesName,
  matchesProperty,
} from '../../../client/values/pattern.js';

/** An address whose checksum is 8D, as owserver --tester prints it. */
const ID = { family: '10', id: '67C6697351FF' };

/** The plain meaning of `*`, too slow for anything but short words. */
function naive(pattern: string, name: string): boolean {
  const first = pattern.charAt(0);
  if (first === '') return name === '';
  if (first !== '*') return name.startsWith(first) && naive(pattern.slice(1), name.slice(1));
  return naive(pattern.slice(1), name) || (name !== '' && naive(pattern, name.slice(1)));
}

const word = (letters: string, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters.split('')), maxLength });

describe('a pattern', () => {
  it('is text that holds a *', () => {
    for (const path of ['*', '/28.*/temperature', 'PIO.*', '/**']) assert.ok(isPattern(path), path);
    for (const path of ['', '/28.FF/temperature', 'PIO.?', undefined, null, 7, ['*'], { '*': 1 }])
      assert.ok(!isPattern(path), JSON.stringify(path));
  });

  const names: [pattern: string, matching: string[], others: string[]][] = [
    ['*', ['', 'a', 'living room', '*'], []],
    ['liv*', ['liv', 'living', 'liv*'], ['Living', 'aliv', 'li']],
    ['*ing', ['ing', 'living', 'inging'], ['ING', 'ings', 'ng']],
    ['*v*g', ['vg', 'living'], ['gv', 'v', 'livings']],
    ['a*a', ['aa', 'aba', 'aaa'], ['a', 'ab']],
    ['ab*ba', ['abba', 'abxba'], ['aba']],
    ['a*b*a', ['aba', 'abba', 'aabba'], ['ab', 'abab']],
    ['**', ['', 'anything'], []],
    ['plain', ['plain'], ['plain*', 'plai', 'plainer', '']],
    ['', [''], ['a', '*']],
    ['(.+)[a-z]?*', ['(.+)[a-z]?', '(.+)[a-z]? more'], ['anything', 'xa']],
    ['Kü*e', ['Küche', 'Küe'], ['küche', 'Kuche']],
  ];
  for (const [pattern, matching, others] of names) {
    it(`${JSON.stringify(pattern)} matches ${matching.map((name) => `"${name}"`).join(' ')}`, () => {
      for (const name of matching) assert.ok(matchesName(pattern, name), name);
      for (const name of others) assert.ok(!matchesName(pattern, name), `${name} is another`);
    });
  }

  it('matches what the plain meaning of * says', () => {
    const pairs = fc.tuple(word('ab*', 8), word('ab*', 8));
    fc.assert(
      fc.property(pairs, ([pattern, name]) =>
        assert.equal(matchesName(pattern, name), naive(pattern, name)),
      ),
      { numRuns: 2_000 },
    );
  });

  it('matches every name that is made by filling it in', () => {
    const filled = fc.array(word('ab.*', 6), { minLength: 2, maxLength: 6 }).chain((parts) =>
      fc
        .array(word('ab.', 5), { minLength: parts.length - 1, maxLength: parts.length - 1 })
        .map((between) => ({
          pattern: parts.join('*'),
          name: parts.map((part, at) => part + (between[at] ?? '')).join(''),
        })),
    );
    fc.assert(fc.property(filled, ({ pattern, name }) => assert.ok(matchesName(pattern, name))));
  });

  it('of thousands of * is answered at once, by names, devices and properties', () => {
    const many = `${'a*'.repeat(2_000)}b`;
    assert.ok(!matchesName(many, 'a'.repeat(4_000)));
    assert.ok(matchesName(many, `${'a'.repeat(4_000)}b`));
    assert.ok(!matchesDevice('*0'.repeat(2_000), ID, 'a'.repeat(256)));
    assert.ok(matchesDevice('*'.repeat(4_000), ID, undefined));
    assert.ok(!matchesProperty(many, 'a'.repeat(2_000)));
  });
});

describe('a pattern of devices', () => {
  const matches = (pattern: string, alias?: string): boolean => matchesDevice(pattern, ID, alias);

  it('matches an id in all of its six formats, in either case of letters', () => {
    const spellings = ['10.67C6697351FF*', '1067C6697351FF*', '10.67C6*.8D', '10.67*FF8D'];
    spellings.push('1067*.8D', '1067*FF8D', '10.*', '*FF', '*8D', '1*');
    for (const pattern of spellings) {
      assert.ok(matches(pattern), pattern);
      assert.ok(matches(pattern.toLowerCase()), pattern.toLowerCase());
    }
    for (const pattern of ['28.*', '10.68*', '*8E', '10..*', '*.67C6', '10.67*.8D.*'])
      assert.ok(!matches(pattern), pattern);
  });

  it('matches in every format whatever was left out of it', () => {
    const hex = (digits: number): fc.Arbitrary<string> => word('0123456789ABCDEF', digits);
    const addresses = fc
      .tuple(hex(2), hex(12))
      .map(([family, id]) => ({ family: family.padEnd(2, '0'), id: id.padEnd(12, '0') }));
    const cut = fc.nat(16);
    fc.assert(
      fc.property(addresses, fc.constantFrom(...DEVICE_FORMATS), cut, cut, (id, format, a, b) => {
        const text = formatDeviceId(id, format);
        assert.deepEqual(parseDeviceId(text), id);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        assert.ok(matchesDevice(`${text.slice(0, from)}*${text.slice(to)}`, id, undefined));
      }),
    );
  });

  it('matches an alias only in its own case of letters', () => {
    assert.ok(matches('liv*', 'living'));
    assert.ok(!matches('LIV*', 'living'));
    assert.ok(!matches('liv*', 'Living'));
    assert.ok(!matches('liv*'));
  });

  it('matches a device that has an alias by its id too', () => {
    assert.ok(matches('10.67*', 'living'));
    assert.ok(!matches('28.*', 'living'));
  });
});

describe('a pattern of properties', () => {
  const properties: [pattern: string, matching: string[], others: string[]][] = [
    ['temp*', ['temperature', 'temphigh'], ['type', 'errata/temp']],
    ['PIO.*', ['PIO.0', 'PIO.7', 'PIO.A'], ['PIO.ALL', 'PIO.BYTE', 'sensed.0']],
    ['*', ['temperature', 'PIO.0'], ['PIO.ALL', 'PIO.BYTE', 'pages/page.0']],
    ['*.ALL', ['PIO.ALL', 'sensed.ALL'], ['PIO.BYTE', 'PIO.0']],
    ['*.BYTE', ['PIO.BYTE', 'latch.BYTE'], ['PIO.ALL', 'PIO.0']],
    ['P*.ALL', ['PIO.ALL'], ['sensed.ALL', 'PIO.1']],
    ['pages/page.*', ['pages/page.0', 'pages/page.15'], ['pages/page.ALL', 'page.0']],
    ['*/*', ['pages/page.3', 'errata/die'], ['memory', 'pages/page.ALL', 'set_alarm/low/high']],
    ['*/page.ALL', ['pages/page.ALL'], ['page.ALL']],
  ];
  for (const [pattern, matching, others] of properties) {
    it(`${pattern} matches ${matching.join(' ')} and not ${others.join(' ')}`, () => {
      for (const name of matching) assert.ok(matchesProperty(pattern, name), name);
      for (const name of others) assert.ok(!matchesProperty(pattern, name), name);
    });
  }

  it('finds .ALL and .BYTE by their names in either case, as owserver does', () => {
    assert.ok(matchesProperty('*.ALL', 'PIO.ALL'));
    assert.ok(matchesProperty('P*.all', 'PIO.ALL'));
  });
});
