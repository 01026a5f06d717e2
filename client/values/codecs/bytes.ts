/** A copy of the bytes of a Buffer, a Uint8Array, or a Buffer that went through JSON; nothing for all else. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return isJsonBuffer(value) ? byteList(value.data) : undefined;
}

/** The bytes of an array of numbers from 0 to 255; nothing for all else. */
export function byteList(value: unknown): Buffer | undefined {
  return Array.isArray(value) && Array.from(value).every(isByte) ? Buffer.from(value) : undefined;
}

/** The bytes of a text such as `0x00FF`; nothing for all else. */
export function hexBytes(value: unknown): Buffer | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const digits = /^0x((?:[0-9a-f]{2})*)$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Buffer.from(digits, 'hex');
}

/** Has it the form that `JSON.stringify` gives a Buffer? */
export function isJsonBuffer(value: unknown): value is { type: 'Buffer'; data: unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value &&
    Array.isArray(value.data)
  );
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}
