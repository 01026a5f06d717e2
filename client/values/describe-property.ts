import type { PropertyInfo, ValueKind } from './property-info.js';
import { wholeRange } from './ranges.js';
import { INDEX_ALL, INDEX_BYTE, type Property, type PropertyType } from './structure.js';
import { unitOf, type Scales } from './units.js';

const KINDS: Readonly<Record<PropertyType, ValueKind>> = {
  D: 'unknown',
  i: 'whole',
  u: 'whole',
  f: 'number',
  l: 'text',
  a: 'text',
  b: 'binary',
  y: 'yesno',
  d: 'date',
  t: 'temperature',
  g: 'temperatureDifference',
  p: 'pressure',
  '?': 'unknown',
};

/** The same as `/structure` says, for people. */
export function describeProperty(property: Property, scales: Scales): PropertyInfo {
  const { type, index, elements, access, length } = property;
  const kind = index === INDEX_BYTE ? 'whole' : KINDS[type];
  const unit = unitOf(property, scales);
  const [min, max] = wholeRange(property) ?? [];
  return {
    kind,
    ...(unit !== undefined && { unit }),
    readable: access.startsWith('r'),
    writable: access.endsWith('w') || access === 'wo',
    ...(index === INDEX_ALL && elements > 1 && { count: elements }),
    ...(min !== undefined && max !== undefined && { min, max }),
    ...((kind === 'text' || kind === 'binary') && { length }),
  };
}
