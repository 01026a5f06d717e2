import type { Bus } from './bus/bus.js';

/** What a test, or a hand, can do to a bus. */
export interface BusHandle {
  readonly number: number;
  /**
   * Its bus master no longer answers, or answers again: searches of it fail with -5, reads and
   * writes with -22, -2 or -1, each after `deadMs`; listings of all buses just lack its devices.
   */
  dead(isDead: boolean): void;
}

/** The handle of a bus. */
export function busHandleOf(bus: Bus): BusHandle {
  return { number: bus.number, dead: (isDead) => void (bus.isDead = isDead) };
}
