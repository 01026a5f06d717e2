import type { Patience } from '../requests/messenger.js';
import type { Batch, ReadResult, Task } from './batch.js';
import type { Reader, Reading, ReadOptions } from './reader.js';
import type { LostDevices } from './lost-devices.js';
import { Room } from './room.js';

/** What reads several values. */
interface SeveralParts {
  readonly batch: Batch;
  readonly lost: LostDevices;
  readonly reader: Reader;
}

/** Reads all that paths stand for; one that fails costs the others nothing. */
export function readSeveral(
  { batch, lost, reader }: SeveralParts,
  paths: string | readonly string[],
  options: ReadOptions,
  given: Patience,
  expects?: Task<Reading>['expects'],
): Promise<ReadResult[]> {
  const patience = { ...given, inTurn: true };
  const room = new Room();
  const one = (path: unknown): Promise<Reading> =>
    lost.guard(path, patience, () => reader.read(path, options, patience));
  const act = (path: unknown): Promise<Reading> => room.read(path, one);
  return batch.each([paths].flat(), { use: 'read', patience, act, ...(expects && { expects }) });
}
