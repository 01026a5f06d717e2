/**
 * Splits the comma-separated answer of DIRALL, DIRALLSLASH and GET into its paths, `most` of them at most.
 *
 * An alias may hold a comma but never a slash (owlib/src/c/ow_alias.c refuses it), and every entry
 * starts with one: so only a comma before a slash parts two entries.
 */
export function splitListing(text: Buffer, most = Infinity): Buffer[] {
  const entries: Buffer[] = [];
  let start = 0;
  for (let comma = text.indexOf(',/'); comma !== -1; comma = text.indexOf(',/', comma + 1)) {
    entries.push(text.subarray(start, comma));
    start = comma + 1;
    if (entries.length >= most) return entries;
  }
  if (start < text.length) entries.push(text.subarray(start));
  return entries;
}

/** The answer of DIRALL for these paths, without the closing NUL. */
export function joinListing(entries: readonly Buffer[]): Buffer {
  const comma = Buffer.from(',');
  return Buffer.concat(entries.flatMap((entry, index) => (index === 0 ? [entry] : [comma, entry])));
}
