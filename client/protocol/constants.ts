/**
 * Numbers of the owserver protocol, with the OWFS source they come from.
 * Paths of sources are below `module/` of the OWFS repository.
 */

/** Kinds of message; owlib/src/include/ow_message.h, `enum msg_classification`. */
export const MessageType = {
  nop: 1,
  read: 2,
  write: 3,
  dir: 4,
  presence: 6,
  dirall: 7,
  get: 8,
  dirallslash: 9,
  getslash: 10,
} as const;
export type MessageName = keyof typeof MessageType;
export type MessageTypeCode = (typeof MessageType)[MessageName];

/** Six big-endian int32; ow_message.h, `struct server_msg` and `struct client_msg`. */
export const HEADER_LENGTH = 24;

/** Largest payload either side accepts; ow_message.h, `MAX_OWSERVER_PROTOCOL_PAYLOAD_SIZE`. */
export const MAX_PAYLOAD = 100_050;

/**
 * Largest listing that is taken, in bytes: owserver holds only requests to its bound, and the log of a
 * DS1921 alone has 203,646 (owlib/src/c/ow_1921.c).
 */
export const MAX_LISTING = 1_048_576;

/** Most entries of a listing. */
export const MAX_ENTRIES = 20_000;

/** Bytes that a read asks for: more than any property has; a smaller one would cut the value silently. */
export const READ_SIZE = 65_536;

/** Longest path in bytes, its closing NUL not counted: owserver refuses PATH_MAX (4096) and more. */
export const MAX_PATH_BYTES = 4_094;

/** Bit 16 of the version word: the frame comes from an owserver; ow_message.h, `Servermessage`. */
export const SERVER_MESSAGE = 0x1_0000;
/** Low 16 bits of the version word, when SERVER_MESSAGE is set: loop tokens behind the payload. */
export const SERVER_TOKENS = 0xffff;
/** Bytes of one loop token; ow_message.h, `struct antiloop`. */
export const TOKEN_LENGTH = 16;

/** Control flags of a request, echoed in the reply; owlib/src/include/ow_parsedname.h. */
export const Flag = {
  /** List `bus.N`, `settings` and the like too: SHOULD_RETURN_BUS_LIST. */
  busReturn: 0x2,
  /** Keep the connection open after the reply: PERSISTENT_MASK. */
  persistent: 0x4,
  /** Ask for aliases in listings; owserver 3.2 lists them anyway: ALIAS_REQUEST. */
  alias: 0x8,
  /** Never touch the bus in a way that could change it: SAFEMODE. */
  safeMode: 0x10,
  /** Ask the bus, not the cache: UNCACHED. */
  uncached: 0x20,
  /** Send values without the padding of their fixed width: TRIM. */
  trim: 0x40,
  /** The sender is a client of the ownet family: OWNET. */
  ownet: 0x100,
} as const;

/** Bits 16-17; owlib/src/include/ow_temperature.h, `enum temp_type`. */
export const TEMPERATURE_SCALES = ['C', 'F', 'K', 'R'] as const;
export type TemperatureScale = (typeof TEMPERATURE_SCALES)[number];
export const TEMPERATURE_SHIFT = 16;

/** Bits 18-20; owlib/src/include/ow_pressure.h, `enum pressure_type`. */
export const PRESSURE_SCALES = ['mbar', 'atm', 'mmHg', 'inHg', 'psi', 'Pa'] as const;
export type PressureScale = (typeof PRESSURE_SCALES)[number];
export const PRESSURE_SHIFT = 18;

/**
 * Bits 24-31: how ids are written in listings; owlib/src/include/ow.h, `enum deviceformat`.
 * `f` family, `i` the twelve digits of the id, `c` the checksum.
 */
export const DEVICE_FORMATS = ['f.i', 'fi', 'f.i.c', 'f.ic', 'fi.c', 'fic'] as const;
export type DeviceFormat = (typeof DEVICE_FORMATS)[number];
export const DEVICE_FORMAT_SHIFT = 24;
