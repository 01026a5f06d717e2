import type { Reading, ReadOptions, ReadResult, Value } from '../../client/index.js';
import type { Output } from '../shared/emit.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import type { Outcome, Work } from '../shared/flow-node.js';
import { toPaths } from '../shared/paths.js';
import { showValue } from '../shared/show-value.js';
import type { OwReadConfig } from './config.js';

/** What stands for one reading in `msg.owserver`: everything but the value, which has a place of its own. */
type Item = Omit<Reading, 'value'> | { path: string; error: Failure };

/** Reads the paths of one message: one value, or those of several paths in the form that is set. */
export async function operate(work: Work, config: OwReadConfig): Promise<Outcome> {
  const { client, msg, tell } = work;
  const given: unknown = work.evaluate(config.path);
  // Nothing is awaited for a path that stands in the node: this is done for every value read.
  const evaluated: unknown = given instanceof Promise ? await given : given;
  const { paths, several } = toPaths(config.path, evaluated, msg);
  const options = toReadOptions(config, work.onWait);
  if (!several) {
    const reading = await client.read(paths[0] ?? '', options);
    const messages = await work.emit(config.output, [toOneOutput(reading)]);
    return { messages, shown: () => showValue(reading.value, reading.unit) };
  }
  const results = await client.readAll(paths, options);
  msg.owserver = { items: toItems(results, tell) };
  const outputs = toOutputs(results, config.results, tell);
  const messages = await work.emit(config.output, outputs, config.results === 'messages');
  const read = results.filter((result) => !('error' in result)).length;
  return {
    messages,
    shown: () => work.translate('status.several', { read, all: results.length }),
  };
}

function toReadOptions(config: OwReadConfig, onWait: Work['onWait']): ReadOptions {
  const { source, value, por85: powerOn, offset = 0, size } = config;
  const options: ReadOptions = { source, value, powerOn, offset, onWait };
  if (size !== undefined) options.size = size;
  return options;
}

/** The message for one path. */
function toOneOutput(reading: Reading): Output {
  return { value: reading.value, topic: reading.path, owserver: about(reading) };
}

/** The messages for several paths, at least one of which was read. @throws OwError the first, when all failed */
function toOutputs(
  results: readonly ReadResult[],
  form: OwReadConfig['results'],
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
function toItems(results: readonly ReadResult[], tell: Tell): Item[] {
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
