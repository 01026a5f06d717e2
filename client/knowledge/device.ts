/** One device of a listing. */
export interface Device {
  /** Path to read and write below: with the id, which stays when the device gets another name. */
  readonly path: string;
  /** Address in the format that was set. */
  readonly id: string;
  readonly alias?: string;
  /** Two hex digits. */
  readonly family: string;
  /** Name of the chip, such as DS18B20; missing when owserver did not say. */
  readonly type?: string;
  /**
   * Number of the bus, when the listing was of one, or the device is on several: then the path has it too.
   * Watches, which list each bus by itself, tell it of all.
   */
  readonly bus?: number;
}
