import { strict as assert } from 'node:assert';
import {
  besideNumber,
  exampleList,
  fixedType,
  inOrder,
  startValue,
  stepped,
  takes,
  type Wanted,
} from '../../../nodes/ow-write/editor/fit.js';
import { behind, helpFor, valueProblem } from '../../../nodes/ow-write/editor/help.js';
import { countOf, problemOf } from '../../../nodes/ow-write/editor/judge.js';
import { readJson } from '../../package/project.js';

const SWITCH: Wanted = { kind: 'yesno' };
const SWITCHES: Wanted = { kind: 'yesno', count: 2 };
const LIMIT: Wanted = { kind: 'temperature', unit: '°C' };
const BYTE: Wanted = { kind: 'whole', min: 0, max: 255 };
const COUNTER: Wanted = { kind: 'whole', min: 0, max: 0xffff_ffff };
const TEXT: Wanted = { kind: 'text', length: 8 };
const DATE: Wanted = { kind: 'date' };
const PAGE: Wanted = { kind: 'binary', length: 4 };
const PAGES: Wanted = { kind: 'binary', length: 4, count: 2 };
const UNKNOWN: Wanted = { kind: 'unknown' };

const problem = (wanted: Wanted, text: string): string | undefined => problemOf(wanted, text)?.key;

describe('the type of a fixed value', () => {
  const cases: [string, Wanted, string | undefined][] = [
    ['on or off', SWITCH, 'bool'],
    ['a temperature', LIMIT, 'num'],
    ['a whole number', BYTE, 'num'],
    ['a text', TEXT, 'str'],
    ['a date', DATE, 'str'],
    ['a memory', PAGE, 'bin'],
    ['all pages of a memory', PAGES, 'bin'],
    ['all values of an array', SWITCHES, 'json'],
    ['an unknown kind', UNKNOWN, undefined],
  ];
  for (const [what, wanted, type] of cases)
    it(`fits ${what}: ${String(type)}`, () => assert.equal(fixedType(wanted), type));

  it('comes right after the message in the list, and no other gets lost', () => {
    const types = ['msg', 'bool', 'num', 'str', 'flow'];
    assert.deepEqual(inOrder(types, 'str'), ['msg', 'str', 'bool', 'num', 'flow']);
    assert.deepEqual(inOrder(types, undefined), types);
    assert.deepEqual(inOrder(types, 'bin'), types);
  });
});

describe('the beginning of a fixed value', () => {
  it('is off, 0, or empty', () => {
    const starts = [SWITCH, LIMIT, TEXT, DATE, PAGE, SWITCHES].map(startValue);
    assert.deepEqual(starts, ['false', '0', '', 'now', '[]', '[false,false]']);
  });

  it('is the least number where 0 is too little', () => {
    assert.equal(startValue({ kind: 'whole', min: 9, max: 12 }), '9');
  });

  it('fits its property', () => {
    for (const wanted of [SWITCH, LIMIT, BYTE, TEXT, PAGE, SWITCHES])
      assert.equal(problem(wanted, startValue(wanted)), undefined, wanted.kind);
  });
});

describe('what stands beside a number', () => {
  it('is its unit, or its range where that says something to people', () => {
    assert.deepEqual(besideNumber(LIMIT), { key: 'beside.unit', params: { unit: '°C' } });
    assert.deepEqual(besideNumber(BYTE), { key: 'beside.range', params: { min: 0, max: 255 } });
    assert.equal(besideNumber(COUNTER), undefined);
    assert.equal(besideNumber({ kind: 'number' }), undefined);
  });
});

describe('a step of a number', () => {
  it('goes up and down, and keeps its decimals', () => {
    assert.equal(stepped(LIMIT, '21.1', 1), '22.1');
    assert.equal(stepped(LIMIT, '0.3', -1), '-0.7');
  });

  it('ends at the range', () => {
    assert.equal(stepped(BYTE, '250', 10), '255');
    assert.equal(stepped(BYTE, '0', -1), '0');
  });

  it('begins at the beginning when the field is empty, and leaves a variable alone', () => {
    assert.equal(stepped(LIMIT, ' ', 1), '0');
    assert.equal(stepped(LIMIT, '${LIMIT}', 1), undefined);
  });
});

