import { isPattern, type ReadOptions } from '../../client/index.js';
import { topicOf, toPaths } from '../shared/paths.js';
import type { Outcome, Work } from '../shared/work.js';
import type { OwReadConfig } from './config.js';
import { about } from './items.js';

/**
 * Reads the path of a message where nothing has to be remembered from one to the next: most messages do.
 * Nothing for a list, a path with `*`, or a node that sends only some of its readings.
 */
export function operate(work: Work, config: OwReadConfig): Promise<Outcome> | undefined {
  if (isSifted(config)) return undefined;
  const given: unknown = work.evaluate(config.path);
  // Nothing is awaited for a path that stands in the node: this is done for every value read.
  if (given instanceof Promise || Array.isArray(given)) return undefined;
  const { paths, several } = toPaths(config.path, given, work.msg);
  const [path = ''] = paths;
  return several || isPattern(path) ? undefined : readOne(work, config, path);
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
