/**
 * Beginnings, in any case of letters, that owserver takes for one of its directories
 * (owlib/src/c/ow_parsename.c, `regex_init`): so `/settingsX` is taken for one too.
 */
const SKIPPED = /^(uncached|unaliased|text|json|alarm?)/i;
const RESERVED = /^(settings|statistics|system|structure|interface|simultaneous|thermostat)/i;
/** A directory of one bus. */
export const BUS = /^bus\.(\d+)/i;

/** Does this element name a branch of a coupler? */
export function isBranch(element: string): boolean {
  return /^(main|aux)$/i.test(element);
}

/** Does owserver take this element for a way of looking, with devices behind it, such as `uncached`? */
export function isPrefix(element: string): boolean {
  return SKIPPED.test(element);
}

/** Does owserver take this element for a directory that holds no devices? */
export function isReserved(element: string): boolean {
  return RESERVED.test(element);
}

/** The beginning of a name for which owserver looks elsewhere than in its list of aliases. */
export function reservedBeginning(name: string): string | undefined {
  return (SKIPPED.exec(name) ?? RESERVED.exec(name) ?? /^bus\./i.exec(name))?.[0];
}

/** Whether owserver takes this name for one of its directories although it is the name of none. */
export function hidesAlias(name: string): boolean {
  const word = reservedBeginning(name);
  return word !== undefined && word.length < name.length && !/^bus\.\d+$/i.test(name);
}
