/**
 * Families of thermometers that one command to a bus lets measure: DS18S20, DS1822, DS18B20,
 * DS1825 with MAX31826 and MAX31850, DS28EA00. They hold 85 °C until their first conversion ends.
 */
export const THERMOMETERS: ReadonlySet<string> = new Set(['10', '22', '28', '3B', '42']);

/** Family of the DS18S20, whose resolution cannot be set. */
export const FIXED_RESOLUTION = '10';

/** Most bits that a thermometer resolves. */
export const FULL_BITS = 12;

/**
 * Longest conversion, at 12 bits, in milliseconds: 750 by the data sheets of Maxim, and 5 % for clocks
 * that differ.
 */
export const SLOWEST_MS = 788;

/** Whether a property is the value that a conversion of the whole bus leaves in the sensor. */
export function comesOfConversion(family: string, property: string | undefined): boolean {
  return THERMOMETERS.has(family) && (property === 'temperature' || property === 'latesttemp');
}

/** How long a conversion takes at a resolution of 9 to 12 bits: each bit less halves it. */
export function conversionMs(bits: number): number {
  const known = Number.isInteger(bits) && bits >= 9 && bits <= FULL_BITS;
  return known ? SLOWEST_MS / 2 ** (FULL_BITS - bits) : SLOWEST_MS;
}
