import type { Phrase as AnyPhrase } from './words.js';

/** Every word inside a sentence that is neither a value nor somebody else's text. */
export const PHRASES = {
  'setting.host': 'host',
  'setting.port': 'port',
  'setting.connections': 'connections',
  'setting.persistent': 'persistent',
  'setting.connectTimeoutMs': 'connectTimeoutMs',
  'setting.inactivityTimeoutMs': 'inactivityTimeoutMs',
  'setting.requestTimeoutMs': 'requestTimeoutMs',
  'setting.temperatureScale': 'temperatureScale',
  'setting.pressureScale': 'pressureScale',
  'setting.deviceFormat': 'deviceFormat',
  'setting.readOnly': 'readOnly',
  'setting.maxQueue': 'maxQueue',
  'setting.shrinkAfterMs': 'shrinkAfterMs',
  'setting.pingAfterMs': 'pingAfterMs',
  'setting.reconnectMinMs': 'reconnectMinMs',
  'setting.reconnectMaxMs': 'reconnectMaxMs',
  'setting.family': 'family',
  'setting.source': 'source',
  'setting.offset': 'offset',
  'setting.size': 'size',
  'setting.depth': 'depth',
  'setting.flags': 'flags',
  'setting.type': 'type',
  'setting.value': 'value',
  'setting.results': 'results',
  'setting.por85': 'por85',
  'setting.list': 'list',
  'setting.repeat': 'repeat',
  'setting.once': 'once',
  'setting.emit': 'emit',
  'setting.deadband': 'deadband',
  'setting.decimals': 'decimals',
  'setting.rangeMin': 'rangeMin',
  'setting.rangeMax': 'rangeMax',
  'setting.maxStep': 'maxStep',
  'setting.implausible': 'implausible',
  'setting.missing': 'missing',
  'setting.misses': 'misses',
  'setting.latch': 'latch',
  'setting.arm': 'arm',

  'wanted.host': 'a name or an address',
  'wanted.wholeNumber': 'a whole number from {min} to {max}',
  'wanted.number': 'a number',
  'wanted.numberFrom': 'a number from {min} to {max}',
  'wanted.numberAbove': 'a number above {min}',
  'wanted.choice': 'one of {choices}',
  'wanted.family': 'two hex digits, such as 28',
  'wanted.object': 'an object',
  'wanted.function': 'a function',
  'wanted.signal': 'an AbortSignal',
  'wanted.buffer': 'a Buffer',
  'wanted.paths': 'a path, a list of paths, or a function that gives them',

  'kind.directory': 'directory',
  'kind.wholeNumber': 'whole number',
  'kind.number': 'number',
  'kind.text': 'text',
  'kind.binary': 'binary value',
  'kind.yesNo': 'yes/no value',
  'kind.date': 'date',
  'kind.temperature': 'temperature',
  'kind.temperatureDifference': 'temperature difference',
  'kind.pressure': 'pressure',
  'kind.unknown': 'property of unknown kind',

  'value.bytes': 'a Buffer of {count} bytes',
  'value.elements': 'an array of {count}',
  'value.buffer': 'a Buffer',
  'value.array': 'an array',
  'value.object': 'an object',
  'value.string': 'a string',
  'value.number': 'a number',
  'value.boolean': 'a boolean',
  'value.bigint': 'a bigint',
  'value.function': 'a function',
  'value.symbol': 'a symbol',
  'value.undefined': 'missing',

  'reason.closed': 'closed',
  'asked.nop': 'a sign of life',
  'asked.search': 'the search for servers',

  'answer.ioError': 'input/output error',
  'hint.ioError': 'the bus did not answer; check wiring, power and adapter, and try again.',
  'answer.badAddress': 'bad address',
  'hint.badAddress': 'the value was empty; send 1 or 0.',
  'answer.notDirectory': 'not a directory',
  'hint.notDirectory': 'it is a property; read it instead of listing it.',
  'answer.isDirectory': 'is a directory',
  'hint.isDirectory': 'it is a directory; add the property, for example /temperature.',
  'answer.invalid': 'invalid argument',
  'hint.invalid': 'the value does not fit, or the device did not take part; check both.',
  'answer.noMessage': 'no such message',
  'hint.noMessage': 'this owserver refuses this kind of request; check its switches.',
  'answer.badMessage': 'bad message',
  'hint.badMessage': 'the request was empty; give a path.',
  'answer.tooLong': 'message too long',
  'hint.tooLong': 'path or size is beyond what owserver takes; make it shorter.',
  'answer.notSupported': 'not supported',
  'hint.notSupported': 'this property cannot be read or written that way; look at its access.',
  'answer.busy': 'device busy',
  'hint.busy': 'the device could not be locked; try again.',
  'answer.aborted': 'connection aborted',
  'hint.aborted': 'the bus adapter is disconnected; check its plug and power.',
  'answer.unknown': 'no text',
  'hint.unknown': "look into owserver's log, and try again.",
} as const;

/** Names of the phrases, for translation catalogues: a group and a word in it. */
export type PhraseId = keyof typeof PHRASES;

/** Words of a sentence that are translated with it. */
export type Phrase = AnyPhrase<PhraseId>;

/** The names in a group of phrases. */
type In<Group extends string, Id = PhraseId> = Id extends `${Group}.${infer Name}` ? Name : never;

/** A setting that a sentence can name. */
export type SettingName = In<'setting'>;

/** A return value of owserver that is explained: what it answered, and what to do. */
export type Answer = In<'answer'>;

/** Can a sentence name this? */
export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(PHRASES, `setting.${name}`);
}

/** The name of a setting as a word of a sentence. */
export function setting(name: SettingName): Phrase {
  return { id: `setting.${name}` };
}
