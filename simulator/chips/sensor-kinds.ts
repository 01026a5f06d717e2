/**
 * The chips that differ in what a conversion is to owserver; DS1822, DS1825 and DS28EA00 are as a
 * DS18B20.
 */
export type SensorKind = 'DS18B20' | 'DS18S20' | 'MAX31826' | 'MAX31850' | 'DS2438';

interface Times {
  /** What owserver waits for a conversion; one entry, or one for each of 9 to 12 bits. */
  allowedMs: readonly number[];
  /** What the chip takes for it, by its data sheet. */
  neededMs: readonly number[];
  /** How often owserver tries before it gives up, or believes in 85 °C. */
  attempts: number;
}

/** At the speed of a real bus; owlib/src/c/ow_1820.c, `Resolutions`, and ow_2438.c. */
const TIMES: Readonly<Record<SensorKind, Times>> = {
  DS18B20: {
    allowedMs: [110, 200, 400, 1000],
    neededMs: [93.75, 187.5, 375, 750],
    attempts: 3,
  },
  DS18S20: { allowedMs: [1000], neededMs: [750], attempts: 3 },
  MAX31826: { allowedMs: [150], neededMs: [150], attempts: 3 },
  MAX31850: { allowedMs: [100], neededMs: [100], attempts: 3 },
  DS2438: { allowedMs: [10], neededMs: [10], attempts: 2 },
};

/** Time of a 12-bit conversion that the table is for. */
const FULL_MS = 750;

/** Can the chip be told how many bits to convert? */
export function hasResolution(kind: SensorKind): boolean {
  return TIMES[kind].allowedMs.length > 1;
}

/** What owserver waits for a conversion, when 12 bits take `conversionMs`. */
export function allowedMs(kind: SensorKind, bits: number, conversionMs: number): number {
  return (at(TIMES[kind].allowedMs, bits) * conversionMs) / FULL_MS;
}

/** What the chip takes for a conversion, when 12 bits take `conversionMs`. */
export function neededMs(kind: SensorKind, bits: number, conversionMs: number): number {
  return (at(TIMES[kind].neededMs, bits) * conversionMs) / FULL_MS;
}

/** How often owserver tries to convert. */
export function attemptsOf(kind: SensorKind): number {
  return TIMES[kind].attempts;
}

/** The degrees that one count of the register stands for. */
export function stepOf(kind: SensorKind, bits: number): number {
  if (kind === 'DS2438') return 1 / 32;
  return hasResolution(kind) ? 2 ** (8 - bits) : 1 / 16;
}

function at(times: readonly number[], bits: number): number {
  return times[times.length > 1 ? bits - 9 : 0] ?? 0;
}
