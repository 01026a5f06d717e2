import type { Device } from './bus/device.js';
import type { ValueSource } from './properties/value.js';
import type { Moment } from './stage.js';

/** What happens at a moment of a script; one thing, at one device. */
export type ScriptStep = {
  /** Seconds from the start of the script on. */
  readonly at: number;
  /** Id of the device, in any format. */
  readonly device: string;
} & (
  | { readonly set: Readonly<Record<string, ValueSource>> }
  /** A property of yes or no, `sensed.4`, is the other for so many seconds. @default 0.05 */
  | { readonly pulse: string; readonly seconds?: number }
  | { readonly pull: true }
  | { readonly plug: true }
  | { readonly dip: true }
);

/** How long a pulse takes that does not say. */
export const PULSE_SECONDS = 0.05;

/** What the world does to the devices of a bus, by the clock. */
export interface Script {
  readonly steps: readonly ScriptStep[];
  /** Seconds after which it begins again. @default it is played once */
  readonly loop?: number;
}

/** A script that is played. */
export interface Playing {
  /** Nothing more of it happens; what it did stays as it is. */
  stop(): void;
}

/**
 * What a script does, at its times.
 * @throws Error when a device of it has no such property, or a time does not fit
 */
export function momentsOf({ steps, loop }: Script, device: (id: string) => Device): Moment[] {
  const moments = steps.flatMap((step) => momentsIn(step, device(step.device)));
  const last = Math.max(0, ...moments.map(({ at }) => at)) / 1000;
  if (!steps.every(({ at }) => at >= 0))
    throw new Error('A script begins at 0: give each step a time from there on, in seconds.');
  if (loop !== undefined && !(loop > 0 && loop >= last))
    throw new Error(`The script takes ${last} s: its loop must be as long, or longer.`);
  return moments;
}

function momentsIn(step: ScriptStep, device: Device): Moment[] {
  const at = step.at * 1000;
  if ('set' in step) {
    const all = Object.entries(step.set);
    for (const [name] of all) device.settable(name);
    return [{ at, make: (now) => all.forEach(([name, source]) => device.set(name, source, now)) }];
  }
  if ('pulse' in step) return pulse(device, step.pulse, at, step.seconds ?? PULSE_SECONDS);
  if ('pull' in step) return [{ at, make: () => (device.present = false) }];
  return [{ at, make: (now) => ('plug' in step ? device.plug(now) : device.wake(now)) }];
}

function pulse(device: Device, name: string, at: number, seconds: number): Moment[] {
  device.switchable(name);
  let back: ((now: number) => void) | undefined;
  return [
    { at, make: (now) => (back = device.turn(name, now)) },
    { at: at + seconds * 1000, make: (now) => back?.(now) },
  ];
}
