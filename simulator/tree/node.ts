import type { DeviceFormat } from '../../client/protocol/index.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { Elements } from '../properties/bytes.js';
import type { Property } from '../properties/property.js';
import type { Units } from '../properties/value.js';
import type { Serial } from '../serial.js';
import type { Entry } from './table.js';

/** What the flags and the prefixes of a path say about how to answer. */
export interface Query {
  uncached: boolean;
  unaliased: boolean;
  busReturn: boolean;
  format: DeviceFormat;
  units: Units;
}

/** The entries of a directory, and the class bits of its devices. */
export interface Listing {
  entries: readonly Entry[];
  classFlags: number;
}

/** A place in the tree. */
export type Node =
  | { kind: 'directory'; list: () => MaybePromise<Listing> }
  | {
      kind: 'property';
      access: Property['access'];
      /** How its elements travel, where it is all of an array. */
      elements: Elements | undefined;
      read: () => MaybePromise<Buffer>;
      /** Returns how many bytes it took. */
      write: (data: Buffer, offset: number) => MaybePromise<number>;
    };

/** A node, how its path is spelled in listings, and the device it belongs to. */
export interface Located {
  node: Node;
  base: string;
  serial: Serial | undefined;
}
