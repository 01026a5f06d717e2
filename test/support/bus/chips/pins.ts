/** Open-drain outputs with an input each, as in the switches. */
export class Pins {
  /** Bit n: output n conducts and pulls its pin low. */
  outputs = 0;
  /** Bit n: pin n was seen to change since this was last cleared. */
  latches = 0;
  readonly #all: number;
  #inputs: number;

  constructor(count: number, inputs: number | undefined) {
    this.#all = (1 << count) - 1;
    this.#inputs = (inputs ?? this.#all) & this.#all;
  }

  get inputs(): number {
    return this.#inputs;
  }

  /** Bit n: the level of pin n. */
  get sensed(): number {
    return this.#inputs & ~this.outputs;
  }

  /** Lets the world pull pins up and down. */
  feed(inputs: number): void {
    this.#watch(() => (this.#inputs = inputs & this.#all));
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

  #watch(change: () => void): void {
    const before = this.sensed;
    change();
    this.latches |= before ^ this.sensed;
  }
}
