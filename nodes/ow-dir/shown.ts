import type { AlarmsLook, DevicesLook, EntriesLook, PresenceLook } from '../../client/index.js';
import { isAnswered } from '../../client/internal.js';
import type { Work } from '../shared/work.js';
import type { OwDirConfig } from './config.js';
import { presence } from './messages.js';
import type { DirLook } from './dir-look.js';

/** What people see of a look below the node. */
interface Shown {
  readonly shown: string;
  /** Is what was looked for not there? */
  readonly isAbsent?: boolean;
}

export function shownOf(work: Work, look: DirLook, config: OwDirConfig): Shown {
  switch (look.kind) {
    case 'present':
      return shownPresence(work, look, config);
    case 'alarm':
      return { shown: shownAlarms(work, look) };
    case 'devices':
      return { shown: shownNews(work, look) ?? shownCount(work, look) };
    case 'entries':
      return { shown: shownCount(work, look) };
  }
}

function shownPresence({ translate }: Work, look: PresenceLook, config: OwDirConfig): Shown {
  const value = presence(look, config);
  if (look.several) {
    const found = Object.values(value as object).filter(Boolean).length;
    return { shown: translate('status.presentOf', { found, all: look.answers.length }) };
  }
  const isAbsent = value === false;
  return { shown: translate(isAbsent ? 'status.absent' : 'status.present'), isAbsent };
}

/** Who is in alarm: one by its name and channels, more by their number. */
function shownAlarms({ translate }: Work, { answers }: AlarmsLook): string {
  const inAlarm = answers.flatMap((answer) => (isAnswered(answer) ? answer.value : []));
  const [only, ...more] = inAlarm;
  if (!only) return translate('status.noAlarm');
  if (more.length > 0) return translate('status.inAlarm', { count: inAlarm.length });
  const device = only.alias ?? only.id;
  const channels = (only.channels ?? []).join(', ');
  return channels === ''
    ? translate('status.alarmOf', { device })
    : translate('status.channelOf', { device, channels });
}

function shownCount({ translate }: Work, { answers }: DevicesLook | EntriesLook): string {
  const counts = answers.map((answer) => (isAnswered(answer) ? answer.value.length : 0));
  return translate('status.listed', { count: counts.reduce((sum, count) => sum + count, 0) });
}

/** How many came, went or moved; nothing when none did. */
function shownNews({ translate }: Work, look: DevicesLook): string | undefined {
  const news = (['added', 'removed', 'moved'] as const)
    .filter((kind) => look[kind].length > 0)
    .map((kind) => translate(`status.${kind}`, { count: look[kind].length }));
  return news.length > 0 ? news.join(', ') : undefined;
}
