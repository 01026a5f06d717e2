import assert from 'node:assert/strict';
import { OW_DIR_SETTINGS } from '../../nodes/ow-dir/config.js';
import { OW_READ_SETTINGS } from '../../nodes/ow-read/config.js';
import { OW_WRITE_SETTINGS } from '../../nodes/ow-write/config.js';
import { checkedConfig } from '../../nodes/shared/checked-config.js';
import { noDeadband, rangeReversed } from '../../settings/clashes.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { isSwitch, type Bounds, type Setting, type Settings } from '../../settings/setting.js';
import { loadFlow, unloadFlow } from './flow.js';

/** The settings of each node, and a path that it can work with. */
const NODES: [type: string, settings: Settings, path: string][] = [
  ['ow-read', OW_READ_SETTINGS, '/28.021000000000/temperature'],
  ['ow-write', OW_WRITE_SETTINGS, '/3A.025000000000/PIO.A'],
  ['ow-dir', OW_DIR_SETTINGS, '/'],
];

/** What a flow may hold that the rule of a setting refuses, as the sentence shows it, and what it wants. */
function wrongValues(setting: Setting): [value: unknown, shown: string, wanted: string][] {
  if ('choices' in setting) {
    const wanted = `one of ${setting.choices.join(', ')}`;
    return ['bogus', '', 5, setting.choices.join()].map((value) => [value, `"${value}"`, wanted]);
  }
  if (isSwitch(setting)) {
    return ['yes', '', 1].map((value) => [value, String(value), 'one of true, false']);
  }
  if ('number' in setting) {
    const [wanted, beyond] = bounds(setting.number);
    const values = ['x', '0,5', '1/2', '1e999', 'NaN', '${OW_OFFSET}', ...beyond];
    return values.map((value) => [value, String(value), wanted]);
  }
  if (!('from' in setting)) return [];
  const { from, to } = setting;
  const values = ['x', '1.5', from - 1, String(to + 1), '${OW_OFFSET}'];
  const wanted = `a whole number from ${from} to ${to}`;
  return values.map((value) => [value, String(value), wanted]);
}

/** What a number must be, and some that lie beyond it. */
function bounds(number: Bounds): [wanted: string, beyond: unknown[]] {
  if (number.above !== undefined)
    return [`a number above ${number.above}`, [number.above, String(number.above - 1)]];
  if (number.least === undefined) return ['a number', []];
  const { least, most } = number;
  return [`a number from ${least} to ${most}`, [least / 2, String(most + 1), -least]];
}

/** What a dialog may hold, and what the node gets of it. */
function rightValues(setting: Setting): [saved: unknown, used: unknown][] {
  if ('choices' in setting) return setting.choices.map((choice) => [choice, choice]);
  if (isSwitch(setting)) {
    return [true, 'true', ' true ', false, 'false'].map((value) => [
      value,
      String(value).trim() === 'true',
    ]);
  }
  const empty: [unknown, unknown][] =
    setting.value === '' ? ['', ' '].map((text) => [text, undefined]) : [];
  if ('number' in setting) {
    const { least = 0.125, most = 7.5 } = { most: undefined, ...setting.number };
    const free: [unknown, unknown][] =
      setting.number.above === undefined && setting.number.least === undefined
        ? [
            ['-40', -40],
            [0, 0],
          ]
        : [];
    return [...empty, ...free, [String(least), least], [` ${most} `, most], [2, 2]];
  }
  if (!('from' in setting)) return [];
  const { from, to } = setting;
  return [...empty, [String(from), from], [from + 1, from + 1], [` ${to} `, to]];
}

/** What goes along with any value of a setting. */
const ALONG = { path: '/28.021000000000/temperature', pathType: 'str', deadband: '0.5' };

const ruled = (settings: Settings): [string, Setting][] =>
  Object.entries(settings).filter(([, setting]) => wrongValues(setting).length > 0);

