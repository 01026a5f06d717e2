import type { ChipChange, PinState } from '../setup.js';

/** Open-drain outputs with an input each, as in the switches. */
export class Pins {
  /** Bit n: output n conducts and pulls its pin low. */
  outputs = 0;
  /** Bit n: pin n was seen to change since this was last cleared. */
  latches = 0;
  readonly #all: number;
  readonly #edges: number[];
  #inputs: number;

  constructor(count: number, inputs: number | undefined) {
    this.#all = (1 << count) - 1;
    this.#inputs = (inputs ?? this.#all) & this.#all;
    this.#edges = Array.from({ length: count }, () => 0);
  }

  get inputs(): number {
    return this.#inputs;
  }

  /** Bit n: the level of pin n. */
  get sensed(): number {
    return this.#inputs & ~this.outputs;
  }

  /** Lets the world pull pins up and down. */
  change({ inputs = this.#inputs, levels = {} }: ChipChange): void {
    let fed = inputs;
    for (const [pin, high] of Object.entries(levels))
      fed = high ? fed | (1 << Number(pin)) : fed & ~(1 << Number(pin));
    const changed = this.#watch(() => (this.#inputs = fed & this.#all));
    this.#edges.forEach((count, pin) => (this.#edges[pin] = count + ((changed >> pin) & 1)));
  }

  /** Lets the chip switch its outputs. */
  drive(outputs: number): void {
    this.#watch(() => (this.outputs = outputs & this.#all));
  }

  /** All outputs off, all latches clear. */
  powerOn(): void {
    this.outputs = 0;
    this.latches = 0;
  }

  state(): PinState {
    const { outputs, inputs, sensed, latches } = this;
    return { outputs, inputs, sensed, latches, edges: [...this.#edges] };
  }

  /** Bit n: pin n changed. */
  #watch(change: () => void): number {
    const before = this.sensed;
    change();
    const changed = before ^ this.sensed;
    this.latches |= changed;
    return changed;
  }
}
