import { resolve } from 'node:path';

/** The checkout. */
export const ROOT = resolve(__dirname, '..');

/** Connections of owserver-config, its default, and of the bare loop. */
export const CONNECTIONS = 4;

/** Bytes that a reading asks owserver for, as the client does. */
export const READ_SIZE = 65_536;

/** Readings under way at a time, for the busy case: each has a sensor of its own. */
export const SENSORS = 32;

/** Time before a count starts, in milliseconds: connections open, code gets hot. */
export const RAMP_MS = 400;
