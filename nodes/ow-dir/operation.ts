import type { Device, OwserverClient } from '../../client/index.js';
import type { Output } from '../shared/emit.js';
import type { OwDirConfig } from './config.js';

/** What a listing is made of: devices, or plain paths. */
export type Listed = Device | string;

type ListConfig = Pick<OwDirConfig, 'list' | 'family' | 'source'>;

/** Lists the directories as one list, in their order; @throws OwError when one of them fails. */
export async function list(
  client: OwserverClient,
  paths: readonly string[],
  config: ListConfig,
  onWait: (waitedMs: number) => void,
): Promise<Listed[]> {
  const lists = await Promise.all(paths.map((path) => listOne(client, path, config, onWait)));
  return lists.flat();
}

async function listOne(
  client: OwserverClient,
  path: string,
  { list, source, family }: ListConfig,
  onWait: (waitedMs: number) => void,
): Promise<Listed[]> {
  const wanted = family.trim();
  const options = { source, onWait, ...(wanted && { family: wanted }) };
  if (list === 'alarm') return client.alarm(path, options);
  if (list === 'entries') return client.dir(path, options);
  return client.devices(path, options);
}

/** Whether each path is there: one answer for one path, an object by path for several. */
export async function present(
  client: OwserverClient,
  paths: readonly string[],
  several: boolean,
  onWait: (waitedMs: number) => void,
): Promise<boolean | Record<string, boolean>> {
  const entries = await Promise.all(
    paths.map(async (path) => [path, await client.present(path, { onWait })] as const),
  );
  return several ? Object.fromEntries(entries) : (entries[0]?.[1] ?? false);
}

/** One message with the whole list, or one for each of its entries, with the entry's path as topic. */
export function toOutputs(
  listed: readonly Listed[],
  config: OwDirConfig,
  owserver: object,
  topic?: string,
): Output[] {
  if (config.results === 'messages') {
    return listed.map((one) => ({
      value: one,
      topic: typeof one === 'string' ? one : one.path,
      owserver,
    }));
  }
  return [{ value: listed, owserver, ...(topic !== undefined && { topic }) }];
}
