/** The rows of a dialog that are not always there, by the id of each: do they matter now? */
export type Rows = Readonly<Record<string, boolean>>;
