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
    family('1D', 'DS2423', 0x4, tables.DS2423, { counters: 'counter' }),
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

/** Families that owserver has tables of, and this simulator has not; `/structure`. */
const OTHERS =
  '02 04 06 08 09 0A 0B 0C 0F 14 18 1A 1B 1C 1E 20 21 23 24 27 2C 2D 2E 30 31 32 35 36 37 3D 41 43 51 ' +
  '7E 81 82 89 8B 8F A0 A2 A5 A6 B2 DD ED EE EF FC FE FF';

/** What every device has, whoever made it. */
const UNKNOWN = parseTable(tables.UNKNOWN);

/**
 * The family with this code: one of those given, or, where owserver has no table either, one of which
 * only the address is known. The highest bit of the code does not tell families apart.
 */
export function familyOf(
  code: string,
  families: ReadonlyMap<string, Family> = FAMILIES,
): Family | undefined {
  const known = families.get(code);
  if (known) return known;
  const twin = (parseInt(code, 16) ^ 0x80).toString(16).toUpperCase().padStart(2, '0');
  const has = [...FAMILIES.keys(), ...OTHERS.split(' ')];
  if (has.includes(code) || has.includes(twin)) return undefined;
  return { code, type: '', classFlags: 0, properties: UNKNOWN, links: {} };
}

/** The families as an owserver knew them that had no property of this name yet. */
export function familiesWithout(name: string): ReadonlyMap<string, Family> {
  return new Map(
    [...FAMILIES].map(([code, entry]) => {
      const properties = entry.properties.filter((property) => property.name !== name);
      return [code, { ...entry, properties }];
    }),
  );
}
