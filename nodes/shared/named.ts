/** What the client tells of a device, as messages carry it: what it is called, by whoever, is its name. */
export type Named<Told extends { readonly alias?: string }> = Omit<Told, 'alias'> & {
  readonly name?: string;
};

/** The same with a name in place of the alias. */
export function named<Told extends { readonly alias?: string }>(told: Told): Named<Told> {
  // Most devices have no alias, and this is done for every value read.
  if (told.alias === undefined) return told;
  const { alias: name, ...rest } = told;
  return { ...rest, name };
}
