import type { Device } from '../knowledge/device.js';
import type { ResolvedOptions } from '../options.js';
import type { Patience } from '../requests/messenger.js';
import type { CallOptions } from '../verbs/options.js';
import { patienceOf } from '../verbs/patience.js';
import type { Reader } from '../verbs/reader.js';
import type { Writer } from '../verbs/writer.js';

/** Numbers of one chip, from the bus and to it. */
export interface ChipAccess {
  /** @throws OwError */
  read(property: string): Promise<number>;
  /** @throws OwError */
  write(property: string, value: number): Promise<void>;
}

/** What chips are read and written with. */
export interface ChipParts {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly options: ResolvedOptions;
}

/** The numbers of a chip, asked for past owserver's cache, and before what else is read of its bus. */
export function chipAccess(
  { reader, writer, options: { requestTimeoutMs } }: ChipParts,
  { path }: Device,
  options: CallOptions,
): ChipAccess {
  const patience = (): Patience => patienceOf(options, requestTimeoutMs, 'alarm');
  return {
    read: async (property) => {
      const source = 'uncached';
      const { value } = await reader.read(`${path}/${property}`, { source }, patience());
      return Number(value);
    },
    write: async (property, value) => {
      const writing = patienceOf(options, requestTimeoutMs, 'write');
      await writer.write(`${path}/${property}`, value, {}, writing);
    },
  };
}
