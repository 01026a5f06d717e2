import { once } from 'node:events';
import type { NodeRedProcess } from '../../test/support/node-red.js';
import { nextReading, readThrough } from './reading.js';
import { pathOf, type Thermometers } from './thermometers.js';

/** Keeps a bus busy until the signal; resolves with the values that were read, all of them right. */
export type Load = (
  nodeRed: NodeRedProcess,
  thermometers: Thermometers,
  signal: AbortSignal,
) => Promise<number>;

/** All sensors by one conversion, again and again. */
export const convertAll: Load = async (nodeRed, thermometers, signal) => {
  let values = 0;
  do {
    await thermometers.change();
    thermometers.check((await readThrough(nodeRed, 'convert')).values);
    values += thermometers.ids.length;
  } while (!signal.aborted);
  return values;
};

/** One reading of all sensors by a conversion. */
export const convertOnce: Load = (nodeRed, thermometers) =>
  convertAll(nodeRed, thermometers, AbortSignal.abort());

/** A message for each sensor, which comes again as soon as it is through: so all wait at any time. */
export const uncachedAll: Load = async (nodeRed, thermometers, signal) => {
  const idOf = new Map(thermometers.ids.map((id) => [pathOf(id), id]));
  const ask = async (id: string): Promise<void> => {
    await thermometers.change([id]);
    await nodeRed.inject('uncached-in', { topic: pathOf(id) });
  };
  for (const id of thermometers.ids) await ask(id);
  let values = 0;
  while (!signal.aborted) {
    const { topic, payload } = await nextReading(nodeRed, 'uncached');
    const id = idOf.get(String(topic));
    if (id === undefined) throw new Error(`${String(topic)} was not asked for.`);
    thermometers.check({ [pathOf(id)]: payload }, [id]);
    values += 1;
    await ask(id);
  }
  return values;
};

/** Nothing is read. */
export const quiet: Load = async (_nodeRed, _thermometers, signal) => {
  if (!signal.aborted) await once(signal, 'abort');
  return 0;
};
