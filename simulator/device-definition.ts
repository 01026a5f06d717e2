import type { ValueSource } from './properties/value.js';

/** Sensors of Embedded Data Systems for the climate. */
export type EdsChip = 'EDS0064' | 'EDS0065' | 'EDS0066' | 'EDS0067' | 'EDS0068';

/** A device as plain data. */
export interface DeviceDefinition {
  /** In any of owserver's formats; its first two digits choose the chip. */
  id: string;
  alias?: string;
  /** By property: `{ temperature: 21.5, 'sensed.3': false, 'counter.A': (ms) => ms / 1000 }`. */
  values?: Readonly<Record<string, ValueSource>>;
  /** Number of its bus; for a device on a branch, that of the coupler counts. @default 0 */
  bus?: number;
  /**
   * A thermometer without a supply of its own: a conversion of all does not serve it. @default
   * false
   */
  parasite?: boolean;
  /** Bits of a thermometer's conversions as it wakes, `tempres`: 9 to 12. @default 12 */
  resolution?: number;
  /** Which chip of family 3B or 7E it is. @default 'DS1825', none of 7E */
  chip?: 'DS1825' | 'MAX31826' | 'MAX31850' | EdsChip;
  /** Devices on the main branch of a DS2409. */
  main?: readonly DeviceDefinition[];
  /** Devices on its other branch. */
  aux?: readonly DeviceDefinition[];
}

/** The branches of a coupler. */
export const SIDES = ['main', 'aux'] as const;
