import type { OwserverClient, Told, WatchListener } from '../../client/index.js';
import { isAnswered } from '../../client/internal.js';
import {
  aside,
  withSkipped,
  type OpenWatch,
  type Times,
  type WatchKind,
} from '../shared/watching.js';
import type { Outcome, Work } from '../shared/work.js';
import type { OwDirConfig } from './config.js';
import type { DirLook } from './dir-look.js';
import { itemsOf, messagesOf } from './messages.js';
import { shownOf } from './shown.js';

/** How an ow-dir node watches, whatever it looks at. */
export const DIRECTORIES: WatchKind<OwDirConfig, DirLook> = { open, tell };

function open(
  client: OwserverClient,
  config: OwDirConfig,
  { where: paths, ...times }: Times,
  listener: WatchListener<DirLook>,
): OpenWatch<DirLook> {
  const { list, emit, source, misses, depth, latch, arm, repeat } = config;
  const family = config.family.trim() || undefined;
  switch (list) {
    case 'devices':
      return client.watch({ devices: paths, emit, source, family, misses, ...times }, listener);
    case 'entries':
      return client.watch({ entries: paths, emit, source, ...times }, listener);
    case 'tree':
      return client.watch({ entries: paths, emit, source, depth, ...times }, listener);
    case 'present':
      return client.watch({ present: paths, emit, misses, ...times }, listener);
    case 'alarm': {
      // Who lists alarms now and then, and leaves chips as they are, gets just the list.
      const check = repeat !== undefined || latch === 'reset' || arm;
      const how = { emit, family, latch, arm, check };
      return client.watch({ alarm: paths, ...how, ...times }, listener);
    }
  }
}

/** Sends what a look brought. */
async function tell(work: Work, look: Told<DirLook>, config: OwDirConfig): Promise<Outcome> {
  const { error, warnings, answers } = look;
  const errors = look.failed.map(aside);
  const [first] = answers;
  const isWhole = answers.every((answer) => isAnswered(answer));
  if (first && !answers.some((answer) => isAnswered(answer))) {
    if (look.several) work.msg.owserver = itemsOf(work, look);
    if (error) throw error;
    return { messages: [], shown: '', errors, ...(!isAnswered(first) && { failure: first.error }) };
  }
  const messages = look.due ? await messagesOf(work, look, config) : [];
  const { shown, isAbsent } = shownOf(work, look, config);
  return {
    messages,
    shown: withSkipped(work, look, shown),
    errors,
    ...(warnings?.length && { warnings }),
    ...(isAbsent ? { look: 'absent' } : !isWhole && { look: 'partly' }),
  };
}
