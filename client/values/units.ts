import type { Scales } from './scales.js';
import type { Property } from './structure.js';
import { traitsOf } from './types.js';

/** The unit of a property's value; nothing for a value without one. */
export function unitOf(property: Property | undefined, scales: Scales): string | undefined {
  return property && traitsOf(property).unit?.(scales);
}
