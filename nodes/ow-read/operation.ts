import type { Reading, ReadOptions, ReadResult, Value } from '../../client/index.js';
import type { Output } from '../shared/emit.js';
import { toFailure, type Failure, type Tell } from '../shared/failure.js';
import type { Outcome, Work } from '../shared/flow-node.js';
import { named, type Named } from '../shared/named.js';
import { topicOf, toPaths } from '../shared/paths.js';
import type { OwReadConfig } from './config.js';

/** What stands for one reading in `msg.owserver`: everything but the value, which has a place of its own. */
type Item = Named<Omit<Reading, 'value'>> | { path: string; error: Failure };

/** Reads the paths of one message: one value, or those of several paths in the form that is set. */
export async function operate(work: Work, config: OwReadConfig): Promise<Outcome> {
  const { client, msg, tell } = work;
  const given: unknown = work.evaluate(config.path);
  // Nothing is awaited for a path that stands in the node: this is done for every value read.
  const evaluated: unknown = given instanceof Promise ? await given : given;
  const { paths, several } = toPaths(config.path, evaluated, msg);
  const options = toReadOptions(config, work.onWait);
  if (!several) {
    const [path = ''] = paths;
    const reading = await client.read(path, options);
    const shown = work.show(reading.value, reading.unit);
    const output = { value: reading.value, topic: topicOf(path), owserver: about(reading) };
    return { messages: await work.emit(config.output, output), shown };
  }
  const results = await client.readAll(paths, options);
  const readings = results.filter((result): result is Reading => !('error' in result));
  const [first] = results;
  if (readings.length === 0 && first && 'error' in first) {
    msg.owserver = { items: toItems(results, tell) };
    throw first.error;
  }
  const messages =
    config.results === 'messages'
      ? await work.emitSequence(config.output, readings.map(toOneOutput))
      : await work.emit(config.output, toOutput(results, config.results, tell));
  const counts = { read: readings.length, all: results.length };
  const shown = work.translate('status.several', counts);
  return { messages, shown, ...(counts.read < counts.all && { look: 'partly' }) };
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

/** The one message for several paths. */
function toOutput(results: readonly ReadResult[], form: 'object' | 'array', tell: Tell): Output {
  const value =
    form === 'array'
      ? results.map((result) => toEntry(result, tell))
      : Object.fromEntries(
          results.flatMap((result) => ('error' in result ? [] : [[result.path, result.value]])),
        );
  return { value, owserver: { items: toItems(results, tell) } };
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
  const item: Omit<Reading, 'value'> & { value?: Value } = Object.assign({}, reading);
  // The last of its properties: objects that lose another one become slow.
  delete item.value;
  return named(item);
}
