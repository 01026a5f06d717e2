/**
 * The beginning of a text, so many characters and a mark that there is more. It is a copy: a part of a
 * string keeps the whole of it in memory.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${Buffer.from(text.slice(0, most), 'utf16le').toString('utf16le')}…`;
}