describe('a fixed number', () => {
  it('is a finite number with a point', () => {
    for (const text of ['0', '-12.5', '.5', '1e3', '0x1F'])
      assert.equal(problem(LIMIT, text), undefined, text);
    for (const text of ['', ' ', '25,5', 'warm', 'NaN', '1e999'])
      assert.equal(problem(LIMIT, text), 'problem.number', text);
  });

  it('is whole and within the range where there is one', () => {
    for (const text of ['-1', '256', '1.5', 'x', ''])
      assert.deepEqual(problemOf(BYTE, text), {
        key: 'problem.whole',
        params: { min: 0, max: 255 },
      });
    for (const text of ['0', '255', '0xff']) assert.equal(problem(BYTE, text), undefined, text);
  });

  it('may come from the environment, as any fixed value may', () => {
    for (const wanted of [BYTE, LIMIT, TEXT, PAGE, SWITCHES])
      assert.deepEqual(
        [problemOf(wanted, '${A}'), countOf(wanted, '${A}')],
        [undefined, undefined],
      );
  });
});

describe('a fixed text', () => {
  it('is counted in bytes of UTF-8, not in characters', () => {
    assert.deepEqual(countOf(TEXT, 'Küche 1'), {
      key: 'count.bytes',
      params: { bytes: 8, length: 8 },
    });
    assert.equal(problem(TEXT, 'Küche 1'), undefined);
    assert.deepEqual(problemOf(TEXT, 'Küche 12'), {
      key: 'problem.tooLong',
      params: { bytes: 9, length: 8 },
    });
  });

  it('is a date where one is wanted', () => {
    for (const text of ['', 'now', '2026-11-23T18:00:00Z', '2026-11-23', '1764000000000', '${A}'])
      assert.equal(problem(DATE, text), undefined, text);
    assert.equal(problem(DATE, 'Mon Nov 23 18:00:00 2026'), undefined);
    for (const text of ['noon', '1764000000', '23.11.2026', '2026-13-01', '0'])
      assert.equal(problem(DATE, text), 'problem.date', text);
  });

  it('has no counter where nothing limits it', () => assert.equal(countOf(DATE, 'x'), undefined));

  it('has less room from an offset on', () => {
    assert.equal(behind(TEXT, '5').length, 3);
    assert.equal(behind(TEXT, '9').length, 0);
    for (const offset of ['', '0', '-1', '${OFFSET}']) assert.equal(behind(TEXT, offset), TEXT);
    assert.equal(behind(BYTE, '5'), BYTE);
  });
});

describe('a fixed memory', () => {
  it('is a text in quotes or numbers from 0 to 255', () => {
    for (const text of ['"ab"', '[]', '[0, 255]'])
      assert.equal(problem(PAGE, text), undefined, text);
    for (const text of ['', 'ab', '7', '[256]', '[-1]', '["a"]', '{}', '[1.5]'])
      assert.equal(problem(PAGE, text), 'problem.buffer', text);
  });

  it('is counted, and no longer than there is room', () => {
    assert.deepEqual(countOf(PAGE, '"aü"')?.params, { bytes: 3, length: 4 });
    assert.equal(problem(PAGE, '[1,2,3,4,5]'), 'problem.tooLong');
  });

  it('has exactly as many bytes as all pages together', () => {
    assert.equal(problem(PAGES, '[1,2,3,4]'), undefined);
    assert.equal(problem(PAGES, '[1,2,3]'), 'problem.exactly');
  });
});

