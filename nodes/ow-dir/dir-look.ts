import type { AlarmsLook, DevicesLook, EntriesLook, PresenceLook } from '../../client/index.js';

/** What an ow-dir node sees, by what it lists. */
export type DirLook = DevicesLook | EntriesLook | AlarmsLook | PresenceLook;
