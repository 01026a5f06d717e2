import type { Property } from '../properties/property.js';
import { asNumber, type Value } from '../properties/value.js';
import { Refusal, Ret } from '../refusal.js';
import type { Store } from './chip.js';

/** What an alarm search looks at; bit n is channel n. */
export interface Channels {
  readonly latches: number;
  /** Levels of the pins. */
  readonly sensed: number;
  /** Outputs that conduct. */
  readonly outputs: number;
}

/** What a switch was told to be in alarm for: `set_alarm` and what belongs to it. */
export interface AlarmSetting {
  read(property: Property, now: number): Value | undefined;
  /** false for a property that is none of its own. @throws Refusal for what the chip does not take */
  write(property: Property, value: Value, now: number): boolean;
  /** Its supply came up. */
  powerOn(): void;
  isFulfilled(channels: Channels, now: number): boolean;
}

/** The setting of a chip that has these properties; undefined: it is never in alarm. */
export function alarmSettingOf(
  has: (name: string) => Property | undefined,
  store: Store,
): AlarmSetting | undefined {
  if (!has('set_alarm')) return undefined;
  return has('por') ? new EightChannels(store) : new TwoChannels(store);
}

/** What a DS2406 has after a power-on: A or B, the pin, high. */
const TWO_POWER_ON = 331;

/**
 * Of a DS2406: three digits, channels (1 A, 2 B, 3 both), source (1 latch, 2 output, 3 pin) and level;
 * owlib/src/c/ow_2406.c, `FS_w_s_alarm`, and the table of the data sheet.
 */
class TwoChannels implements AlarmSetting {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read({ name }: Property, now: number): Value | undefined {
    return name === 'set_alarm' ? this.#setting(now) : undefined;
  }

  write({ name }: Property, value: Value): boolean {
    if (name !== 'set_alarm') return false;
    this.#store.set(name, asNumber(value));
    return true;
  }

  powerOn(): void {
    this.#store.set('set_alarm', TWO_POWER_ON);
  }

  /** Of no channel it is in alarm whenever the level is 0, of no source never. */
  isFulfilled({ latches, outputs, sensed }: Channels, now: number): boolean {
    const setting = this.#setting(now);
    const [channels, source] = [digitOf(setting, 2), digitOf(setting, 1)];
    const isHigh = digitOf(setting, 0) === 1;
    if (source === 0) return false;
    if (channels === 0) return !isHigh;
    const bits = [0, latches, ~outputs, sensed][source] ?? 0;
    return ((isHigh ? bits : ~bits) & channels) !== 0;
  }

  /** As the chip holds it: two bits of a digit, one of the last. */
  #setting(now: number): number {
    const setting = this.#store.number('set_alarm', now, TWO_POWER_ON);
    return digitOf(setting, 2) * 100 + digitOf(setting, 1) * 10 + (digitOf(setting, 0) & 1);
  }
}

const CHANNELS = 8;

/**
 * Of a DS2408: nine digits. The first is 0 for pins, 1 for latches, 2 and 3 when all instead of any
 * channel have to be so; then 2 for low, 3 for high a channel, the last first. Until `por` is cleared
 * the chip is in alarm whatever it was told; owlib/src/c/ow_2408.c, `FS_w_s_alarm` and `FS_w_por`.
 */
class EightChannels implements AlarmSetting {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read({ name }: Property, now: number): Value | undefined {
    if (name === 'por') return Number(this.#isFresh(now));
    return name === 'set_alarm' ? this.#setting(now) : undefined;
  }

  write({ name }: Property, value: Value, now: number): boolean {
    const wanted = asNumber(value);
    // The chip can only clear it, and owserver looks what became of what it wrote.
    if (name === 'por' && wanted !== 0 && !this.#isFresh(now)) throw new Refusal(Ret.invalid);
    if (name !== 'set_alarm' && name !== 'por') return false;
    this.#store.set(name, wanted);
    return true;
  }

  powerOn(): void {
    this.#store.set('set_alarm', 0);
    this.#store.set('por', 1);
    this.#store.set('strobe', 0);
  }

  isFulfilled({ latches, sensed }: Channels, now: number): boolean {
    if (this.#isFresh(now)) return true;
    const setting = this.#setting(now);
    const source = digitOf(setting, CHANNELS);
    const bits = source & 1 ? latches : sensed;
    const hits: boolean[] = [];
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const digit = digitOf(setting, channel);
      if (digit & 2) hits.push(((bits >> channel) & 1) === (digit & 1));
    }
    return hits.length > 0 && (source & 2 ? hits.every(Boolean) : hits.some(Boolean));
  }

  #isFresh(now: number): boolean {
    return this.#store.number('por', now, 1) !== 0;
  }

  /** As the chip holds it: two bits of a digit. */
  #setting(now: number): number {
    const setting = this.#store.number('set_alarm', now, 0);
    let held = 0;
    for (let place = CHANNELS; place >= 0; place -= 1) held = held * 10 + digitOf(setting, place);
    return held;
  }
}

/** The low two bits of a decimal digit, as a signed one in C has them; place 0 is the last one. */
function digitOf(setting: number, place: number): number {
  return ((Math.floor(setting / 10 ** place) | 0) % 10) & 3;
}
