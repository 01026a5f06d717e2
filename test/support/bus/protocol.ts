import type { BusSetup, ChipChange, ChipState, Traffic } from './setup.js';

/** What the tests may ask of the program of a bus. */
export type Order =
  | { type: 'start'; setup: BusSetup }
  | { type: 'change'; changes: Readonly<Record<string, ChipChange>> }
  | { type: 'glitch'; ids: readonly string[] }
  | { type: 'dead'; on: boolean }
  | { type: 'shorted'; on: boolean }
  | { type: 'states' }
  | { type: 'traffic' };

/** What each order is answered with; the tty for a start. */
export interface Answers {
  start: string;
  change: undefined;
  glitch: undefined;
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
