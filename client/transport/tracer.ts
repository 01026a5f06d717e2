import type { OwError } from '../errors/ow-error.js';
import { decodeHeader, MessageType, type Frame, type MessageName } from '../protocol/index.js';
import type { TraceListener } from '../trace.js';
import { tell } from './tell.js';
import type { Ticket } from './ticket.js';

/** A message that is under way. */
interface UnderWay {
  readonly id: number;
  readonly type: MessageName;
  readonly path: string;
  /** When it was sent, in milliseconds of `performance.now()`. */
  readonly sentAt: number;
}

/** Tells a listener what happens to messages. */
export class Tracer {
  readonly #listener: TraceListener;
  readonly #underWay = new WeakMap<Ticket, UnderWay>();
  #sent = 0;

  constructor(listener: TraceListener) {
    this.#listener = listener;
  }

  /** A message has gone out. */
  sent(ticket: Ticket): void {
    const { frame, path } = ticket.job;
    const { code, flags, size, offset } = decodeHeader(frame);
    this.#sent += 1;
    const about = { id: this.#sent, type: nameOf(code), path };
    this.#underWay.set(ticket, { ...about, sentAt: performance.now() });
    const attempt = ticket.attempts;
    const bytes = frame.length;
    tell(this.#listener, { event: 'sent', ...about, flags, size, offset, bytes, attempt });
  }

  answered(ticket: Ticket, frames: readonly Frame[]): void {
    const last = frames.at(-1);
    const message = this.#end(ticket);
    if (!message || !last) return;
    const { code, flags, size } = last.header;
    const bytes = frames.reduce((sum, { payload }) => sum + payload.length, 0);
    const answer = { code, flags, size, frames: frames.length, bytes };
    tell(this.#listener, { event: 'answered', ...message, ...answer });
  }

  failed(ticket: Ticket, error: OwError): void {
    const message = this.#end(ticket);
    if (!message) return;
    tell(this.#listener, { event: 'failed', ...message, error: error.withPath(message.path) });
  }

  #end(ticket: Ticket): (Omit<UnderWay, 'sentAt'> & { readonly ms: number }) | undefined {
    const message = this.#underWay.get(ticket);
    if (!message) return undefined;
    this.#underWay.delete(ticket);
    const { sentAt, ...about } = message;
    return { ...about, ms: performance.now() - sentAt };
  }
}

const NAMES = new Map<number, MessageName>(
  Object.entries(MessageType).map(([name, code]) => [code, name as MessageName]),
);

function nameOf(code: number): MessageName {
  return NAMES.get(code) ?? 'nop';
}
