import type { Look, Observer } from './look.js';
import { Timetable } from './timetable.js';
import { Watch, type WatchedWhere, type WatchListener, type WatchTimes } from './watch.js';

/** What is to be watched. */
interface Subject<L extends Look> {
  readonly observer: Observer<L>;
  readonly where: WatchedWhere;
  readonly times: WatchTimes;
  readonly listener?: WatchListener<L> | undefined;
}

/** All watches of a client: one timetable decides when each of them looks. */
export class Watching {
  readonly #timetable = new Timetable();
  readonly #watches = new Map<object, () => void>();
  #isClosed = false;

  open<L extends Look>({ observer, where, times, listener }: Subject<L>): Watch<L> {
    const watch = new Watch({
      timetable: this.#timetable,
      observer,
      where,
      times,
      listener,
      onClose: (closed) => void this.#watches.delete(closed),
    });
    if (this.#isClosed) watch.close();
    if (watch.closed) return watch;
    this.#watches.set(watch, () => watch.close());
    if (listener) watch.start();
    return watch;
  }

  /** The client is closed. */
  close(): void {
    this.#isClosed = true;
    for (const close of [...this.#watches.values()]) close();
  }
}
