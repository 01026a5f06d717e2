/** How much to measure. */
export interface Effort {
  /** Times that each contender has its turn, where a turn is short. */
  readonly rounds: number;
  /** Time of one turn of one contender, in milliseconds; the ramp before it comes on top. */
  readonly ms: number;
  /** Thermometers on the fullest of the emulated buses. */
  readonly sensors: number;
  /** Time of the longest load on an emulated bus, in seconds. */
  readonly load: number;
}

/** The switches with their defaults, for `parseArgs`. */
export const EFFORT_OPTIONS = {
  rounds: { type: 'string', default: '5' },
  ms: { type: 'string', default: '1200' },
  sensors: { type: 'string', default: '100' },
  // owserver keeps its list of devices for 60 s: its next search of the bus is to be within.
  load: { type: 'string', default: '75' },
} as const;

/** The effort from what was given for the switches. */
export function toEffort(given: Readonly<Record<keyof Effort, string>>): Effort {
  return {
    rounds: wholeNumber(given.rounds),
    ms: wholeNumber(given.ms),
    sensors: wholeNumber(given.sensors),
    load: wholeNumber(given.load),
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${text} is not a whole number above 0.`);
}
