import type { Device } from '../knowledge/device.js';
import type { PropertyInfo } from '../values/property-info.js';

/** One thing in a directory, with what a person wants to know of it before choosing it. */
export interface BrowseEntry {
  readonly path: string;
  readonly name: string;
  readonly kind: 'bus' | 'device' | 'directory' | 'property';
  /** Of a device. */
  readonly device?: Omit<Device, 'path'>;
  /** Of a property, as far as owserver's tables tell. */
  readonly property?: PropertyInfo;
}
