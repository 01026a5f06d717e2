import type { DeviceFormat } from '../protocol/index.js';

/** The address of a device without its checksum; hex digits are upper-case. */
export interface DeviceId {
  /** Two digits. */
  family: string;
  /** Twelve digits. */
  id: string;
}

/** `f.i fi f.i.c f.ic fi.c fic`; owlib/src/c/ow_parse_sn.c, `Parse_SerialNumber`. */
const WRITTEN_ID = /^([0-9A-F]{2})\.?([0-9A-F]{12})(?:\.?([0-9A-F]{2}))?$/i;

/** Whether owserver takes this path element for a device id, even one with a wrong checksum. */
export function looksLikeDeviceId(text: string): boolean {
  return WRITTEN_ID.test(text);
}

/** The id that a path element spells in any of owserver's formats; a checksum must be right. */
export function parseDeviceId(text: string): DeviceId | undefined {
  const [, family, id, checksum] = WRITTEN_ID.exec(text.toUpperCase()) ?? [];
  if (family === undefined || id === undefined) return undefined;
  const device = { family, id };
  return checksum === undefined || checksum === checksumOf(device) ? device : undefined;
}

/** `28-0000034a5a5d`: family and id as the Linux kernel names a device (drivers/w1/w1.c). */
const KERNEL_ID = /^([0-9A-F]{2})-([0-9A-F]{12})$/i;

/**
 * The id that a path element spells as the Linux kernel does. To it the id is one number, which it
 * reads with the byte that comes last on the wire first (include/linux/w1.h, `struct w1_reg_num`);
 * owserver prints the bytes in the order of the wire.
 */
export function parseKernelId(text: string): DeviceId | undefined {
  const [, family, number] = KERNEL_ID.exec(text.toUpperCase()) ?? [];
  if (family === undefined || number === undefined) return undefined;
  return { family, id: reversed(number) };
}

/** Spells an id as the Linux kernel does. */
export function formatKernelId({ family, id }: DeviceId): string {
  return `${family}-${reversed(id)}`.toLowerCase();
}

/** Spells an id as owserver lists it: `f` family, `i` the twelve digits, `c` the checksum. */
export function formatDeviceId(device: DeviceId, format: DeviceFormat): string {
  const parts: Record<string, string> = { f: device.family, i: device.id, c: checksumOf(device) };
  return format.replace(/[fic]/g, (letter) => parts[letter] ?? letter);
}

/**
 * The id in the eight bytes that PRESENCE answers: family, the id in the order of its digits,
 * checksum (owserver/src/c/presence.c). Directories that are no device answer all zeros.
 */
export function fromSerial(bytes: Buffer): DeviceId | undefined {
  return bytes.length === 8 && bytes.some((byte) => byte !== 0)
    ? parseDeviceId(bytes.toString('hex'))
    : undefined;
}

/** Checksum of 1-Wire addresses: CRC8 of Dallas/Maxim, x^8 + x^5 + x^4 + 1, bits reflected. */
export function crc8(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}

function reversed(digits: string): string {
  return Buffer.from(digits, 'hex').reverse().toString('hex').toUpperCase();
}

function checksumOf({ family, id }: DeviceId): string {
  return crc8(Buffer.from(family + id, 'hex'))
    .toString(16)
    .toUpperCase()
    .padStart(2, '0');
}
