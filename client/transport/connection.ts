import type { Socket } from 'node:net';
import { OwError, toOwError } from '../errors/ow-error.js';
import { Flag, FrameDecoder, type Frame } from '../protocol/index.js';
import { assertMove, type ConnectionState } from './connection-state.js';
import type { Ticket } from './ticket.js';

/** What a connection needs to know, and whom it tells. */
interface ConnectionOptions {
  /** As sentences say them. */
  readonly host: string;
  readonly port: number | string;
  readonly inactivityTimeoutMs: number;
  /** The request was answered. */
  readonly onAnswer: (connection: Connection, ticket: Ticket, reply: ReplyFrames) => void;
  /** The connection is gone; `ticket` is the request that it took along. */
  readonly onClose: (connection: Connection, error: OwError, ticket: Ticket | undefined) => void;
}

/** The whole answer to one request. */
export interface ReplyFrames {
  readonly frames: readonly Frame[];
  /** owserver keeps the connection open. */
  readonly granted: boolean;
  /** The connection may carry another request. */
  readonly reusable: boolean;
}

/** One socket with one request on it at a time. */
export class Connection {
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #decoder = new FrameDecoder();
  readonly #silence: NodeJS.Timeout;
  #state: ConnectionState = 'idle';
  #ticket: Ticket | undefined;
  #frames: Frame[] = [];
  #bytes = 0;
  #sentAt = 0;
  #heard = 0;

  /** Takes over a socket that is connected. */
  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#silence = setTimeout(() => this.#onSilence(), options.inactivityTimeoutMs).unref();
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', (cause) => this.#onLost(cause));
    socket.on('end', () => this.#onLost());
    socket.on('close', () => this.#onLost());
    // An idle connection does not keep a program running; a request on it does.
    socket.unref();
  }

  /** Can a request be sent? False as soon as the other end is known to be gone. */
  get usable(): boolean {
    return this.#state === 'idle' && this.#socket.writable && !this.#socket.destroyed;
  }

  /** Sends the request of a ticket; the outcome comes through the listeners. */
  send(ticket: Ticket): void {
    this.#moveTo('busy');
    this.#ticket = ticket;
    this.#frames = [];
    this.#bytes = 0;
    this.#sentAt = performance.now();
    this.#heard += 1;
    ticket.attempts += 1;
    this.#socket.ref();
    this.#silence.refresh();
    this.#socket.write(ticket.job.frame);
  }

  /** Ends the connection; a request on it fails with `error`. */
  destroy(error: OwError): void {
    this.#fail(error);
  }

  #onData(chunk: Buffer): void {
    try {
      const frames = this.#decoder.push(chunk, this.#ticket?.job.limit);
      const answered = frames.findIndex((frame) => this.#takes(frame));
      if (answered === -1) return;
      // What follows an answer in the same breath belongs to nobody: this connection is out of step.
      const inStep = answered === frames.length - 1 && this.#decoder.pending === 0;
      this.#finish(inStep);
    } catch (thrown) {
      this.#fail(toOwError(thrown, this.#ticket?.job.path));
    }
  }

  /** Adds a frame to the answer; true when it completes it. */
  #takes(frame: Frame): boolean {
    this.#heard += 1;
    if (frame.header.payload < 0) return this.#onKeepAlive(frame);
    const ticket = this.#ticket;
    if (!ticket) throw new OwError('unasked');
    ticket.job.check(frame);
    const { limit, streams } = ticket.job;
    this.#bytes += frame.payload.length;
    if (this.#bytes > limit.bytes || this.#frames.length > limit.frames)
      throw limit.exceeded(this.#bytes);
    const more = streams && frame.header.payload > 0;
    const kept = more ? onItsOwn(frame) : frame;
    this.#frames.push(kept);
    if (more) {
      this.#silence.refresh();
      ticket.piece(kept);
    }
    return !more;
  }

  /** owserver sends -1 every second while it works (owserver/src/c/ping.c); nothing sends less. */
  #onKeepAlive({ header }: Frame): false {
    if (header.payload !== -1) throw new OwError('badSize', { size: header.payload });
    this.#silence.refresh();
    this.#ticket?.waiting(performance.now() - this.#sentAt);
    return false;
  }

  #finish(inStep: boolean): void {
    const ticket = this.#ticket;
    const frames = this.#frames;
    const granted = ((frames.at(-1)?.header.flags ?? 0) & Flag.persistent) !== 0;
    this.#ticket = undefined;
    this.#frames = [];
    this.#moveTo('idle');
    this.#socket.unref();
    if (ticket)
      this.#options.onAnswer(this, ticket, { frames, granted, reusable: granted && inStep });
  }

  /**
   * When the program was busy for longer than the limit, the answer may lie in the socket unread:
   * the limit counts only once what has arrived was looked at.
   */
  #onSilence(): void {
    const heard = this.#heard;
    if (this.#state !== 'busy') return;
    setImmediate(() => {
      if (this.#state !== 'busy' || this.#heard !== heard) return;
      const { host, port, inactivityTimeoutMs } = this.#options;
      this.#fail(new OwError('silent', { host, port, seconds: inactivityTimeoutMs / 1000 }));
    });
  }

  #onLost(cause?: Error): void {
    this.#fail(new OwError(this.#ticket ? 'closedByServer' : 'lost', {}, { cause }));
  }

  #fail(error: OwError): void {
    if (this.#state === 'closed') return;
    this.#moveTo('closed');
    clearTimeout(this.#silence);
    const ticket = this.#ticket;
    this.#ticket = undefined;
    this.#frames = [];
    this.#socket.destroy();
    this.#options.onClose(this, error, ticket);
  }

  #moveTo(next: ConnectionState): void {
    assertMove(this.#state, next);
    this.#state = next;
  }
}

/** An entry of many keeps nothing alive of what else came with it, such as keep-alives without end. */
function onItsOwn({ header, payload }: Frame): Frame {
  return { header, payload: Buffer.from(payload) };
}
