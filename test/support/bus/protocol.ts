import type { BusSetup, ChipChange, ChipState, Traffic } from './setup.js';
import type { Step } from './steps.js';

/** What the tests may ask of the program of a bus. */
export type Order =
  | { type: 'start'; setup: BusSetup }
  | { type: 'change'; changes: Readonly<Record<string, ChipChange>> }
  | { type: 'glitch'; ids: readonly string[] }
  | { type: 'play'; steps: readonly Step[] }
  | { type: 'clock' }
  | { type: 'dead'; on: boolean }
  | { type: 'shorted'; on: boolean }
  | { type: 'states' }
  | { type: 'traffic' };

/** What each order is answered with; the tty for a start. */
export interface Answers {
  start: string;
  change: undefined;
  glitch: undefined;
  /** When it began, in milliseconds since 1970, and how long it takes. */
  play: { startedAt: number; ms: number };
  /** The moment up to which all is done, in milliseconds since 1970. */
  clock: number;
  dead: undefined;
  shorted: undefined;
  states: Record<string, ChipState>;
  traffic: Traffic;
}

/** An order on its way to the program. */
export interface Request {
  readonly number: number;
  readonly order: Order;
}

/** The answer on its way back, or why there is none. */
export type Reply =
  | { readonly number: number; readonly value: Answers[Order['type']] }
  | { readonly number: number; readonly error: string };
