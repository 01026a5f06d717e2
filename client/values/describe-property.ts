import type { PropertyInfo } from './property-info.js';
import type { Scales } from './scales.js';
import { INDEX_ALL } from './shape.js';
import type { Property } from './structure.js';
import { traitsOf } from './types.js';

/** The same as `/structure` says, for people. */
export function describeProperty(property: Property, scales: Scales): PropertyInfo {
  const { index, elements, access, length } = property;
  const { kind, unit, range, sized } = traitsOf(property);
  const [min, max] = range?.(property) ?? [];
  return {
    kind,
    ...(unit && { unit: unit(scales) }),
    readable: access.startsWith('r'),
    writable: access.endsWith('w') || access === 'wo',
    ...(index === INDEX_ALL && elements > 1 && { count: elements }),
    ...(min !== undefined && max !== undefined && { min, max }),
    ...(sized && { length }),
  };
}
