import assert from 'node:assert/strict';
import type { Value } from '../../../client/values/decode.js';
import { isPowerOnValue } from '../../../client/values/power-on.js';
import { unitOf } from '../../../client/values/units.js';
import { property } from './support.js';

const TEMPERATURE = property('t,000000,000001,ro,000012,v,');

describe('the unit of a value', () => {
  const scales = { temperatureScale: 'F', pressureScale: 'inHg' } as const;

  it('follows the temperature scale, for differences too', () => {
    assert.equal(unitOf(TEMPERATURE, scales), '°F');
    assert.equal(
      unitOf(property('g,000000,000001,ro,000012,f,'), { ...scales, temperatureScale: 'K' }),
      'K',
    );
    assert.equal(unitOf(TEMPERATURE, { ...scales, temperatureScale: 'C' }), '°C');
    assert.equal(unitOf(TEMPERATURE, { ...scales, temperatureScale: 'R' }), '°R');
  });

  it('is the pressure scale for a pressure', () => {
    assert.equal(unitOf(property('p,000000,000001,ro,000012,v,'), scales), 'inHg');
  });

  it('is none for anything else', () => {
    assert.equal(unitOf(property('f,000000,000001,ro,000012,v,'), scales), undefined);
    assert.equal(unitOf(undefined, scales), undefined);
  });
});

describe('the power-on value', () => {
  it('is 85 °C exactly, in every scale', () => {
    assert.ok(isPowerOnValue(85, TEMPERATURE, '28', 'temperature', 'C'));
    assert.ok(isPowerOnValue(185, TEMPERATURE, '10', 'latesttemp', 'F'));
    assert.ok(isPowerOnValue(358.15, TEMPERATURE, '42', 'fasttemp', 'K'));
    assert.ok(isPowerOnValue(644.67, TEMPERATURE, '3B', 'temperature12', 'R'));
    assert.ok(isPowerOnValue(85, TEMPERATURE, '22', 'temperature9', 'C'));
  });

  const others: [promise: string, value: Value, family: string | undefined, name: string][] = [
    ['another temperature', 85.0625, '28', 'temperature'],
    ['text', '85', '28', 'temperature'],
    ['of a family with another register', 85, '26', 'temperature'],
    ['of an unknown family', 85, undefined, 'temperature'],
    ['of another property', 85, '28', 'temperature13'],
  ];
  for (const [promise, value, family, name] of others) {
    it(`is not ${promise}`, () =>
      assert.ok(!isPowerOnValue(value, TEMPERATURE, family, name, 'C')));
  }

  it('is not a limit that somebody set, nor a value without /structure', () => {
    const limit = property('t,000000,000001,rw,000012,s,');
    assert.ok(!isPowerOnValue(85, limit, '28', 'temperature', 'C'));
    assert.ok(!isPowerOnValue(85, undefined, '28', 'temperature', 'C'));
  });
});
