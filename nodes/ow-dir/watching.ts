import type { OwserverClient, Told, Unanswered, WatchListener, Where } from '../../client/index.js';
import { isAnswered } from '../../client/internal.js';
import { toPaths } from '../shared/paths.js';
import type { OpenWatch, Times, WatchKind } from '../shared/watching.js';
import type { Outcome, SideError, Work } from '../shared/work.js';
import type { OwDirConfig } from './config.js';
import type { DirLook } from './dir-look.js';
import { itemsOf, messagesOf } from './messages.js';
import { shownOf } from './shown.js';

/** How an ow-dir node watches, whatever it looks at. */
export const DIRECTORIES: WatchKind<OwDirConfig, DirLook> = { open, where, tell };

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

async function where(work: Work, config: OwDirConfig): Promise<Where> {
  const evaluated = await work.evaluate(config.path);
  const { paths, several } = toPaths(config.path, evaluated, work.msg);
  return several ? paths : (paths[0] ?? '');
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
    shown:
      look.skipped > 0
        ? work.translate('status.skipped', { text: shown, count: look.skipped })
        : shown,
    errors,
    ...(warnings?.length && { warnings }),
    ...(isAbsent ? { look: 'absent' } : !isWhole && { look: 'partly' }),
  };
}

/** What Catch nodes hear of a path that fails now, and did not before. */
function aside({ path, error }: Unanswered): SideError {
  return { error, msg: { topic: path, owserver: { path } } };
}
