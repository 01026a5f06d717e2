import {
  OwError,
  type Reading,
  type ReadOptions,
  type ReadResult,
  type Value,
} from '../../client/index.js';
import type { Output } from '../shared/emit.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import { wholeNumber } from '../shared/number-field.js';
import type { OwReadConfig } from './config.js';

/** What stands for one reading in `msg.owserver`: everything but the value, which has a place of its own. */
export type Item = Omit<Reading, 'value'> | { path: string; error: Failure };

const SOURCES: readonly string[] = ['cached', 'uncached', 'convert'];

/** How to read, from the node's fields. @throws OwError EOW_VALUE */
export function toReadOptions(config: Partial<OwReadConfig>): ReadOptions {
  const source = config.source ?? 'cached';
  if (!SOURCES.includes(source)) {
    const name = { id: 'setting.source' } as const;
    const wanted = { id: 'wanted.choice', params: { choices: SOURCES.join(', ') } } as const;
    throw new OwError('badOption', { name, value: `"${source}"`, wanted });
  }
  const options: ReadOptions = {
    source,
    value: config.value ?? 'auto',
    powerOn: config.por85 ?? 'reread',
    offset: wholeNumber('offset', config.offset, 0) ?? 0,
  };
  const size = wholeNumber('size', config.size, 1);
  if (size !== undefined) options.size = size;
  return options;
}

/** The message for one path. */
export function toOneOutput(reading: Reading): Output {
  return { value: reading.value, topic: reading.path, owserver: about(reading) };
}

/** The messages for several paths, at least one of which was read. @throws OwError the first, when all failed */
export function toOutputs(
  results: readonly ReadResult[],
  form: OwReadConfig['results'] | undefined,
  tell: Tell,
): Output[] {
  const readings = results.filter((result): result is Reading => !('error' in result));
  const [first] = results;
  if (readings.length === 0 && first && 'error' in first) throw first.error;
  const items = toItems(results, tell);
  if (form === 'messages') {
    return readings.map((reading) => ({
      ...toOneOutput(reading),
      owserver: { ...about(reading), items },
    }));
  }
  const value =
    form === 'array'
      ? results.map((result) => toEntry(result, tell))
      : Object.fromEntries(readings.map((reading) => [reading.path, reading.value]));
  return [{ value, owserver: { items } }];
}

function toEntry(result: ReadResult, tell: Tell): { path: string; value?: Value; error?: Failure } {
  const { path } = result;
  return 'error' in result
    ? { path, error: toFailure(result.error, tell) }
    : { path, value: result.value };
}

/** What `msg.owserver.items` tells of several paths. */
export function toItems(results: readonly ReadResult[], tell: Tell): Item[] {
  return results.map((result) =>
    'error' in result ? { path: result.path, error: toFailure(result.error, tell) } : about(result),
  );
}

/** What `msg.owserver` tells of one path. */
function about(reading: Reading): Item {
  const item: Item & { value?: Value } = Object.assign({}, reading);
  delete item.value;
  return item;
}
