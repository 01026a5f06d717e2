import type { TemperatureScale } from '../protocol/index.js';
import type { Value } from './decode.js';
import type { Property } from './structure.js';

/** 85 °C in each scale, as owserver prints it with six digits. */
const POWER_ON: Record<TemperatureScale, number> = { C: 85, F: 185, K: 358.15, R: 644.67 };

/** DS18S20, DS1822, DS18B20, DS28EA00, DS1825: they hold 85 °C until a conversion ends. */
const FAMILIES = new Set(['10', '22', '28', '42', '3B']);
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
    FAMILIES.has(deviceFamily ?? '') &&
    PROPERTIES.test(propertyPath ?? '')
  );
}
