import type { Calls } from './calls.js';
import type { Parts } from './wiring.js';
import { readSeveral } from './verbs/read-several.js';
import { READ_RULES } from './verbs/rules.js';
import type { Reading, ReadOptions } from './verbs/reader.js';
import { mustBe, type Rules } from './rules.js';
import { alarmsObserver } from './watch/alarms.js';
import { devicesObserver } from './watch/devices.js';
import { entriesObserver } from './watch/entries.js';
import { presenceObserver } from './watch/presence.js';
import type { OpenWatch, ReadingsWatchOptions, WatchOptions } from './watch/options.js';
import { ReadingsObserver, type ReadsForLook } from './watch/readings.js';
import * as rules from './watch/rules.js';
import type { Look, Observer } from './watch/look.js';
import type { Watch, WatchedWhere, WatchListener } from './watch/watch.js';
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
  readonly open = ((options: WatchOptions, listener?: WatchListener<never>): object =>
    this.#open(options, listener)) as OpenWatch;

  close(): void {
    this.#watching.close();
  }

  /** What it is follows from where it looks. */
  #open(options: WatchOptions, listener: WatchListener<never> | undefined): object {
    const parts = this.#parts;
    const watch = <L extends Look>(
      allowed: Rules<string>,
      where: WatchedWhere,
      observer: () => Observer<L>,
    ): Watch<L> => {
      allowed.check(options);
      const heard = listener as WatchListener<L> | undefined;
      return this.#watching.open({ observer: observer(), where, times: options, listener: heard });
    };
    if (says(options, 'devices'))
      return watch(rules.DEVICES_WATCH_RULES, options.devices, () =>
        devicesObserver(parts, options),
      );
    if (says(options, 'entries'))
      return watch(rules.ENTRIES_WATCH_RULES, options.entries, () =>
        entriesObserver(parts, options),
      );
    if (says(options, 'alarm'))
      return watch(rules.ALARM_WATCH_RULES, options.alarm, () => alarmsObserver(parts, options));
    if (says(options, 'present'))
      return watch(rules.PRESENT_WATCH_RULES, options.present, () =>
        presenceObserver(parts, options),
      );
    return watch(rules.READINGS_RULES, options.read, () => {
      mustBe(rules.WHERE, 'read', options.read);
      return new ReadingsObserver(this.#readsFor(options), options);
    });
  }

  #readsFor(options: ReadingsWatchOptions): ReadsForLook {
    const calls = this.#calls;
    const parts = this.#parts;
    const how = howToRead(options);
    return {
      one: (path, call, asked) =>
        calls.run(READ_RULES, call, path, (patience) => {
          const read = (): Promise<Reading> => parts.reader.read(path, how, patience);
          return asked ? parts.lost.heard(path, read()) : parts.lost.guard(path, patience, read);
        }),
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

/** Do the options say where to look so? They may be no options at all. */
function says<Name extends string, Options>(
  options: Options,
  name: Name,
): options is Extract<Options, Readonly<Record<Name, unknown>>> {
  return typeof options === 'object' && options !== null && name in options;
}
