import type { Calls } from './calls.js';
import type { Parts } from './wiring.js';
import { readSeveral } from './verbs/read-several.js';
import { READ_RULES } from './verbs/rules.js';
import type { ReadOptions } from './verbs/reader.js';
import type { OpenWatch, ReadingsWatchOptions, WatchOptions } from './watch/options.js';
import { ReadingsObserver, type ReadingsLook, type ReadsForLook } from './watch/readings.js';
import { READINGS_RULES } from './watch/rules.js';
import type { Watch, WatchListener } from './watch/watch.js';
import { Watching } from './watch/watching.js';

/** The watches of a client: what each looks at, and by which of the verbs. */
export class Watches {
  readonly #calls: Calls;
  readonly #parts: Parts;
  readonly #watching = new Watching();

  constructor(calls: Calls, parts: Parts) {
    this.#calls = calls;
    this.#parts = parts;
  }

  /** @throws OwError EOW_VALUE for options that are wrong. */
  open: OpenWatch = (options: WatchOptions, listener?: WatchListener<never>) =>
    this.#readings(options, listener as WatchListener<ReadingsLook> | undefined);

  close(): void {
    this.#watching.close();
  }

  #readings(
    options: ReadingsWatchOptions,
    listener?: WatchListener<ReadingsLook>,
  ): Watch<ReadingsLook> {
    READINGS_RULES.check(options);
    const observer = new ReadingsObserver(this.#readsFor(options), options);
    return this.#watching.open({ observer, where: options.read, times: options, listener });
  }

  #readsFor(options: ReadingsWatchOptions): ReadsForLook {
    const calls = this.#calls;
    const parts = this.#parts;
    const how = howToRead(options);
    return {
      one: (path, call) =>
        calls.run(READ_RULES, call, path, (patience) =>
          parts.lost.guard(path, patience, () => parts.reader.read(path, how, patience)),
        ),
      all: (paths, call, expects) =>
        calls.run(READ_RULES, call, undefined, (patience) =>
          readSeveral(parts, paths, how, patience, expects),
        ),
      onFound: (listener) => parts.lost.onFound(listener),
    };
  }
}

function howToRead(options: ReadingsWatchOptions): ReadOptions {
  const { source = 'cached', value = 'auto', offset = 0, powerOn = 'reread', size } = options;
  return { source, value, offset, powerOn, ...(size !== undefined && { size }) };
}
