import type { OwError, OwserverClient } from '../../client/index.js';
import type { Typed } from '../../settings/setting.js';
import { emit, emitSequence, type Output, type Place } from './emit.js';
import type { Tell } from './failure.js';
import type { Message, NodeAPI } from './red.js';
import { showValue } from './show-value.js';
import type { Look, StatusLine } from './status-line.js';
import { evaluate } from './typed-input.js';

/** What an operation works with, for one message: all of Node-RED that it needs. */
export interface Work {
  readonly client: OwserverClient;
  readonly msg: Message;
  /** To be given to the client, so that the node shows a wait for the bus. */
  readonly onWait: (waitedMs: number) => void;
  /** Says an error in the language of the runtime. */
  readonly tell: Tell;
  /** A text of the shared catalogue in the language of the runtime. */
  readonly translate: NodeAPI['_'];
  /** A value as people see it below the node. */
  readonly show: (value: unknown, unit?: string) => string;
  /** The value that a typedInput stands for: at once or later; throws or rejects with an Error. */
  readonly evaluate: (field: Typed) => unknown;
  /** Puts an output into the message, where the output field says. */
  readonly emit: (field: Typed, output: Output) => Message[] | Promise<Message[]>;
  /** The messages of a sequence, one for each output. */
  readonly emitSequence: (field: Typed, outputs: readonly Output[]) => Promise<Message[]>;
}

/** What Catch nodes hear beside the outcome of a message: an error with a message of its own. */
export interface SideError {
  readonly error: Error;
  readonly msg: Message;
}

/** What an operation leaves. */
export interface Outcome {
  /** To be sent. */
  readonly messages: readonly Message[];
  /** What people see of them below the node. */
  readonly shown: string;
  /** What colour they see it in. @default green */
  readonly look?: Look | undefined;
  /** What Catch nodes hear beside. @default nothing */
  readonly errors?: readonly SideError[];
  /** What is not as it should be although nothing failed: it goes to the log. @default nothing */
  readonly warnings?: readonly OwError[] | undefined;
  /** Nothing came of it, for this reason: the message fails. */
  readonly failure?: Error;
  /** To be called when the messages are sent. */
  readonly sent?: () => void;
}

/** What all messages of a node share. */
export interface Tools extends Pick<Work, 'tell' | 'translate'> {
  readonly place: Place;
  readonly status: StatusLine;
  /** Words for yes and no, looked up once: most values are read again and again. */
  readonly words: { readonly on: string; readonly off: string };
}

/** A class, so that a message costs one object and one function of its own. */
export class MessageWork implements Work {
  readonly client: OwserverClient;
  readonly msg: Message;
  readonly tell: Tell;
  readonly translate: Work['translate'];
  readonly onWait: Work['onWait'];
  readonly #tools: Tools;
  readonly #life: { ended: boolean };

  constructor(tools: Tools, client: OwserverClient, msg: Message) {
    this.client = client;
    this.msg = msg;
    this.tell = tools.tell;
    this.translate = tools.translate;
    this.#tools = tools;
    const { status } = tools;
    // Not all of the message: whoever keeps this for a while would keep that, too.
    const life = { ended: false };
    this.#life = life;
    this.onWait = (waitedMs) => {
      if (!life.ended) status.waiting(waitedMs);
    };
  }

  /** The message has its outcome: what else was begun for it may go on, and is not shown any more. */
  end(): void {
    this.#life.ended = true;
  }

  show(value: unknown, unit?: string): string {
    const { on, off } = this.#tools.words;
    return typeof value === 'boolean' ? (value ? on : off) : showValue(value, unit);
  }

  evaluate(field: Typed): unknown {
    const { RED, node } = this.#tools.place;
    return evaluate(RED, node, field, this.msg);
  }

  emit(field: Typed, output: Output): Message[] | Promise<Message[]> {
    return emit(this.#tools.place, field, this.msg, output);
  }

  emitSequence(field: Typed, outputs: readonly Output[]): Promise<Message[]> {
    return emitSequence(this.#tools.place, field, this.msg, outputs);
  }
}