describe('a fixed array', () => {
  it('has as many values as the property', () => {
    assert.deepEqual(countOf(SWITCHES, '[true]')?.params, { given: 1, count: 2 });
    assert.equal(problem(SWITCHES, '[true, false]'), undefined);
    assert.deepEqual(problemOf(SWITCHES, '[true]')?.params, { given: 1, count: 2 });
    for (const text of ['', 'true', '{}'])
      assert.equal(problem(SWITCHES, text), 'problem.list', text);
  });

  it('has values that fit, and says which one does not', () => {
    assert.equal(problem(SWITCHES, '["On", 0]'), undefined);
    assert.deepEqual(problemOf(SWITCHES, '[true, 2]')?.params, { place: 2, value: '2' });
    const bytes = { ...BYTE, count: 2 };
    assert.equal(problem(bytes, '[0, "7"]'), undefined);
    for (const text of ['[0, 256]', '[0, true]', '[0, null]', '[0, ""]', '[[], 0]'])
      assert.equal(problem(bytes, text), 'problem.element', text);
    assert.equal(problem({ ...TEXT, count: 2 }, '["a", 1]'), undefined);
  });

  it('is shown by an example, which says when there are more values', () => {
    assert.equal(exampleList(SWITCHES), '[true, false]');
    assert.equal(exampleList({ kind: 'yesno', count: 8 }), '[true, false, …]');
    assert.equal(exampleList({ kind: 'text', count: 2 }), '["one", "two"]');
  });
});

describe('the help of the value field', () => {
  const target = { ...SWITCH, writable: true };

  it('is none where nothing is known of the property', () => {
    assert.deepEqual(helpFor(undefined, 'bool', 'true'), {});
    assert.deepEqual(helpFor({ ...UNKNOWN, writable: true }, 'msg', 'payload'), {});
  });

  it('says what a message may bring, and offers a fixed value', () => {
    const { words, offersFixed, on } = helpFor(target, 'msg', 'payload');
    assert.deepEqual([words?.key, offersFixed, on], ['takes.yesno', true, undefined]);
    assert.equal(helpFor(target, 'jsonata', '1').offersFixed, false);
  });

  it('is a switch for a fixed yes or no', () => {
    assert.equal(helpFor(target, 'bool', 'true').on, true);
    assert.equal(helpFor(target, 'bool', 'false').on, false);
  });

  it('judges only values of the type that fits', () => {
    const limit = { ...LIMIT, writable: true };
    assert.equal(valueProblem(limit, 'num', 'x')?.key, 'problem.number');
    assert.equal(valueProblem(limit, 'str', 'x'), undefined);
    assert.equal(valueProblem(undefined, 'num', 'x'), undefined);
  });

  it('says so when the property cannot be written, and does not blame the value', () => {
    const sensor = { ...LIMIT, writable: false };
    assert.equal(helpFor(sensor, 'num', 'x').problem?.key, 'problem.notWritable');
    assert.equal(valueProblem(sensor, 'num', 'x'), undefined);
  });

  it('has its words in the catalogue, with their places', () => {
    const { fit } = readJson('locales/en-US/ow-write.json') as {
      fit: Record<string, Record<string, string>>;
    };
    const lines = [
      ...[SWITCH, SWITCHES, LIMIT, BYTE, COUNTER, TEXT, DATE, PAGE, PAGES].map(takes),
      ...(['temperature', 'temperatureDifference', 'pressure', 'number', 'whole'] as const).flatMap(
        (kind) => [
          takes({ kind }),
          ...(kind === 'number' || kind === 'whole' ? [] : [takes({ kind, unit: 'K' })]),
        ],
      ),
      ...[BYTE, LIMIT, TEXT, PAGE, PAGES, SWITCHES].flatMap((wanted) =>
        ['', 'much too long', '[1,2,3,4,5,6]', '[3,true]'].map((text) => problemOf(wanted, text)),
      ),
      problemOf(DATE, 'noon'),
      countOf(TEXT, ''),
      countOf(SWITCHES, '[]'),
      besideNumber(LIMIT),
      besideNumber(BYTE),
    ];
    for (const { key, params = {} } of lines.filter((line) => line !== undefined)) {
      const [group = '', name = ''] = key.split('.');
      const text = fit[group]?.[name];
      assert.ok(text, key);
      for (const [, place = ''] of text.matchAll(/__(\w+?)__/g))
        assert.notEqual(params[place], undefined, `${key}: ${place}`);
    }
  });
});
