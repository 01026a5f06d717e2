import type { ReadOptions } from '../../client/index.js';
import { topicOf, toPaths } from '../shared/paths.js';
import type { LookFor } from '../shared/watching.js';
import type { Outcome, Work } from '../shared/work.js';
import type { OwReadConfig } from './config.js';
import { about } from './items.js';

/**
 * Reads the path of a message, if nothing has to be remembered from one to the next: most messages need no more.
 * A list, a path with `*`, and a node that sends only some of its readings, take a look of the watch.
 */
export function operate(work: Work, config: OwReadConfig, look: LookFor): Promise<Outcome> {
  if (isSifted(config)) return look();
  const given: unknown = work.evaluate(config.path);
  // Nothing is awaited for a path that stands in the node: this is done for every value read.
  if (!(given instanceof Promise)) return readEvaluated(work, config, given, look);
  return given.then((evaluated: unknown) => readEvaluated(work, config, evaluated, look));
}

function readEvaluated(
  work: Work,
  config: OwReadConfig,
  evaluated: unknown,
  look: LookFor,
): Promise<Outcome> {
  const { paths, several } = toPaths(config.path, evaluated, work.msg);
  const [path = ''] = paths;
  return several ? look(paths) : readOne(work, config, path);
}

/** Is a reading compared with the one before, or changed? */
function isSifted({ emit, decimals, rangeMin, rangeMax, maxStep }: OwReadConfig): boolean {
  if (emit !== 'always' || decimals !== undefined) return true;
  return rangeMin !== undefined || rangeMax !== undefined || maxStep !== undefined;
}

async function readOne(work: Work, config: OwReadConfig, path: string): Promise<Outcome> {
  const reading = await work.client.read(path, toReadOptions(config, work.onWait));
  const shown = work.show(reading.value, reading.unit);
  const output = { value: reading.value, topic: topicOf(path), owserver: about(reading) };
  return { messages: await work.emit(config.output, output), shown };
}

function toReadOptions(config: OwReadConfig, onWait: Work['onWait']): ReadOptions {
  const { source, value, por85: powerOn, offset = 0, size } = config;
  const options: ReadOptions = { source, value, powerOn, offset, onWait };
  if (size !== undefined) options.size = size;
  return options;
}
