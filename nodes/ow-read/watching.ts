import type {
  Failed,
  Missing,
  OwserverClient,
  ReadingsLook,
  Told,
  Watch,
  WatchedReading,
  WatchListener,
} from '../../client/index.js';
import { topicOf } from '../shared/paths.js';
import { aside, withSkipped, type Times, type WatchKind } from '../shared/watching.js';
import type { Outcome, Work } from '../shared/work.js';
import type { Output } from '../shared/emit.js';
import type { Message } from '../shared/red.js';
import type { OwReadConfig } from './config.js';
import { about, toItems, toValue } from './items.js';
import { operate } from './operation.js';

/** What people see of a look. */
type Shown = Pick<Outcome, 'shown' | 'look'>;

/** How an ow-read node watches. */
export const READINGS: WatchKind<OwReadConfig, ReadingsLook> = {
  operate,
  open,
  tell,
};

function open(
  client: OwserverClient,
  config: OwReadConfig,
  { where: read, ...times }: Times,
  listener: WatchListener<ReadingsLook>,
): Watch<ReadingsLook> {
  const { source, value, offset = 0, size, por85: powerOn, emit, deadband, decimals } = config;
  const { rangeMin, rangeMax, maxStep, implausible, missing } = config;
  const how = { source, value, offset, powerOn, ...(size !== undefined && { size }) };
  const which = { emit, deadband, decimals, rangeMin, rangeMax, maxStep, implausible, missing };
  return client.watch({ read, ...how, ...which, ...times }, listener);
}

/** Sends what a look brought. */
async function tell(work: Work, look: Told<ReadingsLook>, config: OwReadConfig): Promise<Outcome> {
  const { results, several, error } = look;
  const [first] = results;
  const errors = look.failed.map((one) => aside(one));
  if (first && results.every((result) => 'error' in result)) {
    if (several) work.msg.owserver = { items: toItems(results, work.tell) };
    if (error) throw error;
    return { messages: [], shown: '', errors, ...('error' in first && { failure: first.error }) };
  }
  const messages = await (several ? tellSeveral : tellOne)(work, look, config);
  const status = several ? ofSeveral(work, look, config) : ofOne(work, first);
  return { messages, errors, ...status, shown: withSkipped(work, look, status.shown) };
}

function tellOne(
  work: Work,
  look: Told<ReadingsLook>,
  config: OwReadConfig,
): Message[] | Promise<Message[]> {
  const [reading] = look.told;
  if (!reading) return [];
  const topic = topicOf(typeof look.where === 'string' ? look.where : reading.path);
  return work.emit(config.output, toOutput(reading, look, topic));
}

async function tellSeveral(
  work: Work,
  look: Told<ReadingsLook>,
  config: OwReadConfig,
): Promise<Message[]> {
  const { told, back } = look;
  const { results: form, output } = config;
  if (form === 'messages')
    return work.emitSequence(
      output,
      told.map((reading) => toOutput(reading, look, reading.path)),
    );
  if (told.length === 0) return [];
  const due = new Set<unknown>([...told, ...look.failed]);
  const always = config.emit === 'always';
  const results = always ? look.results : look.results.filter((result) => due.has(result));
  const owserver = {
    items: toItems(results, work.tell),
    ...(back.length > 0 && { back }),
    ...skippedOf(look),
  };
  return work.emit(output, { value: toValue(results, form, work.tell), owserver });
}

/** The message for one path. */
function toOutput(reading: WatchedReading, look: Told<ReadingsLook>, topic: string): Output {
  const isBack = look.back.includes(reading.path);
  const owserver = { ...about(reading), ...(isBack && { back: true }), ...skippedOf(look) };
  return { value: reading.value, topic, owserver };
}

function skippedOf({ skipped }: Told<ReadingsLook>): { skipped?: number } {
  return skipped > 0 ? { skipped } : {};
}

function ofOne(work: Work, result: WatchedReading | Failed | undefined): Shown {
  if (!result || 'error' in result) return { shown: '' };
  return { shown: work.show(result.value, result.unit) };
}

function ofSeveral(work: Work, { results, missing }: ReadingsLook, config: OwReadConfig): Shown {
  const read = results.filter((result) => !('error' in result)).length;
  const all = results.length;
  const [first] = missing;
  if (first && config.missing === 'report') {
    const key = missing.length > 1 ? 'missingSeveral' : 'missing';
    const shown = work.translate(`status.${key}`, {
      name: work.show(nameOf(first)),
      count: missing.length,
    });
    return { shown, look: 'partly' };
  }
  const shown = work.translate('status.several', { read, all });
  return { shown, ...(read < all && { look: 'partly' }) };
}

function nameOf({ alias, id, path }: Missing): string {
  return alias ?? id ?? path;
}
