import type { DeviceFormat } from '../client/protocol/index.js';

/** The 64 bits that name a device: family, twelve digits of id, checksum; all in upper-case hex. */
export interface Serial {
  family: string;
  id: string;
  crc: string;
  /** Eight bytes as they travel on the bus. */
  bytes: Buffer;
}

const SPELLINGS = /^([0-9a-f]{2})\.?([0-9a-f]{12})(?:\.?([0-9a-f]{2}))?$/i;

/**
 * The serial in an id of any of the six formats; undefined when it is none, or its checksum is
 * wrong.
 */
export function parseSerial(text: string): Serial | undefined {
  const [, family, id, crc] = SPELLINGS.exec(text.toUpperCase()) ?? [];
  if (family === undefined || id === undefined) return undefined;
  const seven = Buffer.from(family + id, 'hex');
  const check = crc8(seven);
  const bytes = Buffer.concat([seven, Buffer.of(check)]);
  const right = hex(Buffer.of(check));
  return crc !== undefined && crc !== right ? undefined : { family, id, crc: right, bytes };
}

/** Maxim's CRC8 (polynomial x8 + x5 + x4 + 1, least significant bit first). */
export function crc8(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}

/** The id as listings write it: `f` family, `i` id, `c` checksum, with the dots of the format. */
export function formatSerial(serial: Serial, format: DeviceFormat): string {
  const parts: Record<string, string> = { f: serial.family, i: serial.id, c: serial.crc };
  return format.replace(/[fic]/g, (letter) => parts[letter] ?? '');
}

/** Bytes as upper-case hex. */
export function hex(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}

/** The bytes of hex digits in reverse order, as `r_address` and its kin show them. */
export function reversedHex(digits: string): string {
  return hex(Buffer.from(digits, 'hex').reverse());
}
