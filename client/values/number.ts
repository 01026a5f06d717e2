/** One way to match each text: with two a long row of digits would be tried in all ways. */
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The finite number that a text spells in decimal: no hex, no comma, nothing behind it. */
export function parseDecimal(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number + 0 : undefined;
}

/** Whether a text is C's way to print what is no finite number. */
export function spellsNonFinite(text: string): boolean {
  return /^[+-]?(nan(\(.*\))?|inf(inity)?)$/i.test(text);
}
