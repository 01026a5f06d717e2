/** Properties of every family, as owserver 3.2 lists them. */
export const COMMON = `
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

/** Properties of a device that owserver has no table for. */
export const UNKNOWN = `
  address a ro 16 f
  crc8 a ro 2 f
  family a ro 2 f
  id a ro 12 f
  present y ro 1 v nowhere
  r_address a ro 16 f
  r_id a ro 12 f
`;

const CONVERTS = `
  latesttemp t ro 12 v
  power y ro 1 v
  temperature t ro 12 v
`;

const LIMITS = `
  temphigh t rw 12 s
  templow t rw 12 s
`;

const OLD_THERMOMETER = `
  ${CONVERTS}${LIMITS}
  errata/die a ro 2 f
  errata/trim u rw 12 v
  errata/trimblanket y rw 1 v
  errata/trimvalid y ro 1 v
  scratchpad b ro 9 v
`;

const RESOLUTIONS = `
  fasttemp t ro 12 v
  temperature9 t ro 12 v
  temperature10 t ro 12 v
  temperature11 t ro 12 v
  temperature12 t ro 12 v
  tempres u rw 12 s
`;

/** Two lines of a switch with open drain. */
const TWO_PINS = `
  PIO y[2A] rw 1 v
  sensed y[2A] ro 1 v
`;

/** An older thermometer, without a resolution. */
export const DS18S20 = `
  ${OLD_THERMOMETER}
  fasttemp t ro 12 v nowhere
  temperature9 t ro 12 v nowhere
  temperature10 t ro 12 v nowhere
  temperature11 t ro 12 v nowhere
  temperature12 t ro 12 v nowhere
`;

/** DS1822 and DS18B20. */
export const DS18B20 = `
  ${OLD_THERMOMETER}${RESOLUTIONS}
`;

/** DS1825, MAX31826 and MAX31850; owserver tells them apart by what is in the scratchpad. */
export const DS1825 = `
  ${CONVERTS}
  fasttemp t ro 12 v DS1825
  fault y ro 1 v MAX31850
  flagfield u ro 12 v nowhere
  ground_short y ro 1 v MAX31850
  memory b rw 128 v MAX31826
  open_circuit y ro 1 v MAX31850
  pages/page b[16] rw 8 v MAX31826
  prog_addr u ro 12 s
  scratchpad b ro 9 v
  temperature9 t ro 12 v DS1825
  temperature10 t ro 12 v DS1825
  temperature11 t ro 12 v DS1825
  temperature12 t ro 12 v
  temphigh t rw 12 s DS1825
  templow t rw 12 s DS1825
  tempres u rw 12 s
  thermocouple t ro 12 v MAX31850
  vdd_short y ro 1 v MAX31850
`;

/** A thermometer with two lines. */
export const DS28EA00 = `
  ${CONVERTS}${LIMITS}${RESOLUTIONS}${TWO_PINS}
  latch y[2A] rw 1 v
`;

/** A coupler; `main` and `aux` lead to its branches. */
export const DS2409 = `
  aux D oo 8 v
  branch y[2] rw 1 v
  clearevent y wo 1 s
  control u rw 12 s
  discharge y wo 1 s
  event y[2] ro 1 v
  main D oo 8 v
  sensed y[2] ro 1 v
`;

/** A switch. */
export const DS2405 = `
  PIO y rw 1 s
  sensed y ro 1 v
`;

/** A switch of two lines, with memory. */
export const DS2406 = `
  PIO y[2A] rw 1 s
  T8A/volt f[8] ro 12 v structure
  TAI8570/DA5534/pressure p ro 12 v
  TAI8570/DA5534/temperature t ro 12 v
  TAI8570/DA5540/pressure p ro 12 v
  TAI8570/DA5540/temperature t ro 12 v
  TAI8570/pressure p ro 12 v
  TAI8570/sibling a ro 16 s
  TAI8570/temperature t ro 12 v
  aux D oo 8 v
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

/** A switch of eight lines. */
export const DS2408 = `
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

/** A switch of two lines. */
export const DS2413 = `
  ${TWO_PINS}
  piostate u rw 12 v nowhere
`;

/** Memory with counters; `counters` is how owserver called them once. */
export const DS2423 = `
  counter u[2A] ro 12 v
  counters u[2A] ro 12 v nowhere
  memory b rw 512 v
  mincount u rw 12 v
  pages/count u[16] ro 12 v
  pages/page b[16] rw 32 v
`;

/** A battery monitor, also behind humidity and light sensors. */
export const DS2438 = `
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
