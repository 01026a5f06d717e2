import {
  DEVICE_FORMAT_SHIFT,
  DEVICE_FORMATS,
  Flag,
  PRESSURE_SCALES,
  PRESSURE_SHIFT,
  TEMPERATURE_SCALES,
  TEMPERATURE_SHIFT,
  type DeviceFormat,
  type PressureScale,
  type TemperatureScale,
} from './constants.js';

/** Every flag group of a request by name; what is left out is off, or the first of its scale. */
export interface RequestFlags {
  /** @default 'C' */
  temperatureScale?: TemperatureScale;
  /** @default 'mbar' */
  pressureScale?: PressureScale;
  /** @default 'f.i' */
  deviceFormat?: DeviceFormat;
  busReturn?: boolean;
  persistent?: boolean;
  alias?: boolean;
  safeMode?: boolean;
  uncached?: boolean;
  trim?: boolean;
  ownet?: boolean;
}

const BITS = Object.entries(Flag) as [keyof typeof Flag, number][];

/** The 32-bit flags word of a request. */
export function encodeFlags(flags: RequestFlags): number {
  let word =
    (TEMPERATURE_SCALES.indexOf(flags.temperatureScale ?? 'C') << TEMPERATURE_SHIFT) |
    (PRESSURE_SCALES.indexOf(flags.pressureScale ?? 'mbar') << PRESSURE_SHIFT) |
    (DEVICE_FORMATS.indexOf(flags.deviceFormat ?? 'f.i') << DEVICE_FORMAT_SHIFT);
  for (const [name, bit] of BITS) if (flags[name]) word |= bit;
  return word;
}

/** The groups that a flags word holds; a number out of a group's range reads as its first. */
export function decodeFlags(word: number): Required<RequestFlags> {
  const bits = Object.fromEntries(BITS.map(([name, bit]) => [name, (word & bit) !== 0]));
  return {
    ...(bits as Record<keyof typeof Flag, boolean>),
    temperatureScale: TEMPERATURE_SCALES[(word >> TEMPERATURE_SHIFT) & 3] ?? 'C',
    pressureScale: PRESSURE_SCALES[(word >> PRESSURE_SHIFT) & 7] ?? 'mbar',
    deviceFormat: DEVICE_FORMATS[(word >> DEVICE_FORMAT_SHIFT) & 0xff] ?? 'f.i',
  };
}
