import type { OwError } from './errors/ow-error.js';
import type { MessageName } from './protocol/index.js';

/** What is told of each message, however it goes on. */
interface Traced {
  /** Number of the message in this client, from 1: its answer has the same. */
  readonly id: number;
  readonly type: MessageName;
  /** As it was sent; empty for a NOP. */
  readonly path: string;
}

/** A message went out. */
export interface TracedMessage extends Traced {
  readonly event: 'sent';
  /** The word of flags: `decodeFlags` takes it apart. */
  readonly flags: number;
  /** Bytes asked for, or bytes of the value that is written. */
  readonly size: number;
  readonly offset: number;
  /** Bytes on the wire. */
  readonly bytes: number;
  /** Times that it was sent, this one included. */
  readonly attempt: number;
}

/** Its answer came. */
export interface TracedAnswer extends Traced {
  readonly event: 'answered';
  /** owserver's return value: negative for an error. */
  readonly code: number;
  readonly flags: number;
  /** As the last frame says it. */
  readonly size: number;
  /** Frames of the answer: several of a DIR. */
  readonly frames: number;
  /** Bytes of all their payloads. */
  readonly bytes: number;
  /** Milliseconds since it was sent. */
  readonly ms: number;
}

/** It got no answer: its connection failed, or was closed here. */
export interface TracedFailure extends Traced {
  readonly event: 'failed';
  readonly error: OwError;
  /** Milliseconds since it was sent. */
  readonly ms: number;
}

/** What happened to a message. */
export type TraceEvent = TracedMessage | TracedAnswer | TracedFailure;

/** Hears of each message that is sent, and of each answer. */
export type TraceListener = (event: TraceEvent) => void;
