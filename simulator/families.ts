import { parseTable, type Property } from './properties/property.js';

/** What all devices of one family have in common. */
export interface Family {
  code: string;
  /** Name of the chip, the `type` property. */
  type: string;
  /** Bits that a listing returns in `offset`; owlib/src/include/ow_device.h, `DEV_*`. */
  classFlags: number;
  properties: readonly Property[];
}

/** Properties of every family, as owserver 3.2 lists them. */
const COMMON = `
  address a ro 16 f
  alias l rw 256 f
  crc8 a ro 2 f
  family a ro 2 f
  id a ro 12 f
  locator a ro 16 f
  present y ro 1 v nowhere
  r_address a ro 16 f
  r_id a ro 12 f
  r_locator a ro 16 f
  type a ro 32 f
`;

const THERMOMETER = `
  errata/die a ro 2 f
  errata/trim u rw 12 v
  errata/trimblanket y rw 1 v
  errata/trimvalid y ro 1 v
  latesttemp t ro 12 v
  power y ro 1 v
  scratchpad b ro 9 v
  temperature t ro 12 v
  temphigh t rw 12 s
  templow t rw 12 s
`;

const DS18B20 = `
  fasttemp t ro 12 v
  temperature9 t ro 12 v
  temperature10 t ro 12 v
  temperature11 t ro 12 v
  temperature12 t ro 12 v
  tempres u rw 12 s
`;

const DS18S20 = `
  temperature9 t ro 12 v nowhere
  temperature10 t ro 12 v nowhere
  temperature11 t ro 12 v nowhere
  temperature12 t ro 12 v nowhere
`;

const DS2405 = `
  PIO y rw 1 s
  sensed y ro 1 v
`;

const DS2406 = `
  PIO y[2A] rw 1 s
  T8A/volt f[8] ro 12 v structure
  TAI8570/DA5534/pressure p ro 12 v
  TAI8570/DA5534/temperature t ro 12 v
  TAI8570/DA5540/pressure p ro 12 v
  TAI8570/DA5540/temperature t ro 12 v
  TAI8570/pressure p ro 12 v
  TAI8570/sibling a ro 16 s
  TAI8570/temperature t ro 12 v
  channels u ro 12 s
  flipflop y[2A] ro 1 v
  infobyte u ro 12 v nowhere
  latch y[2A] rw 1 v
  memory b rw 128 v
  pages/page b[4] rw 32 v
  power y ro 1 v
  sensed y[2A] ro 1 v
  set_alarm u rw 12 s
`;

const DS2408 = `
  LCD_H/clear y wo 1 s
  LCD_H/home y wo 1 s
  LCD_H/message a wo 128 s
  LCD_H/onoff u wo 12 s
  LCD_H/redefchar b[8] wo 8 s
  LCD_H/redefchar_hex b[8] wo 8 s
  LCD_H/screen a wo 128 s
  LCD_H/screenyx a wo 128 s
  LCD_M/clear y wo 1 s
  LCD_M/home y wo 1 s
  LCD_M/message a wo 128 s
  LCD_M/screen a wo 128 s
  PIO y[8] rw 1 s
  latch y[8] rw 1 v
  out_of_testmode y wo 1 v
  por y rw 1 s
  power y ro 1 v
  sensed y[8] ro 1 v
  set_alarm u rw 12 s
  strobe y rw 1 s
`;

const DS2413 = `
  PIO y[2A] rw 1 v
  piostate u rw 12 v nowhere
  sensed y[2A] ro 1 v
`;

const DS2423 = `
  counter u[2A] ro 12 v
  memory b rw 512 v
  mincount u rw 12 v
  pages/count u[16] ro 12 v
  pages/page b[16] rw 32 v
`;

const DS2438 = `
  B1-R1-A/gain p rw 12 s
  B1-R1-A/offset p rw 12 s
  B1-R1-A/pressure p ro 12 v
  CA y rw 1 s
  DATANAB/humidity f ro 12 v structure
  DATANAB/reset y wo 1 s structure
  EE y rw 1 s
  HIH3600/humidity f ro 12 v
  HIH4000/humidity f ro 12 v
  HIH5030/humidity f ro 12 v
  HTM1735/humidity f ro 12 v
  IAD y rw 1 s
  MultiSensor/type a ro 12 s
  S3-R1-A/current f ro 12 v
  S3-R1-A/gain f rw 12 s
  S3-R1-A/illuminance f ro 12 v
  VAD f ro 12 v
  VDD f ro 12 v
  date d rw 24 v
  disconnect/date d rw 24 v
  disconnect/udate u rw 12 v
  endcharge/date d rw 24 v
  endcharge/udate u rw 12 v
  humidity f ro 12 v
  latesttemp t ro 12 v
  offset u rw 12 s
  pages/page b[8] rw 8 s
  temperature t ro 12 v
  udate u rw 12 t
  vis f ro 12 v
`;

const family = (code: string, type: string, classFlags: number, ...tables: string[]): Family => ({
  code,
  type,
  classFlags,
  properties: parseTable([COMMON, ...tables].join('')),
});

/** The families this simulator knows, by their two hex digits, in the order of `/structure`. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map(
  [
    family('01', 'DS2401', 0),
    family('05', 'DS2405', 0x2, DS2405),
    family('10', 'DS18S20', 0x8002, THERMOMETER, DS18S20),
    family('12', 'DS2406', 0x2, DS2406),
    family('1D', 'DS2423', 0x4, DS2423),
    family('26', 'DS2438', 0xc000, DS2438),
    family('28', 'DS18B20', 0x8002, THERMOMETER, DS18B20),
    family('29', 'DS2408', 0x7, DS2408),
    family('3A', 'DS2413', 0x5, DS2413),
  ].map((entry) => [entry.code, entry]),
);
