import type { Patience } from '../requests/messenger.js';
import type { Batch, ReadResult } from './batch.js';
import type { Reader, Reading, ReadOptions } from './reader.js';
import { Room } from './room.js';

/** What reads several values. */
interface SeveralParts {
  readonly batch: Batch;
  readonly reader: Reader;
}

/** Reads all that paths stand for; one that fails costs the others nothing. */
export function readSeveral(
  { batch, reader }: SeveralParts,
  paths: string | readonly string[],
  options: ReadOptions,
  given: Patience,
): Promise<ReadResult[]> {
  const patience = { ...given, inTurn: true };
  const room = new Room();
  const one = (path: unknown): Promise<Reading> => reader.read(path, options, patience);
  const act = (path: unknown): Promise<Reading> => room.read(path, one);
  return batch.each([paths].flat(), { use: 'read', patience, act });
}
