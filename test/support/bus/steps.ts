import type { Moment } from '../../../simulator/stage.js';
import type { ChipChange } from './setup.js';
import type { Slave } from './slave.js';

/** What happens to a slave at a moment of a script. */
export type Step = {
  /** Milliseconds from the start of the script on. */
  readonly at: number;
  readonly id: string;
} & (
  | { readonly set: ChipChange }
  /** A contact at this pin closes: its level goes low; or opens again. */
  | { readonly close: number }
  | { readonly open: number }
  /** It closes and opens again after so many milliseconds. @default 50 */
  | { readonly pulse: number; readonly ms?: number }
  /** Taken off the bus, or put back, which is a power-on. */
  | { readonly pull: true }
  | { readonly plug: true }
  /** Its supply fails for a moment. */
  | { readonly glitch: true }
);

const PULSE_MS = 50;

/** What a script does, at its times. @throws Error when a slave of it is not there */
export function momentsOf(steps: readonly Step[], slave: (id: string) => Slave): Moment[] {
  return steps.flatMap((step) => momentsIn(step, slave(step.id)));
}

function momentsIn(step: Step, slave: Slave): Moment[] {
  const { at } = step;
  const changes = (change: ChipChange, when = at): Moment => {
    return { at: when, make: () => slave.change(change) };
  };
  const level = (pin: number, high: boolean, when = at): Moment =>
    changes({ levels: { [pin]: high } }, when);
  if ('set' in step) return [changes(step.set)];
  if ('close' in step) return [level(step.close, false)];
  if ('open' in step) return [level(step.open, true)];
  if ('pulse' in step)
    return [level(step.pulse, false), level(step.pulse, true, at + (step.ms ?? PULSE_MS))];
  if ('glitch' in step) return [{ at, make: () => slave.powerOn() }];
  return [changes({ present: 'plug' in step })];
}
