import type { Device } from './bus/device.js';
import type { ValueSource } from './properties/value.js';
import { PULSE_SECONDS } from './script.js';
import type { Stage } from './stage.js';

/** What a test, or a hand, can do to a device. */
export interface DeviceHandle {
  /** Family, dot and twelve digits. */
  readonly id: string;
  /** Takes it off the bus. */
  pull(): void;
  /**
   * Puts it back, which is a power-on: the outputs of a switch are off, its latches clear, and what it
   * is in alarm for is as after `dip`.
   */
  plug(): void;
  /**
   * Sets what it measures or what is wired to it: `temperature`, `sensed.3`, `counter.A`, `power`.
   * What owserver has cached stays cached.
   * @throws Error when it has no such property
   */
  set(property: string, source: ValueSource): void;
  /**
   * A property of yes or no, `sensed.3`, is the other for so many seconds: a contact that closes, or
   * a door that opens. @default 0.05
   * @throws Error when it has none of this name
   */
  pulse(property: string, seconds?: number): void;
  /**
   * The next `times` temperatures read from it are 85 °C, as of one whose supply fails at each
   * conversion: owserver tries three times before it lets one through. @default 1
   */
  powerOn(times?: number): void;
  /**
   * Its supply fails once: a thermometer holds 85 °C until the next conversion; a DS2408 has `por`,
   * with which it answers each alarm search until 0 is written to it; a DS2406 has a `set_alarm` of 331.
   */
  dip(): void;
}

/** The clock of a simulator, and what is to happen by it. */
export interface Clock {
  readonly now: () => number;
  readonly stage: Stage;
}

/** The handle of a device on a bus with this clock. */
export function handleOf(device: Device, { now, stage }: Clock): DeviceHandle {
  const act = (what: (at: number) => void): void => {
    const at = now();
    stage.goOn(at);
    what(at);
  };
  return {
    id: device.id,
    pull: () => act(() => (device.present = false)),
    plug: () => act((at) => device.plug(at)),
    set: (property, source) => act((at) => device.set(property, source, at)),
    pulse: (property, seconds = PULSE_SECONDS) =>
      act((at) => {
        const back = device.turn(property, at);
        stage.play([{ at: seconds * 1000, make: back }], at);
      }),
    powerOn: (times = 1) => device.thermometer?.powerOn(times),
    dip: () => act((at) => device.wake(at)),
  };
}
