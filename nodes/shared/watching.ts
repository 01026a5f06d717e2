import {
  toOwError,
  type CallOptions,
  type Failed,
  type Look,
  type OwserverClient,
  type Told,
  type Watch,
  type WatchListener,
  type WatchTimes,
  type Where,
} from '../../client/index.js';
import type { Typed } from '../../settings/setting.js';
import { isOutage } from './failure.js';
import { localized } from './localize.js';
import { toPaths } from './paths.js';
import { sendAll } from './send-all.js';
import { MessageWork, type Outcome, type SideError, type Tools, type Work } from './work.js';

/** Where a watching node looks, and when it does by itself. */
export interface Repeating {
  readonly path: Typed;
  /** Seconds; without it the node does not. */
  readonly repeat: number | undefined;
  /** Also when it starts. */
  readonly once: boolean;
}

/** When, and where, a node's watch looks. */
export interface Times extends WatchTimes {
  readonly where: () => Promise<Where>;
}

/** A watch, as far as a node uses it: of one kind, or of any of several. */
export type OpenWatch<L extends Look> = Pick<
  Watch<L>,
  'look' | 'running' | 'start' | 'stop' | 'close'
>;

/** Looks for a message: where its path field says, or where that has come to already. */
export type LookFor = (where?: Where) => Promise<Outcome>;

/** How a node watches: its looks, and those for its messages, share one watch of the client. */
export interface WatchKind<Config extends Repeating, L extends Look> {
  readonly open: (
    client: OwserverClient,
    config: Config,
    times: Times,
    listener: WatchListener<L>,
  ) => OpenWatch<L>;
  /** What is done for a message; `look` is a look of the watch for it, where it has to be one. @default always a look */
  readonly operate?: (work: Work, config: Config, look: LookFor) => Promise<Outcome>;
  /** What becomes of a look; it rejects when nothing at all came of it. */
  readonly tell: (work: Work, look: Told<L>, config: Config) => Promise<Outcome>;
}

/** Errors of a look that the state of the connection tells already: it was closed because people wanted it. */
const WANTED: readonly string[] = ['disconnected'];

/** One kind of failure: a server that is ill hangs up, or is not there, or does not answer in time. */
const NO_ANSWER = 'no answer';

/** The watch of a node: what its looks come to, each failure told once until it is over. */
export class NodeWatch<Config extends Repeating, L extends Look> {
  readonly #kind: WatchKind<Config, L>;
  readonly #tools: Tools;
  readonly #client: OwserverClient;
  readonly #config: Config;
  readonly #watch: OpenWatch<L>;
  /** What kind of failure failed the looks before, if they failed. */
  #failing: string | undefined;
  #skipped = 0;

  constructor(kind: WatchKind<Config, L>, tools: Tools, client: OwserverClient, config: Config) {
    this.#kind = kind;
    this.#tools = tools;
    this.#client = client;
    this.#config = config;
    const { repeat, once } = config;
    const times: Times = {
      everyMs: repeat === undefined ? undefined : Math.round(repeat * 1000),
      once,
      all: true,
      where: () => whereOf(this.#work(), config.path),
      onError: (error) => this.#failed(error, this.#work()),
    };
    this.#watch = kind.open(client, config, times, (look) => this.#heard(look));
  }

  start(): void {
    this.#watch.start();
  }

  stop(): void {
    this.#watch.stop();
  }

  close(): void {
    this.#watch.close();
  }

  /** What a look for a message comes to; what it saw is cleared when that was sent. */
  lookFor(work: Work, where?: Where): Promise<Outcome> {
    const options: CallOptions = { onWait: work.onWait };
    return new Promise((resolve, reject) => {
      const listener = (look: Told<L>): Promise<void> =>
        new Promise((sent) => {
          this.#kind.tell(work, this.#counted(look), this.#config).then(
            (outcome) => resolve({ ...outcome, sent }),
            (thrown: unknown) => {
              reject(toOwError(thrown));
              // It has failed the message: the looks behind it wait no longer.
              sent();
            },
          );
        });
      const looking = async (): Promise<unknown> =>
        this.#watch.look(where ?? (await whereOf(work, this.#config.path)), options, listener);
      looking().catch((thrown: unknown) => reject(toOwError(thrown)));
    });
  }

  #work(): MessageWork {
    return new MessageWork(this.#tools, this.#client, {});
  }

  /** A look that the node made by itself. */
  async #heard(look: Told<L>): Promise<void> {
    const work = this.#work();
    const { status, place } = this.#tools;
    try {
      const outcome = await this.#kind.tell(work, this.#counted(look), this.#config);
      // One path that gets no answer was told as such: that is no end of what was told before.
      if (!outcome.failure || kindOf(outcome.failure) !== NO_ANSWER) this.#failing = undefined;
      if (outcome.failure) status.failed(outcome.failure);
      else status.succeeded(outcome.shown, outcome.look);
      if (outcome.messages.length > 0) this.#skipped = 0;
      await sendAll((messages) => place.node.send(messages), outcome.messages);
      for (const { error, msg } of outcome.errors ?? [])
        place.node.error(localized(place.RED, error), msg);
      for (const warning of outcome.warnings ?? []) place.node.warn(work.tell(warning));
    } catch (thrown) {
      this.#failed(toOwError(thrown), work);
    } finally {
      work.end();
    }
  }

  /** With all that were left out since the last message. */
  #counted(look: Told<L>): Told<L> {
    this.#skipped += look.skipped;
    return { ...look, skipped: this.#skipped };
  }

  #failed(error: Error, { msg }: Work): void {
    const { status, place } = this.#tools;
    const { id } = toOwError(error);
    status.failed(error);
    const before = this.#failing;
    this.#failing = kindOf(error);
    if (before === this.#failing || WANTED.includes(id)) return;
    place.node.error(localized(place.RED, error), msg);
  }
}

function kindOf(error: Error): string {
  const { code } = toOwError(error);
  return isOutage(error) || code === 'EOW_TIMEOUT' ? NO_ANSWER : code;
}

/** Where to look, for a message; that of a look of the node itself is empty. @throws OwError EOW_VALUE for what is no path */
async function whereOf(work: Work, field: Typed): Promise<Where> {
  const { paths, several } = toPaths(field, await work.evaluate(field), work.msg);
  return several ? paths : (paths[0] ?? '');
}

/** What Catch nodes hear of a path that fails now, and did not before. */
export function aside({ path, error }: Failed): SideError {
  return { error, msg: { topic: path, owserver: { path } } };
}

/** What people see of a look, with how many were left out before it. */
export function withSkipped(work: Work, { skipped }: Told<Look>, text: string): string {
  return skipped > 0 ? work.translate('status.skipped', { text, count: skipped }) : text;
}
