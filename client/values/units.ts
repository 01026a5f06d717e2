import type { PressureScale, TemperatureScale } from '../protocol/index.js';
import type { Property } from './structure.js';

/** The scales that values were asked for in. */
export interface Scales {
  temperatureScale: TemperatureScale;
  pressureScale: PressureScale;
}

const TEMPERATURE_UNITS: Record<TemperatureScale, string> = { C: '°C', F: '°F', K: 'K', R: '°R' };

/** The unit of a property's value; only temperatures, their differences and pressures have one. */
export function unitOf(property: Property | undefined, scales: Scales): string | undefined {
  if (property?.type === 't' || property?.type === 'g')
    return TEMPERATURE_UNITS[scales.temperatureScale];
  return property?.type === 'p' ? scales.pressureScale : undefined;
}
