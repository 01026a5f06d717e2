import assert from 'node:assert/strict';
import { OW_DIR_SETTINGS } from '../../nodes/ow-dir/config.js';
import { OW_READ_SETTINGS } from '../../nodes/ow-read/config.js';
import { OW_WRITE_SETTINGS } from '../../nodes/ow-write/config.js';
import { checkedConfig } from '../../nodes/shared/checked-config.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import type { Setting, Settings } from '../../settings/setting.js';
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
  if (!('from' in setting)) return [];
  const { from, to } = setting;
  const values = ['x', '1.5', from - 1, String(to + 1), '${OW_OFFSET}'];
  const wanted = `a whole number from ${from} to ${to}`;
  return values.map((value) => [value, String(value), wanted]);
}

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

    it(`${type}: is checked where it is a choice or a number`, () => {
      const names = ruled(settings).map(([name]) => name);
      const wanted = {
        'ow-read': ['source', 'value', 'offset', 'size', 'results', 'por85'],
        'ow-write': ['offset'],
        'ow-dir': ['list', 'source', 'results'],
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
        const values = 'choices' in setting ? setting.choices : ['', ' ', '1', 7, '100050'];
        for (const value of values) {
          const checked: unknown = checkedConfig(settings, { [name]: value })[name];
          const text = String(value).trim();
          const used = text === '' ? undefined : Number(text);
          assert.equal(checked, 'choices' in setting ? value : used);
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
