import { Kept } from '../transport/kept.js';
import type { DeviceInAlarm } from './alarm-chips.js';
import type { Examination, Examined } from './alarmed-chips.js';
import { isFailure, type Part } from './by-bus.js';

/** What is new in a list of alarms. */
export interface AlarmChanges {
  /** New in alarm, or with new edges. */
  readonly fresh: readonly DeviceInAlarm[];
  /** In alarm no more. */
  readonly ended: readonly DeviceInAlarm[];
  /** Is anything else than the last time? */
  readonly differs: boolean;
  /** Was nothing of this listed before? */
  readonly first: boolean;
}

/** Most places that are remembered: messages may name ever new ones. */
const MOST_PLACES = 1_000;

/** Tells what is new in alarm, and what is no more, from one list to the next. */
export class AlarmLedger {
  readonly #resets: boolean;
  readonly #places = new Kept<string, ReadonlyMap<string, Examined>>({ limit: MOST_PLACES });

  /** @param resets whether latches are cleared once they were reported */
  constructor(resets: boolean) {
    this.#resets = resets;
  }

  /** Takes the lists of one look. A place that could not be listed says nothing of its devices. */
  see(parts: readonly Part[], { found, owed }: Examination): AlarmChanges {
    const fresh = new Map<string, DeviceInAlarm>();
    const ended: DeviceInAlarm[] = [];
    const seen = new Set<string>();
    let first = false;
    let differs = false;
    for (const { place, listed } of parts) {
      if (isFailure(listed) || seen.has(place)) continue;
      seen.add(place);
      const last = this.#places.last(place);
      first ||= last === undefined;
      const now = new Map<string, Examined>();
      for (const { path } of listed) {
        const examined = found.get(path);
        if (!examined) continue;
        const before = last?.get(path);
        if (this.#isFresh(examined, before)) fresh.set(path, examined.device);
        differs ||= this.#differs(examined, before);
        // One that could not be read is what it was.
        const kept = examined.failed ? before : examined;
        if (kept) now.set(path, kept);
      }
      const left = [...(last ?? [])].filter(([path]) => !listed.some((each) => each.path === path));
      ended.push(...left.filter(([, each]) => this.#ends(each)).map(([, { device }]) => device));
      this.#places.set(place, now);
    }
    for (const device of [...owed.values()].flat()) fresh.set(device.path, device);
    differs ||= fresh.size + ended.length > 0;
    return { fresh: [...fresh.values()], ended, differs, first };
  }

  #isFresh({ hasNews, latched, cameUp, failed, device }: Examined, before?: Examined): boolean {
    if (failed) return false;
    if (hasNews && this.#resets) return true;
    const isNew = before === undefined || before.cameUp;
    if (cameUp) return false;
    if (isNew) return !(latched && this.#resets);
    if (this.#resets) return false;
    const known = before.device.channels ?? [];
    return (device.channels ?? []).some((channel) => !known.includes(channel));
  }

  /** Where latches stay as they are a channel that is cleared, or a level that changes, is news as well. */
  #differs({ device, failed }: Examined, before?: Examined): boolean {
    if (this.#resets || failed || !before) return false;
    return told(device) !== told(before.device);
  }

  /** Of one that was in alarm by its latches the end is that they were cleared. */
  #ends({ latched, cameUp }: Examined): boolean {
    return !cameUp && !(latched && this.#resets);
  }
}

function told({ channels, state }: DeviceInAlarm): string {
  return JSON.stringify([channels, state]);
}
