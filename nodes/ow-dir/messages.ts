import type { Answer, Device, PresenceLook, Told } from '../../client/index.js';
import { isAnswered, listsAnew } from '../../client/internal.js';
import type { Output } from '../shared/emit.js';
import { toFailure, type Failure } from '../shared/failure.js';
import { named } from '../shared/named.js';
import type { Message } from '../shared/red.js';
import type { Work } from '../shared/work.js';
import type { OwDirConfig } from './config.js';
import type { DirLook } from './dir-look.js';

/** What `msg.owserver.items` tells of one path of several. */
type Item = { path: string; count?: number } | { path: string; error: Failure };

/** What `msg.owserver.event` says of a device that is sent by itself. */
type Event = 'present' | 'added' | 'removed' | 'moved' | 'alarm' | 'ended';

/** What is told of one path, or of several. */
interface About {
  readonly answers: readonly Answer<unknown>[];
  readonly several: boolean;
}

/** The messages for a look that is due. */
export function messagesOf(
  work: Work,
  look: Told<DirLook>,
  config: OwDirConfig,
): Message[] | Promise<Message[]> {
  const { several, answers } = look;
  const [first] = answers;
  const topic = several || !first ? {} : { topic: first.given };
  const beside = { ...itemsOf(work, look), ...newsOf(look) };
  if (look.kind === 'present') {
    const owserver = { ...details(look, config), cached: false, ...beside };
    return work.emit(config.output, { value: presence(look, config), owserver, ...topic });
  }
  if (config.results === 'messages') return work.emitSequence(config.output, outputs(look, config));
  const lists = look.answers.filter((answer) => isAnswered(answer));
  const value = lists.flatMap((answer): readonly (Device | string)[] => answer.value);
  const cached = mayBeCached(look, config);
  const owserver = { ...details(look, config), count: value.length, cached, ...beside };
  return work.emit(config.output, { value, owserver, ...topic });
}

/** Of several paths what became of each. */
export function itemsOf({ tell }: Work, { several, answers }: DirLook): { items?: Item[] } {
  if (!several) return {};
  const items = answers.map((answer): Item => {
    const { path } = answer;
    if (!isAnswered(answer)) return { path, error: toFailure(answer.error, tell) };
    return Array.isArray(answer.value) ? { path, count: answer.value.length } : { path };
  });
  return { items };
}

/** What is there: as it was seen just now, or, where changes are told, as it counts. */
export function presence(
  { answers, present, several }: PresenceLook,
  { emit }: OwDirConfig,
): unknown {
  const known = answers
    .filter((answer) => isAnswered(answer))
    .map(({ path, value }) => [path, emit === 'change' ? present.get(path) : value] as const);
  return several ? Object.fromEntries(known) : known[0]?.[1];
}

/** What `msg.owserver` tells: of one path what is known of its device, of several their paths with ids. */
function details(
  look: Told<DirLook>,
  { list }: OwDirConfig,
  { answers, several }: About = look,
): object {
  const [first] = answers;
  const { ms, skipped } = look;
  const more = { list, ms, ...(skipped > 0 && { skipped }) };
  if (several || !first) return { path: answers.map(({ path }) => path), ...more };
  return { ...(isAnswered(first) ? named(first.told) : { path: first.path }), ...more };
}

/** Not when all of it is of places that owserver never keeps, or was searched for. */
function mayBeCached({ kind, answers }: DirLook, { source, emit }: OwDirConfig): boolean {
  if (source !== 'cached' || emit === 'change' || kind === 'alarm') return false;
  return !answers.filter((answer) => isAnswered(answer)).every(({ given }) => listsAnew(given));
}

/** What came, went or moved, as far as anything did. */
function newsOf(look: DirLook): object {
  switch (look.kind) {
    case 'devices':
      return filled({ added: look.added, removed: look.removed, moved: look.moved });
    case 'alarm':
      return filled({ added: look.fresh, removed: look.ended });
    case 'present': {
      const paths = (present: boolean): string[] =>
        look.changed.filter((one) => one.present === present).map(({ path }) => path);
      return filled({ added: paths(true), removed: paths(false) });
    }
    case 'entries':
      return {};
  }
}

function filled(lists: Readonly<Record<string, readonly unknown[]>>): object {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

/** A message for each that was found; where changes are told, for each that is new or gone. */
function outputs(look: Told<DirLook>, config: OwDirConfig): Output[] {
  const onlyNews = config.emit === 'change';
  if (look.kind === 'alarm') {
    const { fresh, ended } = look;
    const alarms = onlyNews
      ? happened(look, config, fresh, 'alarm')
      : found(look, config, () => 'alarm');
    return [...alarms, ...happened(look, config, ended, 'ended')];
  }
  if (look.kind !== 'devices') return found(look, config);
  const { added, removed, moved, first } = look;
  const has = (devices: readonly Device[], { path }: Device): boolean =>
    devices.some((device) => device.path === path);
  const here =
    onlyNews && !first
      ? [...happened(look, config, added, 'added'), ...happened(look, config, moved, 'moved')]
      : found(look, config, (device) => {
          if (has(added, device)) return 'added';
          return has(moved, device) ? 'moved' : 'present';
        });
  return [...here, ...happened(look, config, removed, 'removed')];
}

/** All that was found, each with the directory it is in. */
function found(
  look: Told<DirLook>,
  config: OwDirConfig,
  eventOf?: (device: Device) => Event,
): Output[] {
  return look.answers.flatMap((answer: Answer<boolean | readonly (Device | string)[]>) => {
    if (!isAnswered(answer) || typeof answer.value === 'boolean') return [];
    const about = {
      ...details(look, config, { answers: [answer], several: false }),
      count: answer.value.length,
      cached: mayBeCached({ ...look, answers: [answer] } as DirLook, config),
    };
    return answer.value.map((one) =>
      typeof one === 'string'
        ? { value: one, topic: one, owserver: { ...about } }
        : {
            value: one,
            topic: one.path,
            owserver: { ...about, ...(eventOf && { event: eventOf(one) }) },
          },
    );
  });
}

/** Devices to which something happened, each with the directory that was looked at. */
function happened(
  look: Told<DirLook>,
  config: OwDirConfig,
  devices: readonly Device[],
  event: Event,
): Output[] {
  const cached = mayBeCached(look, config);
  const answers = look.answers.filter((answer) => isAnswered(answer));
  return devices.map((device) => {
    const directory = answers.filter(({ path }) => device.path.startsWith(path));
    const of = directory.length > 0 ? directory : answers;
    const about = details(look, config, { answers: of.slice(-1), several: false });
    return { value: device, topic: device.path, owserver: { ...about, cached, event } };
  });
}
