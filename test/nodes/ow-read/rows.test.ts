import { strict as assert } from 'node:assert';
import type { PropertyInfo } from '../../../contract/admin-api.js';
import { OW_READ_SETTINGS } from '../../../nodes/ow-read/config.js';
import { rowsThatMatter } from '../../../nodes/ow-read/editor/rows.js';
import { defaultsOf } from '../../../settings/setting.js';

const SENSOR = '/28.021000000000';

/** The rows of a dialog that holds this beside the defaults. */
function rows(held: Readonly<Record<string, unknown>>, about?: Partial<PropertyInfo>): string[] {
  const all: Readonly<Record<string, unknown>> = { ...defaultsOf(OW_READ_SETTINGS), ...held };
  const known = about && { kind: 'unknown' as const, readable: true, writable: false, ...about };
  const shown = Object.entries(rowsThatMatter((name) => all[name], known));
  return shown.flatMap(([id, matters]) => (matters ? [id.replace('ow-read-', '')] : []));
}

const path = (value: string, pathType = 'str'): Record<string, unknown> => ({
  path: value,
  pathType,
});

describe('the rows of the dialog of ow read', () => {
  it('85 °C matters where a sensor may show it after power-on', () => {
    for (const property of ['temperature', 'temperature12', 'fasttemp', 'latesttemp', 't*', '*'])
      assert.ok(rows(path(`${SENSOR}/${property}`)).includes('por85'), property);
    for (const property of ['temphigh', 'temperature13', 'PIO.A', 'memory'])
      assert.ok(!rows(path(`${SENSOR}/${property}`)).includes('por85'), property);
    const list = JSON.stringify([`${SENSOR}/temphigh`, `${SENSOR}/temperature/`]);
    assert.ok(rows(path(list, 'json')).includes('por85'));
  });

  it('results matter where the path may stand for several', () => {
    for (const several of ['/28.*/temperature', '', ' '])
      assert.ok(rows(path(several)).includes('results'), several);
    for (const type of ['json', 'msg', 'flow', 'global', 'env', 'jsonata'])
      assert.ok(rows(path('["/28.1/x"]', type)).includes('results'), type);
    assert.ok(!rows(path(`${SENSOR}/temperature`)).includes('results'));
  });

  it('a lost sensor matters there, and for who reads without being asked', () => {
    const one = path(`${SENSOR}/temperature`);
    assert.ok(!rows(one).includes('missing'));
    for (const alone of [{ repeat: '5' }, { once: true }])
      assert.ok(rows({ ...one, ...alone }).includes('missing'));
    assert.ok(rows(path('/28.*/temperature')).includes('missing'));
  });

  it('numbers have decimals and a range; what is known to be none has them only when they are set', () => {
    const one = path(`${SENSOR}/type`);
    assert.deepEqual(rows(one, { kind: 'temperature' }), ['decimals', 'plausible']);
    assert.deepEqual(rows(one), ['decimals', 'plausible']);
    for (const kind of ['yesno', 'text', 'date', 'binary'] as const) {
      assert.deepEqual(rows(one, { kind }), []);
      assert.deepEqual(rows({ ...one, decimals: 1, maxStep: '2' }, { kind }), [
        'decimals',
        'plausible',
      ]);
    }
  });

  it('parts matter for text and Buffers, and while one is set', () => {
    const one = path('/1D.027000000000/memory');
    for (const value of ['text', 'buffer']) assert.deepEqual(rows({ ...one, value }), ['part']);
    assert.ok(rows({ ...one, size: '8' }).includes('part'));
    assert.ok(!rows(one).includes('part'));
  });
});
