export { crc8 } from '../../../simulator/serial.js';

/** The checksum of pages: CRC16 (polynomial A001), inverted, low byte first, as it travels. */
export function crc16(bytes: readonly number[]): readonly [number, number] {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return [~crc & 0xff, (~crc >> 8) & 0xff];
}
