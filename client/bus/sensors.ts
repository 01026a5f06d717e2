import { keysOf, type Buses } from './buses.js';
import type { Conversion } from './conversion.js';
import { Deadline } from '../transport/deadline.js';
import { Kept } from '../transport/kept.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import { conversionMs, FIXED_RESOLUTION, FULL_BITS } from '../values/thermometers.js';

/** How long it is believed how a sensor gets its power: only rewiring changes it. */
const POWER_MS = 600_000;

/** How long owserver is sure to have a resolution in its cache, a stable property; it keeps those for 300 s. */
const KEPT_BITS_MS = 290_000;

/** When a sensor that was at full resolution is asked again: that it has become faster is no danger. */
const FULL_BITS_MS = 3_600_000;

/** When one whose resolution could not be had is asked again: until then it counts as the slowest. */
const UNKNOWN_BITS_MS = 60_000;

/** Most characters of the directories of sensors that are remembered: 5,000 of them, as they mostly are. */
const LIMIT = 5_000 * 40;

/** A thermometer that takes part in conversions. */
export interface Sensor {
  readonly directory: string;
  readonly family: string;
  readonly bus: number;
  /** Has it a supply of its own? */
  powered?: boolean;
  /** Its resolution, as owserver told it while the bus was quiet, and until when it need not be asked again. */
  bits?: { readonly value: number; readonly until: number };
}

/** What is known of the sensors that take part in conversions, beside their values. */
export class Sensors {
  readonly #messenger: Messenger;
  readonly #buses: Buses;
  readonly #options: ResolvedOptions;
  readonly #known = new Kept<string, Sensor>({
    limit: LIMIT,
    weigh: (_, directory) => directory.length,
    ms: POWER_MS,
  });

  constructor(messenger: Messenger, buses: Buses, options: ResolvedOptions) {
    this.#messenger = messenger;
    this.#buses = buses;
    this.#options = options;
  }

  /** The sensor of a directory, with what was learned of it lately. */
  of(directory: string, family: string, bus: number): Sensor {
    const known = this.#known.get(directory);
    if (known?.bus === bus) return known;
    const sensor = { directory, family, bus };
    this.#known.set(directory, sensor);
    return sensor;
  }

  /** A sensor did not show what it should, or is not there: what is known of it may be wrong, and it is asked no more. */
  doubt(directory: string): void {
    this.#known.delete(directory);
  }

  /** What answers next may have other sensors. */
  forget(): void {
    this.#known.clear();
  }

  /** @throws OwError when it does not answer. */
  async isPowered(sensor: Sensor, patience: Patience): Promise<boolean> {
    if (sensor.powered !== undefined) return sensor.powered;
    const text = await this.#ask(sensor, 'power', patience);
    if (/^[01]$/.test(text)) sensor.powered = text === '1';
    return text === '1';
  }

  /**
   * Uses the time of a conversion to learn how its sensors get their power, without which their
   * values cannot be trusted, and, as far as owserver can say without the bus, how long they take.
   */
  async survey(conversion: Conversion<Sensor, unknown>): Promise<void> {
    const patience = this.#patience();
    for (const sensor of conversion.sensors) {
      if (conversion.ended) return;
      // One that does not answer is asked again by whoever wants its value, and hears why there is none.
      await this.isPowered(sensor, patience).catch(() => undefined);
    }
    for (const sensor of conversion.sensors) {
      if (conversion.ended) return;
      if (!sensor.bits || sensor.bits.value === FULL_BITS || !isKnown(sensor)) continue;
      const now = await this.#resolution(sensor, { ...patience, priority: 'read' });
      conversion.need(sensor, conversionMs(now ?? FULL_BITS));
    }
  }

  /**
   * Asks one of the sensors for its resolution, if any is not known; true when one was asked. Only
   * between conversions: owserver has the sensor load its settings from its EEPROM for that
   * (owlib/src/c/ow_1820.c), which must not happen while it measures.
   */
  async askOne(sensors: ReadonlySet<Sensor>): Promise<boolean> {
    for (const sensor of sensors) {
      if (sensor.family === FIXED_RESOLUTION || isKnown(sensor)) continue;
      // owserver would spend seconds on one that is lost.
      if (this.#known.last(sensor.directory) !== sensor) continue;
      const bits = await this.#resolution(sensor, { ...this.#patience(), priority: 'list' });
      sensor.bits = { value: bits ?? FULL_BITS, until: performance.now() + believedMs(bits) };
      return true;
    }
    return false;
  }

  #patience(): Patience {
    return { deadline: new Deadline(this.#options.requestTimeoutMs) };
  }

  /** Nothing when it cannot be had. */
  async #resolution(sensor: Sensor, patience: Patience): Promise<number | undefined> {
    const text = await this.#ask(sensor, 'tempres', patience).catch(() => '');
    return /^(9|1[0-2])$/.test(text) ? Number(text) : undefined;
  }

  async #ask({ directory, bus }: Sensor, property: string, patience: Patience): Promise<string> {
    const path = this.#buses.route(`${directory}/${property}`, bus);
    const { read: serialKey, urgent: yieldsTo } = keysOf(bus);
    const message = { type: 'read', path, serialKey, yieldsTo } as const;
    const { data } = await this.#messenger.ask(message, { priority: 'bus', ...patience });
    return data.toString('latin1').trim();
  }
}

/** Need it not be asked for its resolution again yet? */
function isKnown({ bits }: Sensor): boolean {
  return bits !== undefined && performance.now() < bits.until;
}

function believedMs(bits: number | undefined): number {
  if (bits === undefined) return UNKNOWN_BITS_MS;
  return bits === FULL_BITS ? FULL_BITS_MS : KEPT_BITS_MS;
}
