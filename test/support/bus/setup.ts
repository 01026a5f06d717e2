/** A bus to play: what hangs on it and how fast it is. */
export interface BusSetup {
  readonly devices: readonly ChipSetup[];
  /** A conversion at 12 bits, in milliseconds; each bit less halves it. @default 750 */
  readonly conversionMs?: number;
  /** A byte on the wire, in milliseconds; a reset takes 1.6 times as long. 0: no time at all. @default 0.6 */
  readonly byteMs?: number;
  /** @default 'HA7S', or 'DS2480B' when a device is on a coupler: owserver drives those with no HA7S */
  readonly master?: MasterName;
}

/** The bus masters that can be played. */
export type MasterName = 'HA7S' | 'DS2480B';

/** Which master plays a bus when its setup does not say. */
export function masterOf({ master, devices }: BusSetup): MasterName {
  return master ?? (devices.some(({ on }) => on) ? 'DS2480B' : 'HA7S');
}

/** A slave as it is when the bus starts. */
export interface ChipSetup extends ChipChange {
  /** As listings write it: `28.021000000000`. */
  readonly id: string;
  /** Of a thermometer, in bits. @default 12 */
  readonly resolution?: Resolution;
  /** What the EEPROM of a thermometer holds, in °C. @default 70 and 75, as from the factory */
  readonly limits?: { readonly low: number; readonly high: number };
  /** A thermometer without a supply of its own. @default false */
  readonly parasite?: boolean;
  /** What a family 3B is. @default 'DS1825' */
  readonly model?: Model;
  /** Behind which DS2409, and on which of its branches. @default on the trunk */
  readonly on?: { readonly hub: string; readonly branch: Branch };
}

export type Resolution = 9 | 10 | 11 | 12;
export type Model = 'DS1825' | 'MAX31826' | 'MAX31850';
export type Branch = 'main' | 'aux';

/** What the world may do to a slave while the bus runs. */
export interface ChipChange {
  /** In °C; a conversion takes the temperature that was there when it began. @default 20 */
  readonly temperature?: number;
  /** At the other end of the wires of a MAX31850, in °C. @default 20 */
  readonly thermocouple?: number;
  /** Bit n: the level that pin n has while its output is off. @default all high */
  readonly inputs?: number;
  /** Pins that go high or low, by their number from 0; the others stay as they are. */
  readonly levels?: Readonly<Record<number, boolean>>;
  /** So many of the next scratchpad reads have a wrong checksum; Infinity: all. @default 0 */
  readonly crcFails?: number;
  /** Pulses that the inputs A and B of a DS2423 have counted. @default 0 and 0 */
  readonly counters?: readonly [number, number];
  /** Supply of a DS2438, in volts. @default 5 */
  readonly vdd?: number;
  /** Input of a DS2438, in volts. @default 2.5 */
  readonly vad?: number;
  /** false: pulled off the bus; true: plugged in again, which is a power-on. @default true */
  readonly present?: boolean;
}

/** What the pins of a switch are now. */
export interface PinState {
  /** Bit n: the output n conducts, which owserver calls PIO 1. */
  readonly outputs: number;
  /** Bit n: the level that the world gives pin n. */
  readonly inputs: number;
  /** Bit n: the level of pin n. */
  readonly sensed: number;
  /** Bit n: the activity latch of pin n; of a chip that has no latches what they would be. */
  readonly latches: number;
  /** How often the world changed the level of pin n since the bus started; a pulse is two. */
  readonly edges: readonly number[];
}

/** What a slave is now; only what its chip has. */
export interface ChipState extends Partial<PinState> {
  readonly id: string;
  readonly present: boolean;
  /** The true one, in °C. */
  readonly temperature?: number;
  readonly thermocouple?: number;
  /** What the scratchpad holds, in °C. */
  readonly latest?: number;
  readonly resolution?: Resolution;
  readonly converting?: boolean;
  /** How many it began. */
  readonly conversions?: number;
  readonly counters?: readonly [number, number];
  readonly vdd?: number;
  readonly vad?: number;
  /** Of a coupler: the branch that is connected. */
  readonly branch?: Branch;
}

/** What happened on a bus since it started. */
export interface Traffic {
  /** Bytes on the wire, 192 bits of a search as 24. */
  readonly bytes: number;
  readonly resets: number;
  /** Searches for one address each, alarm searches among them. */
  readonly searches: number;
  /** Those for one address of a slave in alarm; one that finds nobody is one, too. */
  readonly alarmSearches: number;
  /** Conversions that all thermometers were told to begin at once: skip ROM, 44. */
  readonly broadcasts: number;
  /** Commands of owserver's to the bus master. */
  readonly commands: number;
  /** CPU time that the program of the bus took, start included, in milliseconds. */
  readonly cpuMs: number;
}
