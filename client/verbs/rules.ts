/** The options of each call, and what each can be: the types say the same to who has TypeScript. */
import {
  DEVICE_FORMATS,
  MessageType,
  PRESSURE_SCALES,
  TEMPERATURE_SCALES,
  type RequestFlags,
} from '../protocol/index.js';
import { FUNCTION, mustBe, Rules, SIGNAL, SWITCH, TIME, type Rule } from '../rules.js';
import type {
  AlarmOptions,
  CallOptions,
  DevicesOptions,
  DirOptions,
  ListOptions,
  RawMessage,
} from './options.js';
import type { ReadOptions } from './reader.js';
import type { WriteOptions } from './writer.js';

/** The rule of each option of a call. */
type RulesOf<Options> = Readonly<Record<keyof Options, Rule>>;

/** Most bytes that owserver reads at once; ow_message.h. */
const MOST_BYTES = 100_050;

/** Largest number of a word of a message. */
const MOST_WORD = 0x7fff_ffff;

const CALL: RulesOf<CallOptions> = { signal: SIGNAL, timeoutMs: TIME, onWait: FUNCTION };

const LIST: RulesOf<ListOptions> = {
  ...CALL,
  source: { choices: ['cached', 'uncached'] },
  busReturn: SWITCH,
};

export const FAMILY: Rule = {
  wanted: { id: 'wanted.family' },
  fits: (value) => typeof value === 'string' && /^[0-9a-f]{2}$/i.test(value),
};

/** Of calls that need no more. */
export const CALL_RULES = new Rules<keyof CallOptions>(CALL);

/** Of reads, also of those that a watch makes. */
export const READ_OPTION_RULES: RulesOf<ReadOptions> = {
  ...CALL,
  source: { choices: ['cached', 'uncached', 'convert'] },
  value: { choices: ['auto', 'text', 'buffer'] },
  offset: { from: 0, to: MOST_BYTES },
  size: { from: 1, to: MOST_BYTES },
  powerOn: { choices: ['reread', 'pass', 'error'] },
};

export const READ_RULES = new Rules<keyof ReadOptions>(READ_OPTION_RULES);

/** How far a write may begin depends on the property. */
export const WRITE_RULES = new Rules<keyof WriteOptions>({
  ...CALL,
  offset: { from: 0, to: Number.MAX_SAFE_INTEGER },
});

export const LIST_RULES = new Rules<keyof ListOptions>(LIST);

export const DIR_RULES = new Rules<keyof DirOptions>({ ...LIST, depth: { from: 1, to: 10 } });

export const DEVICES_RULES = new Rules<keyof DevicesOptions>({ ...LIST, family: FAMILY });

export const ALARM_RULES = new Rules<keyof AlarmOptions>({ ...CALL, family: FAMILY });

const FLAG_RULES = new Rules<keyof RequestFlags>({
  temperatureScale: { choices: TEMPERATURE_SCALES },
  pressureScale: { choices: PRESSURE_SCALES },
  deviceFormat: { choices: DEVICE_FORMATS },
  busReturn: SWITCH,
  persistent: SWITCH,
  alias: SWITCH,
  safeMode: SWITCH,
  uncached: SWITCH,
  trim: SWITCH,
  ownet: SWITCH,
});

/** What is looked at elsewhere. */
const ANYTHING: Rule = { wanted: { id: 'wanted.object' }, fits: () => true };

const TYPE: Rule = { choices: Object.keys(MessageType) };

const FLAGS_WORD: Rule = { from: -0x8000_0000, to: MOST_WORD };

const MESSAGE_RULES = new Rules<keyof RawMessage>({
  type: TYPE,
  path: ANYTHING,
  flags: ANYTHING,
  size: { from: 0, to: MOST_WORD },
  offset: { from: 0, to: MOST_WORD },
  data: { wanted: { id: 'wanted.buffer' }, fits: (value) => Buffer.isBuffer(value) },
});

/** Checks a message of somebody else's making. @throws OwError EOW_VALUE */
export function checkMessage(message: RawMessage): void {
  MESSAGE_RULES.check(message, 'message');
  const { type, flags } = message;
  mustBe(TYPE, 'type', type);
  if (typeof flags === 'number') mustBe(FLAGS_WORD, 'flags', flags);
  else if (flags !== undefined) FLAG_RULES.check(flags, 'flags');
}
