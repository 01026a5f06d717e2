import { crc8 } from '../serial.js';
import type { SensorKind } from './sensor-kinds.js';

/** What a thermometer holds; temperatures in °C. */
export interface Registers {
  temperature: number;
  high: number;
  low: number;
  bits: number;
  /** Level of the address pins of a DS1825 and its kin. */
  address: number;
  thermocouple: number;
  /** Of a thermocouple: 1 open, 2 short to ground, 4 short to supply. */
  faults: number;
}

const MAXIM = 0x80;
const ADDRESS_PINS = 0x0f;
const DATA_SHEET_LIMITS = { least: -128, most: 127.9375 };

/**
 * The nine bytes that a thermometer sends; data sheets of DS18B20, DS18S20, DS1825, MAX31826,
 * MAX31850.
 */
export function encodeScratchpad(kind: SensorKind, registers: Registers): Buffer {
  const bytes = Buffer.from([0, 0, 0, 0, 0xff, 0xff, 0x0c, 0x10]);
  FILL[kind](bytes, registers);
  return Buffer.concat([bytes, Buffer.of(crc8(bytes))]);
}

type Fill = (bytes: Buffer, registers: Registers) => void;

const FILL: Readonly<Record<SensorKind, Fill>> = {
  DS18B20(bytes, { temperature, bits, address, ...limits }) {
    putSixteenths(bytes, 0, temperature);
    putLimits(bytes, limits);
    bytes[4] = ((bits - 9) << 5) | 0x10 | address;
  },
  DS18S20(bytes, { temperature, ...limits }) {
    const halves = Math.floor(inRange(temperature) + 0.25) * 2;
    bytes.writeInt16LE(halves, 0);
    bytes[6] = Math.round(16 * (halves / 2 + 0.75 - inRange(temperature)));
    putLimits(bytes, limits);
  },
  MAX31826(bytes, { temperature, address }) {
    putSixteenths(bytes, 0, temperature);
    bytes.writeUInt16LE(0xffff, 2);
    bytes[4] = 0xf0 | address;
  },
  MAX31850(bytes, { temperature, thermocouple, faults, address }) {
    const quarters = Math.max(-8192, Math.min(8191, Math.round(thermocouple * 4)));
    bytes.writeInt16LE(quarters * 4 + (faults === 0 ? 0 : 1), 0);
    bytes.writeInt16LE((Math.round(inRange(temperature) * 16) << 4) + faults, 2);
    bytes[4] = 0xf0 | address;
  },
  // It has pages instead: what it measures is read from there.
  DS2438: () => undefined,
};

function putSixteenths(bytes: Buffer, at: number, degrees: number): void {
  bytes.writeInt16LE(Math.round(inRange(degrees) * 16), at);
}

function putLimits(bytes: Buffer, { high, low }: Pick<Registers, 'high' | 'low'>): void {
  bytes.writeInt8(high, 2);
  bytes.writeInt8(low, 3);
}

function inRange(degrees: number): number {
  return Math.max(DATA_SHEET_LIMITS.least, Math.min(DATA_SHEET_LIMITS.most, degrees));
}

/**
 * The temperature that owserver 3.2 reads out of it. Of any chip 3B that is no DS1825 it takes the
 * bytes that only a MAX31850 has, so that a MAX31826 always shows -0.0625; owlib/src/c/ow_1820.c,
 * `OW_22latesttemp`.
 */
export function temperatureIn(bytes: Buffer, family: string): number {
  if (family === '10') return halfDegrees(bytes);
  const config = bytes.readUInt8(4);
  if (family === '3B' && (config & MAXIM) !== 0) return (bytes.readInt16LE(2) & ~0xf) / 256;
  const unused = 3 - ((config >> 5) & 3);
  return ((bytes.readInt16LE(0) >> unused) << unused) / 16;
}

function halfDegrees(bytes: Buffer): number {
  return (bytes.readInt16LE(0) & ~1) / 2 + 0.75 - bytes.readUInt8(6) / bytes.readUInt8(7);
}

/**
 * Sixteen times too small, as in owserver 3.2; undefined: a fault. owlib/src/c/ow_1820.c,
 * `OW_thermocouple`
 */
export function thermocoupleIn(bytes: Buffer): number | undefined {
  const isFaulty = (bytes.readUInt8(0) & 1) !== 0 || (bytes.readUInt8(2) & 7) !== 0;
  return isFaulty ? undefined : (bytes.readInt16LE(0) & ~0xf) / 256;
}

/** Would owserver rather try again than believe it? A DS18S20 holds other bytes after power-on. */
export function isPowerOn(bytes: Buffer): boolean {
  return bytes.readUInt16LE(0) === 0x0550;
}

/** The other properties that are bits of the scratchpad; undefined for any other name. */
export function fieldIn(bytes: Buffer, name: string): number | undefined {
  switch (name) {
    case 'temphigh':
      return bytes.readInt8(2);
    case 'templow':
      return bytes.readInt8(3);
    case 'tempres':
      return 9 + ((bytes.readUInt8(4) >> 5) & 3);
    case 'prog_addr':
      return bytes.readUInt8(4) & ADDRESS_PINS;
    case 'flagfield':
      return bytes.readUInt32LE(0);
    case 'fault':
      return bytes.readUInt8(0) & 1;
    case 'open_circuit':
      return bytes.readUInt8(2) & 1;
    case 'ground_short':
      return (bytes.readUInt8(2) >> 1) & 1;
    case 'vdd_short':
      return (bytes.readUInt8(2) >> 2) & 1;
    default:
      return undefined;
  }
}
