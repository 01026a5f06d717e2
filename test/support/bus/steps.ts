import type { ChipChange } from './setup.js';

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

/** A change that is to be made at a moment; without one the supply fails. */
export interface Moment {
  readonly at: number;
  readonly id: string;
  readonly change: ChipChange | undefined;
}

const PULSE_MS = 50;

/** The changes of a script in their order; of those at one moment the first comes first. */
export function momentsOf(steps: readonly Step[]): Moment[] {
  return steps.flatMap((step) => momentsIn(step)).sort((a, b) => a.at - b.at);
}

function momentsIn(step: Step): Moment[] {
  const { at, id } = step;
  const level = (pin: number, high: boolean, when = at): Moment => ({
    at: when,
    id,
    change: { levels: { [pin]: high } },
  });
  if ('set' in step) return [{ at, id, change: step.set }];
  if ('close' in step) return [level(step.close, false)];
  if ('open' in step) return [level(step.open, true)];
  if ('pulse' in step)
    return [level(step.pulse, false), level(step.pulse, true, at + (step.ms ?? PULSE_MS))];
  if ('glitch' in step) return [{ at, id, change: undefined }];
  return [{ at, id, change: { present: 'plug' in step } }];
}
