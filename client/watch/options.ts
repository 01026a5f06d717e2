import type { CallOptions } from '../verbs/options.js';
import type { ReadOptions } from '../verbs/reader.js';
import type { ReadingsLook, ReadingsObserverOptions } from './readings.js';
import type { Watch, WatchedWhere, WatchListener, WatchTimes } from './watch.js';

/** What readings are watched, how they are read, and which of them are told. */
export interface ReadingsWatchOptions
  extends WatchTimes, Omit<ReadOptions, keyof CallOptions>, ReadingsObserverOptions {
  /** A path, which may have a `*`, or a list of them; or a function that gives them, asked for each look. */
  readonly read: WatchedWhere;
}

/** What is watched: it follows from which of the paths is there. */
export type WatchOptions = ReadingsWatchOptions;

/** Opens a watch; what it sees follows from what is watched. */
export type OpenWatch = (
  options: ReadingsWatchOptions,
  listener?: WatchListener<ReadingsLook>,
) => Watch<ReadingsLook>;
