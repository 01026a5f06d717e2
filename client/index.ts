/** A client for owserver, the network server of OWFS: the one door of this library. */
export { OwserverClient } from './owserver-client.js';
export type {
  AlarmOptions,
  CallOptions,
  Converted,
  DevicesOptions,
  DirOptions,
  ListOptions,
  Pong,
  RawMessage,
  RawReply,
} from './verbs/options.js';
export type { Failed, ReadResult, WriteResult } from './verbs/batch.js';
export type { OwErrorCode } from './errors/error-codes.js';
export { OwError, toOwError, type OwErrorDetails } from './errors/ow-error.js';
export type { OwserverOptions, ResolvedOptions } from './options.js';
export { dialTcp, type Dial, type ShownAs } from './dial.js';
export { discover, type DiscoverOptions } from './discovery/discover.js';
export type { FoundServer } from './discovery/found-server.js';
export type { ClientStatus, StatusListener } from './status.js';
export type {
  TracedAnswer,
  TracedFailure,
  TracedMessage,
  TraceEvent,
  TraceListener,
} from './trace.js';
export type { Cost, Details } from './knowledge/path-facts.js';
export type { Fallback } from './bus/converter.js';
export type { BrowseEntry } from './verbs/browse-entry.js';
export type { Device } from './knowledge/device.js';
export type { Reading, ReadOptions } from './verbs/reader.js';
export type { WriteOptions, WritePair, Written } from './verbs/writer.js';
export type { Look, Where } from './watch/look.js';
export type {
  AlarmWatchOptions,
  DevicesWatchOptions,
  EntriesWatchOptions,
  OpenWatch,
  PresentWatchOptions,
  ReadingsWatchOptions,
  WatchOptions,
} from './watch/options.js';
export type { Answer, Answered, Unanswered } from './watch/answers.js';
export type { DeviceInAlarm } from './watch/alarm-chips.js';
export type { AlarmsLook } from './watch/alarms.js';
export type { DevicesLook } from './watch/devices.js';
export type { EntriesLook } from './watch/entries.js';
export type { PresenceChange, PresenceLook } from './watch/presence.js';
export type { Missing, ReadingsLook, WatchedReading } from './watch/readings.js';
export type { Told, Watch, WatchedWhere, WatchListener, WatchTimes } from './watch/watch.js';
export { normalizePath } from './values/path.js';
export { isPattern } from './values/pattern.js';
export type { Value } from './values/decode.js';
export type { PropertyInfo, ValueKind } from './values/property-info.js';
export {
  DEVICE_FORMATS,
  Flag,
  PRESSURE_SCALES,
  TEMPERATURE_SCALES,
  decodeFlags,
  encodeFlags,
  type DeviceFormat,
  type MessageName,
  type PressureScale,
  type RequestFlags,
  type TemperatureScale,
} from './protocol/index.js';
