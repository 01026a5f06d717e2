/** Characters of a name of owserver's own. */
const MOST_SHORT = 100;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * owserver keeps names as the bytes that somebody wrote: UTF-8 as a rule, latin-1 from old clients.
 * Text that is no UTF-8 is read as latin-1, which never fails.
 */
export function decodeText(bytes: Buffer): string {
  if (isShortAscii(bytes)) return bytes.toString('latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** A text that only names or explains something, such as the kind of a chip: no more of it is read, nor kept. */
export function decodeShort(bytes: Buffer, most = MOST_SHORT): string {
  return bytes.toString('latin1', 0, most).trim();
}

/** Most texts are numbers and ids: looking at each of their bytes is quicker than a decoder. */
function isShortAscii(bytes: Buffer): boolean {
  if (bytes.length > 64) return false;
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}
