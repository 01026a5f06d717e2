import type { CallOptions } from '../verbs/options.js';
import type { ReadOptions } from '../verbs/reader.js';
import type { AlarmsLook, AlarmsObserverOptions } from './alarms.js';
import type { DevicesLook, DevicesObserverOptions } from './devices.js';
import type { EntriesLook, EntriesObserverOptions } from './entries.js';
import type { PresenceLook, PresenceObserverOptions } from './presence.js';
import type { ReadingsLook, ReadingsObserverOptions } from './readings.js';
import type { Watch, WatchedWhere, WatchListener, WatchTimes } from './watch.js';

/** What readings are watched, how they are read, and which of them are told. */
export interface ReadingsWatchOptions
  extends WatchTimes, Omit<ReadOptions, keyof CallOptions>, ReadingsObserverOptions {
  /** A path, which may have a `*`, or a list of them; or a function that gives them, asked for each look. */
  readonly read: WatchedWhere;
}

/** Of which directories the devices are watched, and which looks at them are told. */
export interface DevicesWatchOptions extends WatchTimes, DevicesObserverOptions {
  /** Directories: `/`, `/bus.0`, a branch of a coupler. */
  readonly devices: WatchedWhere;
}

/** Of which directories the paths are watched, and which looks at them are told. */
export interface EntriesWatchOptions extends WatchTimes, EntriesObserverOptions {
  readonly entries: WatchedWhere;
}

/** Where alarms are watched, what becomes of latches, and which looks are told. */
export interface AlarmWatchOptions extends WatchTimes, AlarmsObserverOptions {
  /** `/` for all buses, or `/bus.0`. */
  readonly alarm: WatchedWhere;
}

/** What is watched for whether it is there, and which looks are told. */
export interface PresentWatchOptions extends WatchTimes, PresenceObserverOptions {
  readonly present: WatchedWhere;
}

/** What is watched: it follows from which of the paths is there. */
export type WatchOptions =
  | ReadingsWatchOptions
  | DevicesWatchOptions
  | EntriesWatchOptions
  | AlarmWatchOptions
  | PresentWatchOptions;

/** Opens a watch; what it sees follows from what is watched. */
export interface OpenWatch {
  (options: ReadingsWatchOptions, listener?: WatchListener<ReadingsLook>): Watch<ReadingsLook>;
  (options: DevicesWatchOptions, listener?: WatchListener<DevicesLook>): Watch<DevicesLook>;
  (options: EntriesWatchOptions, listener?: WatchListener<EntriesLook>): Watch<EntriesLook>;
  (options: AlarmWatchOptions, listener?: WatchListener<AlarmsLook>): Watch<AlarmsLook>;
  (options: PresentWatchOptions, listener?: WatchListener<PresenceLook>): Watch<PresenceLook>;
}
