/** What the options of a watch can be: the types say the same to who has TypeScript. */
import { FUNCTION, SIGNAL, SWITCH, TIME, Rules, type Rule } from '../rules.js';
import { FAMILY, READ_OPTION_RULES } from '../verbs/rules.js';
import type {
  AlarmWatchOptions,
  DevicesWatchOptions,
  EntriesWatchOptions,
  PresentWatchOptions,
  ReadingsWatchOptions,
} from './options.js';
import type { WatchTimes } from './watch.js';

/** Most that a repeat may be apart: what a timer of Node.js can hold. */
const MOST_MS = 2_147_483_647;

/** Least: owserver takes tens of milliseconds for the least that it does on a bus. */
const LEAST_MS = 100;

/** Looked at for each look, as the paths of any call. */
export const WHERE: Rule = {
  wanted: { id: 'wanted.paths' },
  fits: (value) => typeof value === 'string' || typeof value === 'function' || Array.isArray(value),
};

const NUMBER: Rule = {
  wanted: { id: 'wanted.number' },
  fits: (value) => Number.isFinite(value),
};

const ABOVE_ZERO: Rule = {
  wanted: { id: 'wanted.numberAbove', params: { min: 0 } },
  fits: (value) => Number.isFinite(value) && Number(value) > 0,
};

/** Of every watch. */
export const TIMES: Readonly<Record<keyof WatchTimes, Rule>> = {
  signal: SIGNAL,
  timeoutMs: TIME,
  onWait: FUNCTION,
  everyMs: { from: LEAST_MS, to: MOST_MS },
  once: SWITCH,
  all: SWITCH,
  onError: FUNCTION,
};

export const READINGS_RULES = new Rules<keyof ReadingsWatchOptions>({
  ...READ_OPTION_RULES,
  ...TIMES,
  read: WHERE,
  emit: { choices: ['always', 'change', 'deadband'] },
  deadband: ABOVE_ZERO,
  decimals: { from: 0, to: 6 },
  rangeMin: NUMBER,
  rangeMax: NUMBER,
  maxStep: ABOVE_ZERO,
  implausible: { choices: ['error', 'flag'] },
  missing: { choices: ['report', 'ignore'] },
});

const EMIT: Rule = { choices: ['always', 'change'] };

const SOURCE: Rule = { choices: ['cached', 'uncached'] };

/** Looks in a row that something must be missing from. */
const MISSES: Rule = { from: 1, to: 100 };

export const DEVICES_WATCH_RULES = new Rules<keyof DevicesWatchOptions>({
  ...TIMES,
  devices: WHERE,
  emit: EMIT,
  family: FAMILY,
  source: SOURCE,
  misses: MISSES,
});

export const ENTRIES_WATCH_RULES = new Rules<keyof EntriesWatchOptions>({
  ...TIMES,
  entries: WHERE,
  emit: EMIT,
  depth: { from: 1, to: 10 },
  source: SOURCE,
});

export const ALARM_WATCH_RULES = new Rules<keyof AlarmWatchOptions>({
  ...TIMES,
  alarm: WHERE,
  emit: EMIT,
  family: FAMILY,
  latch: { choices: ['keep', 'reset'] },
  arm: SWITCH,
  check: SWITCH,
});

export const PRESENT_WATCH_RULES = new Rules<keyof PresentWatchOptions>({
  ...TIMES,
  present: WHERE,
  emit: EMIT,
  misses: MISSES,
});
