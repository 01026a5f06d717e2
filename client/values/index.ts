export { describe, describeKind } from './describe.js';
export {
  formatDeviceId,
  fromSerial,
  looksLikeDeviceId,
  parseDeviceId,
  type DeviceId,
} from './device-id.js';
export { hidesAlias, normalizePath, parsePath, type ParsedPath } from './path.js';
export {
  checkReadable,
  checkWritable,
  INDEX_ALL,
  INDEX_BYTE,
  isNumeric,
  kindName,
  parseStructure,
  type Property,
  type PropertyType,
} from './structure.js';
export { isPattern } from './pattern.js';
export { decodeRaw, decodeValue, type Value } from './decode.js';
export { encodeValue } from './encode.js';
export { unitOf, type Scales } from './units.js';
export { describeProperty, type PropertyInfo, type ValueKind } from './property-info.js';
export { isPowerOnValue } from './power-on.js';
