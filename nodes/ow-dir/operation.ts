import type { Device } from '../../client/index.js';
import { listsAnew } from '../../client/internal.js';
import type { Output } from '../shared/emit.js';
import { toFailure, type Failure } from '../shared/failure.js';
import type { Outcome, Work } from '../shared/work.js';
import { named } from '../shared/named.js';
import { toPaths, type Paths } from '../shared/paths.js';
import { askEach, isAnswered, type Answer, type Answered } from './answers.js';
import type { OwDirConfig } from './config.js';

/** What a listing is made of: devices, or plain paths. */
type Listed = Device | string;

/** What `msg.owserver.items` tells of one path of several. */
type Item = { path: string; count?: number } | { path: string; error: Failure };

/** What was asked for: how, by which paths, and since when. */
interface Question {
  readonly config: OwDirConfig;
  readonly where: Paths;
  readonly start: number;
}

/** Lists directories, or tells whether something is there. */
export async function operate(work: Work, config: OwDirConfig): Promise<Outcome> {
  const where = toPaths(config.path, await work.evaluate(config.path), work.msg);
  const question = { config, where, start: performance.now() };
  return config.list === 'present' ? checkPresence(work, question) : list(work, question);
}

async function list(work: Work, question: Question): Promise<Outcome> {
  const { config, where } = question;
  const answers = await askEach(work.client, where.paths, (path) => listOne(work, config, path));
  const lists = answered(work, where, answers);
  const ofOne: Question = { ...question, where: { ...where, several: false } };
  const listed = lists.flatMap(({ value }) => value);
  const count = listed.length;
  const messages =
    config.results === 'messages'
      ? await work.emitSequence(
          config.output,
          lists.flatMap((one) =>
            toOutputs(one, {
              ...details(ofOne, [one]),
              count: one.value.length,
              cached: mayBeCached(config, [one]),
            }),
          ),
        )
      : await work.emit(config.output, {
          value: listed,
          owserver: {
            ...details(question, answers),
            count,
            cached: mayBeCached(config, lists),
            ...itemsOf(work, where, answers),
          },
          ...topicOf(answers, where),
        });
  const shown = work.translate('status.listed', { count });
  return { messages, shown, ...(lists.length < answers.length && { look: 'partly' }) };
}

/** Not when all of it is of places that owserver never keeps. */
function mayBeCached({ source, list }: OwDirConfig, lists: readonly Answered<unknown>[]): boolean {
  if (source !== 'cached' || list === 'alarm') return false;
  return !lists.every(({ given }) => listsAnew(given));
}

async function listOne(
  { client, onWait }: Work,
  { list, source, family }: OwDirConfig,
  path: string,
): Promise<Listed[]> {
  const wanted = family.trim() ? { family: family.trim() } : {};
  if (list === 'alarm') return client.alarm(path, { onWait, ...wanted });
  if (list === 'entries') return client.dir(path, { source, onWait });
  return client.devices(path, { source, onWait, ...wanted });
}

async function checkPresence(work: Work, question: Question): Promise<Outcome> {
  const { where, config } = question;
  const { client, onWait } = work;
  const answers = await askEach(client, where.paths, (path) => client.present(path, { onWait }));
  const known = answered(work, where, answers);
  const found = known.filter(({ value }) => value).length;
  const [first] = known;
  const messages = await work.emit(config.output, {
    value: where.several
      ? Object.fromEntries(known.map(({ path, value }) => [path, value]))
      : first?.value,
    owserver: {
      ...details(question, answers),
      cached: false,
      ...itemsOf(work, where, answers),
    },
    ...topicOf(answers, where),
  });
  const isMissing = !where.several && found === 0;
  const one = isMissing ? 'absent' : 'present';
  const key = where.several ? 'presentOf' : one;
  const shown = work.translate(`status.${key}`, { found, all: answers.length });
  const look = isMissing ? 'absent' : 'partly';
  return { messages, shown, ...((isMissing || known.length < answers.length) && { look }) };
}

/** The answers that there are. @throws OwError the first of what failed, when all did; then the message tells of each */
function answered<Value>(
  work: Work,
  where: Paths,
  answers: readonly Answer<Value>[],
): Answered<Value>[] {
  const known = answers.filter((answer) => isAnswered(answer));
  const [first] = answers;
  if (known.length > 0 || !first || isAnswered(first)) return known;
  if (where.several) work.msg.owserver = itemsOf(work, where, answers);
  throw first.error;
}

/** A message for each entry of a directory, with the entry's path as topic. */
function toOutputs({ value }: Answered<Listed[]>, about: object): Output[] {
  return value.map((one) => ({
    value: one,
    topic: typeof one === 'string' ? one : one.path,
    owserver: { ...about },
  }));
}

/** What `msg.owserver` tells: of one path what is known of its device, of several their paths with ids. */
function details(
  { config: { list }, where, start }: Question,
  answers: readonly Answer<unknown>[],
): object {
  const ms = performance.now() - start;
  const [first] = answers;
  if (where.several || !first) return { path: answers.map(({ path }) => path), list, ms };
  return { ...(isAnswered(first) ? named(first.told) : { path: first.path }), list, ms };
}

function topicOf(answers: readonly Answer<unknown>[], { several }: Paths): { topic?: string } {
  const [first] = answers;
  return several || !first ? {} : { topic: first.given };
}

function itemsOf(
  { tell }: Work,
  { several }: Paths,
  answers: readonly Answer<unknown>[],
): { items?: Item[] } {
  if (!several) return {};
  const items = answers.map((answer): Item => {
    const { path } = answer;
    if (!isAnswered(answer)) return { path, error: toFailure(answer.error, tell) };
    return Array.isArray(answer.value) ? { path, count: answer.value.length } : { path };
  });
  return { items };
}
