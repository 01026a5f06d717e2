import type { PressureScale, TemperatureScale } from '../protocol/index.js';

/** The scales that values were asked for in. */
export interface Scales {
  temperatureScale: TemperatureScale;
  pressureScale: PressureScale;
}

const TEMPERATURE_UNITS: Record<TemperatureScale, string> = { C: '°C', F: '°F', K: 'K', R: '°R' };

/** The unit of temperatures and of their differences. */
export function temperatureUnit({ temperatureScale }: Scales): string {
  return TEMPERATURE_UNITS[temperatureScale];
}

/** The unit of pressures. */
export function pressureUnit({ pressureScale }: Scales): string {
  return pressureScale;
}