describe('a setting that a flow holds', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(() => simulator.close());
  afterEach(unloadFlow);

  for (const [type, settings, path] of NODES) {
    const send = async (
      fields: object,
    ): Promise<{ count: number; code?: string; message?: string }> => {
      const server = { host: '127.0.0.1', port: simulator.port };
      const flow = await loadFlow({ type, path, ...fields }, server);
      const { messages, error } = await flow.send({ payload: 1 });
      await unloadFlow();
      return { count: messages.length, ...error };
    };

    it(`${type}: is checked where it is a choice, a switch or a number`, () => {
      const names = ruled(settings).map(([name]) => name);
      const wanted = {
        'ow-read': [
          'source',
          'value',
          'offset',
          'size',
          'results',
          'por85',
          'repeat',
          'once',
          'emit',
          'deadband',
          'decimals',
          'rangeMin',
          'rangeMax',
          'maxStep',
          'implausible',
          'missing',
        ],
        'ow-write': ['offset'],
        'ow-dir': [
          'list',
          'depth',
          'source',
          'results',
          'repeat',
          'once',
          'emit',
          'misses',
          'latch',
          'arm',
        ],
      }[type];
      assert.deepEqual(names, wanted);
    });

    for (const [name, setting] of ruled(settings)) {
      it(`${type}: a wrong ${name} fails each message with what it must be`, async () => {
        for (const [value, shown, wanted] of wrongValues(setting)) {
          const { count, code, message } = await send({ [name]: value });
          const sentence = `The setting ${name} is ${shown}: it must be ${wanted}.`;
          assert.deepEqual([count, code, message], [0, 'EOW_VALUE', sentence]);
        }
      });

      it(`${type}: a missing ${name} means the default`, async () => {
        for (const value of [undefined, null]) {
          assert.deepEqual(await send({ [name]: value }), { count: 1 });
        }
        const none = checkedConfig(settings, {});
        assert.deepEqual(checkedConfig(settings, { [name]: setting.value }), none);
      });

      it(`${type}: every ${name} of the dialog is taken`, () => {
        const values = rightValues(setting);
        assert.ok(values.length > 1);
        for (const [saved, used] of values) {
          const checked: unknown = checkedConfig(settings, { ...ALONG, [name]: saved })[name];
          assert.equal(checked, used, String(saved));
        }
      });
    }
  }

  it('wrong in two places is told for the first', () => {
    const saved = { results: 'none', source: 'bus' };
    assert.throws(() => checkedConfig(OW_READ_SETTINGS, saved), { message: /setting source is/ });
  });

  it('is named as it is where no language has a word for it', () => {
    const settings = { rounding: { value: 'none', choices: ['none', 'whole'] } } as const;
    assert.throws(() => checkedConfig(settings, { rounding: 'half' }), {
      code: 'EOW_VALUE',
      message: 'The setting rounding is "half": it must be one of none, whole.',
    });
  });

  it('comes as it is used: a typedInput with its type, a number as one', () => {
    const saved = { path: 'where', pathType: 'flow', offset: ' 8 ', z: 'tab' };
    const { name: _name, server: _server, ...config } = checkedConfig(OW_WRITE_SETTINGS, saved);
    assert.deepEqual(config, {
      path: { value: 'where', type: 'flow' },
      pathType: 'flow',
      value: { value: 'payload', type: 'msg' },
      valueType: 'msg',
      offset: 8,
    });
  });
});

describe('settings that do not go together', () => {
  const refused = (settings: Settings, saved: object, message: RegExp): void => {
    assert.throws(() => checkedConfig(settings, { ...saved }), { code: 'EOW_VALUE', message });
  };
  const NO_PATH = /^There is nothing that could be looked at again and again: give a path\.$/;

  for (const settings of [OW_READ_SETTINGS, OW_DIR_SETTINGS]) {
    const type = settings === OW_READ_SETTINGS ? 'ow-read' : 'ow-dir';
    it(`${type}: whoever looks alone needs a path of its own`, () => {
      for (const alone of [{ repeat: '5' }, { once: true }, { once: 'true' }]) {
        for (const path of ['', '  ']) refused(settings, { ...alone, path }, NO_PATH);
        refused(settings, { ...alone, path: 'topic', pathType: 'msg' }, NO_PATH);
        for (const pathType of ['str', 'json', 'flow', 'global', 'env', 'jsonata'])
          checkedConfig(settings, { ...alone, path: '["/28.*/temperature"]', pathType });
      }
      checkedConfig(settings, { path: '', repeat: ' ', once: 'false' });
      checkedConfig(settings, { path: 'topic', pathType: 'msg' });
    });
  }

  it('a change by something must say by what', () => {
    const message = /only when it changes by a certain amount, and none is set: .*deadband/;
    for (const deadband of [undefined, null, '', ' '])
      refused(OW_READ_SETTINGS, { emit: 'deadband', deadband }, message);
    checkedConfig(OW_READ_SETTINGS, { emit: 'deadband', deadband: '0.5' });
    checkedConfig(OW_READ_SETTINGS, { emit: 'change', deadband: '' });
  });

  it('the ends of what is plausible are not exchanged', () => {
    refused(
      OW_READ_SETTINGS,
      { rangeMin: '9', rangeMax: '-40.5' },
      /^No value is plausible from 9 to -40\.5: exchange the two/,
    );
    // As numbers, not as text.
    checkedConfig(OW_READ_SETTINGS, { rangeMin: '9', rangeMax: '10' });
    for (const ends of [{ rangeMin: 5 }, { rangeMax: 5 }, { rangeMin: 5, rangeMax: '5.0' }])
      checkedConfig(OW_READ_SETTINGS, ends);
  });

  it('the environment decides later what it stands for', () => {
    const held: Readonly<Record<string, string>> = {
      emit: 'deadband',
      deadband: '${BY}',
      rangeMin: '${LOW}',
      rangeMax: '5',
    };
    for (const clash of [noDeadband, rangeReversed])
      assert.equal(
        clash((name) => held[name]),
        undefined,
      );
  });

  it('one that is wrong itself is told first', () => {
    const saved = { rangeMin: '9', rangeMax: '1', maxStep: '-1' };
    refused(OW_READ_SETTINGS, saved, /^The setting maxStep is -1: it must be a number above 0\.$/);
  });
});
