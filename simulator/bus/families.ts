import { parseTable, type Property } from '../properties/property.js';
import { EDS } from './eds-tables.js';
import * as tables from './property-tables.js';

/** What all devices of one family have in common. */
export interface Family {
  code: string;
  /** Name of the chip, the `type` property. */
  type: string;
  /** Bits that a listing returns in `offset`; owlib/src/include/ow_device.h, `DEV_*`. */
  classFlags: number;
  properties: readonly Property[];
  /** Properties that are other names of one; owserver remembers only that. */
  links: Readonly<Record<string, string>>;
}

/** The class bits that decide what a directory lists beside its devices. */
export const ClassFlag = { alarm: 0x2, voltage: 0x4000, temperature: 0x8000 } as const;

/**
 * owlib/src/c/ow_1820.c, `FS_slowtemp` and `FS_fasttemp`: `temperature` is always one of 12 bits.
 */
const BY_BITS = { temperature: 'temperature12', fasttemp: 'temperature9' };
const ONE_RESOLUTION = Object.fromEntries(
  ['fasttemp', 'temperature9', 'temperature10', 'temperature11', 'temperature12'].map((name) => [
    name,
    'temperature',
  ]),
);
const DATES = Object.fromEntries(
  ['', 'disconnect/', 'endcharge/'].map((folder) => [`${folder}date`, `${folder}udate`]),
);

function family(
  code: string,
  type: string,
  classFlags: number,
  table = '',
  links: Family['links'] = {},
): Family {
  return { code, type, classFlags, properties: parseTable(tables.COMMON + table), links };
}

/** The families this simulator knows, by their two hex digits, in the order of `/structure`. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map(
  [
    family('01', 'DS2401', 0),
    family('05', 'DS2405', 0x2, tables.DS2405),
    family('10', 'DS18S20', 0x8002, tables.DS18S20, ONE_RESOLUTION),
    family('12', 'DS2406', 0x2, tables.DS2406),
    family('1D', 'DS2423', 0x4, tables.DS2423),
    family('1F', 'DS2409', 0, tables.DS2409),
    family('22', 'DS1822', 0x8002, tables.DS18B20, BY_BITS),
    family('26', 'DS2438', 0xc000, tables.DS2438, DATES),
    family('28', 'DS18B20', 0x8002, tables.DS18B20, BY_BITS),
    family('29', 'DS2408', 0x7, tables.DS2408),
    family('3A', 'DS2413', 0x5, tables.DS2413),
    family('3B', 'DS1825', 0x8002, tables.DS1825, BY_BITS),
    family('42', 'DS28EA00', 0xa002, tables.DS28EA00, BY_BITS),
    family('7E', 'EDS', 0x8002, EDS),
  ].map((entry) => [entry.code, entry]),
);

/** The families as an owserver knew them that had no property of this name yet. */
export function familiesWithout(name: string): ReadonlyMap<string, Family> {
  return new Map(
    [...FAMILIES].map(([code, entry]) => {
      const properties = entry.properties.filter((property) => property.name !== name);
      return [code, { ...entry, properties }];
    }),
  );
}
