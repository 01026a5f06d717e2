import type { Converter } from '../bus/converter.js';
import { OwError } from '../errors/ow-error.js';
import type { Patience } from '../requests/messenger.js';
import { parsePath } from '../values/path.js';
import { oneDirectory } from '../values/pattern.js';
import type { Converted } from './options.js';

/** Lets the thermometers of all buses, or of the one that the path names, measure. */
export async function measure(
  converter: Converter,
  path: string,
  patience: Patience,
): Promise<Converted> {
  const directory = oneDirectory(path);
  const { bus } = parsePath(directory);
  if (directory !== '/' && directory !== `/bus.${bus}`) throw new OwError('noBus', {}, { path });
  await converter.run(bus, patience);
  return { ms: patience.deadline.elapsedMs };
}
