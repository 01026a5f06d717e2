import type { PressureScale, TemperatureScale } from '../../client/protocol/index.js';
import type { Units } from './value.js';
import type { ValueType } from './property.js';

interface Linear {
  factor: number;
  shift: number;
}

/** From degrees Celsius; owlib/src/c/ow_temperature.c. */
const TEMPERATURE: Record<TemperatureScale, Linear> = {
  C: { factor: 1, shift: 0 },
  F: { factor: 1.8, shift: 32 },
  K: { factor: 1, shift: 273.15 },
  R: { factor: 1.8, shift: 491.67 },
};

/** From millibar; owlib/src/c/ow_pressure.c. */
const PRESSURE: Record<PressureScale, number> = {
  mbar: 1,
  atm: 0.000986923267,
  mmHg: 0.750061683,
  inHg: 0.0295299831,
  psi: 0.0145037738,
  Pa: 100,
};

function scaleOf(type: ValueType, units: Units): Linear {
  if (type === 't') return TEMPERATURE[units.temperatureScale];
  if (type === 'g') return { factor: TEMPERATURE[units.temperatureScale].factor, shift: 0 };
  return { factor: type === 'p' ? PRESSURE[units.pressureScale] : 1, shift: 0 };
}

/** A measured value in the scale that a request asks for. */
export function toScale(type: ValueType, value: number, units: Units): number {
  const { factor, shift } = scaleOf(type, units);
  return value * factor + shift;
}

/** A value written in the scale of a request, as the chip keeps it. */
export function fromScale(type: ValueType, value: number, units: Units): number {
  const { factor, shift } = scaleOf(type, units);
  return (value - shift) / factor;
}
