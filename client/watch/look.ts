import type { OwError } from '../errors/ow-error.js';
import type { CallOptions } from '../verbs/options.js';

/** What one look of a watch brought. */
export interface Look {
  /** Is there anything to be told, by the watch's `emit`? */
  readonly due: boolean;
  /** Why the look brought nothing at all: owserver is away, or does not answer. */
  readonly error?: OwError;
  /** What keeps the watch from seeing all there is: each said once for as long as it lasts. */
  readonly warnings?: readonly OwError[];
  /** What is done once the look was told, and not before: latches are cleared then. It does not reject. */
  readonly settle?: () => Promise<void>;
}

/** Where a watch looks: a path, or a list of them. */
export type Where = string | readonly string[];

/** Looks at what is watched, and keeps what it looked like; when it looks is decided elsewhere. */
export interface Observer<L extends Look> {
  /**
   * `asked`: somebody wants it now, beside those that are due. Rejects only when it is called off, or for options
   * that are wrong: what fails is told by the look.
   */
  look: (where: Where, options: CallOptions, asked?: boolean) => Promise<L>;
  /** Does a look, with what is done after it, end before the next one begins? @default they may overlap */
  readonly oneAtATime?: boolean;
  /** Calls back when something is worth a look before the next one is due, until the function that it returns is called. */
  onNews?: (listener: () => void) => () => void;
  /** The watch is closed. */
  close?: () => void;
}
