import type { Device } from './bus/device.js';
import type { ValueSource } from './properties/value.js';

/** What a test, or a hand, can do to a device. */
export interface DeviceHandle {
  /** Family, dot and twelve digits. */
  readonly id: string;
  /** Takes it off the bus. */
  pull(): void;
  /** Puts it back. */
  plug(): void;
  /**
   * Sets what it measures or what is wired to it: `temperature`, `sensed.3`, `counter.A`, `power`.
   * What owserver has cached stays cached.
   * @throws Error when it has no such property
   */
  set(property: string, source: ValueSource): void;
  /**
   * The next `times` temperatures read from it are 85 °C, as of one whose supply fails at each
   * conversion: owserver tries three times before it lets one through. @default 1
   */
  powerOn(times?: number): void;
  /** Its supply fails once: its register holds 85 °C until the next conversion. */
  dip(): void;
}

/** The handle of a device on a bus with this clock. */
export function handleOf(device: Device, now: () => number): DeviceHandle {
  return {
    id: device.id,
    pull: () => void (device.present = false),
    plug: () => void (device.present = true),
    set: (property, source) => device.set(property, source, now()),
    powerOn: (times = 1) => device.thermometer?.powerOn(times),
    dip: () => device.thermometer?.dip(),
  };
}
