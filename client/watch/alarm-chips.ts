import type { Device } from '../knowledge/device.js';

/** A device in alarm. */
export interface DeviceInAlarm extends Device {
  /**
   * Of a DS2406 or DS2408: the numbers of the channels whose latch is set, from 0 (PIO.A is 0). With
   * `latch: 'reset'` those with an edge that was not reported yet; none when only a level is another than was told.
   * Missing when the chip could not be read.
   */
  readonly channels?: readonly number[];
  /** Of these chips: the levels of the channels, as `sensed.ALL`. */
  readonly state?: readonly boolean[];
}

/** A kind of switch that takes part in the alarm search, and how its `set_alarm` is written. */
export interface AlarmChip {
  readonly channels: number;
  /** The `set_alarm` by which it answers when any latch is set. */
  readonly anyLatch: number;
  /** The `set_alarm` that it has from power-on: nobody chose that. */
  readonly fromPowerOn: number;
  /** Has it a flag `por`, by which it answers every alarm search since its power came on? */
  readonly flagsPowerOn: boolean;
  /** Does it answer with this `set_alarm` at all? */
  readonly answers: (setAlarm: number) => boolean;
  /** Does it answer when a latch is set, of any channel that is selected? */
  readonly goesByLatch: (setAlarm: number) => boolean;
}

/**
 * Three digits: channels (1 A, 2 B, 3 both), source (1 latch, 2 PIO, 3 sensed), level;
 * owlib/src/c/ow_2406.c, `FS_w_s_alarm`, and src/man/man3/DS2406.man. Fresh from power-on it is 331, so that
 * the chip answers while a pin is high (data sheet, Conditional Search).
 */
const DS2406: AlarmChip = {
  channels: 2,
  anyLatch: 311,
  fromPowerOn: 331,
  flagsPowerOn: false,
  answers: (setAlarm) => (digitOf(setAlarm, 2) & 3) !== 0 && (digitOf(setAlarm, 1) & 3) !== 0,
  goesByLatch: (setAlarm) =>
    (digitOf(setAlarm, 2) & 3) !== 0 && (digitOf(setAlarm, 1) & 3) === 1 && setAlarm % 2 === 1,
};

const CHANNELS_OF_8 = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * Nine digits: source and logic (0 pins or, 1 latches or, 2 pins and, 3 latches and), then one for each
 * channel from 7 to 0: 2 selected when low, 3 selected when high; owlib/src/c/ow_2408.c, `FS_w_s_alarm`,
 * and src/man/man3/DS2408.man.
 */
const DS2408: AlarmChip = {
  channels: 8,
  anyLatch: 133_333_333,
  fromPowerOn: 0,
  flagsPowerOn: true,
  answers: (setAlarm) => CHANNELS_OF_8.some((channel) => (digitOf(setAlarm, channel) & 2) !== 0),
  goesByLatch: (setAlarm) =>
    (digitOf(setAlarm, 8) & 3) === 1 &&
    CHANNELS_OF_8.some((channel) => (digitOf(setAlarm, channel) & 3) === 3),
};

const CHIPS: Readonly<Record<string, AlarmChip>> = { '12': DS2406, '29': DS2408 };

/** What takes part by a setting of its own; nothing for other families. */
export function alarmChipOf({ family }: Device): AlarmChip | undefined {
  return CHIPS[family];
}

/** The DS2413, a switch that no alarm search finds (owlib/src/c/ow_2413.c has no `DEV_alarm`). */
export const SILENT_SWITCH = '3A';

/** Others that no alarm search finds: keys, counters, couplers, battery monitors, addresses of adapters. */
const SILENT: readonly string[] = [SILENT_SWITCH, '01', '1D', '1F', '26', '81'];

/** Can an alarm search find it, as far as is known of its family? */
export function canAlarm({ family }: Device): boolean {
  return !SILENT.includes(family);
}

/** The numbers of the bits that are set. */
export function bitsOf(mask: number, channels: number): number[] {
  return Array.from({ length: channels }, (_, channel) => channel).filter(
    (channel) => ((mask >> channel) & 1) === 1,
  );
}

/** The levels of so many channels. */
export function levelsOf(mask: number, channels: number): boolean[] {
  return Array.from({ length: channels }, (_, channel) => ((mask >> channel) & 1) === 1);
}

/** A digit of a decimal number, 0 being the last one. */
function digitOf(number: number, place: number): number {
  return Math.floor(number / 10 ** place) % 10;
}
