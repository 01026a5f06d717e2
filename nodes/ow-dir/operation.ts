import { normalizePath, type Device } from '../../client/index.js';
import type { Output } from '../shared/emit.js';
import type { Outcome, Work } from '../shared/flow-node.js';
import { toPaths, type Paths } from '../shared/paths.js';
import type { OwDirConfig } from './config.js';

/** What a listing is made of: devices, or plain paths. */
type Listed = Device | string;

/** Lists directories, or tells whether something is there. */
export async function operate(work: Work, config: OwDirConfig): Promise<Outcome> {
  const given = toPaths(config.path, await work.evaluate(config.path), work.msg);
  const where = { ...given, paths: given.paths.map(normalizePath) };
  return config.list === 'present' ? checkPresence(work, config, where) : list(work, config, where);
}

async function list(work: Work, config: OwDirConfig, where: Paths): Promise<Outcome> {
  const start = performance.now();
  const lists = await Promise.all(where.paths.map((path) => listOne(work, config, path)));
  const listed = lists.flat();
  const cached = config.source === 'cached' && config.list !== 'alarm';
  const owserver = { ...about(config, where, start), count: listed.length, cached };
  const outputs = toOutputs(listed, config, owserver, topicOf(where));
  const messages = await work.emit(config.output, outputs, config.results === 'messages');
  return { messages, shown: () => work.translate('status.listed', { count: listed.length }) };
}

async function listOne(
  { client, onWait }: Work,
  { list, source, family }: OwDirConfig,
  path: string,
): Promise<Listed[]> {
  const wanted = family.trim();
  const options = { source, onWait, ...(wanted && { family: wanted }) };
  if (list === 'alarm') return client.alarm(path, options);
  if (list === 'entries') return client.dir(path, options);
  return client.devices(path, options);
}

async function checkPresence(work: Work, config: OwDirConfig, where: Paths): Promise<Outcome> {
  const start = performance.now();
  const value = await present(work, where);
  const topic = topicOf(where);
  const output = {
    value,
    owserver: { ...about(config, where, start), cached: false },
    ...(topic && { topic }),
  };
  const messages = await work.emit(config.output, [output]);
  const found = Object.values(value).filter(Boolean).length;
  return {
    messages,
    shown: () => work.translate(`status.${presence(value)}`, { found, all: where.paths.length }),
  };
}

/** Whether each path is there: one answer for one path, an object by path for several. */
async function present(
  { client, onWait }: Work,
  { paths, several }: Paths,
): Promise<boolean | Record<string, boolean>> {
  const entries = await Promise.all(
    paths.map(async (path) => [path, await client.present(path, { onWait })] as const),
  );
  return several ? Object.fromEntries(entries) : (entries[0]?.[1] ?? false);
}

function presence(value: boolean | Record<string, boolean>): string {
  if (typeof value !== 'boolean') return 'presentOf';
  return value ? 'present' : 'absent';
}

/** One message with the whole list, or one for each of its entries, with the entry's path as topic. */
function toOutputs(
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

function about({ list }: OwDirConfig, where: Paths, start: number): object {
  const path = where.several ? where.paths : where.paths[0];
  return { path, list, ms: performance.now() - start };
}

function topicOf({ paths, several }: Paths): string | undefined {
  return several ? undefined : paths[0];
}
