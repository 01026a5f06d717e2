import type { TemperatureScale } from '../protocol/index.js';
import type { Value } from './decode.js';
import type { Property } from './structure.js';
import { THERMOMETERS } from './thermometers.js';

/** 85 °C in each scale, as owserver prints it with six digits. */
const POWER_ON: Record<TemperatureScale, number> = { C: 85, F: 185, K: 358.15, R: 644.67 };

const PROPERTIES = /^(temperature(9|1[0-2])?|fasttemp|latesttemp)$/;

/** Whether a reading is the value that a temperature sensor shows after power-on. */
export function isPowerOnValue(
  value: Value,
  property: Property | undefined,
  deviceFamily: string | undefined,
  propertyPath: string | undefined,
  scale: TemperatureScale,
): boolean {
  return (
    value === POWER_ON[scale] &&
    property?.type === 't' &&
    property.access === 'ro' &&
    THERMOMETERS.has(deviceFamily ?? '') &&
    PROPERTIES.test(propertyPath ?? '')
  );
}
