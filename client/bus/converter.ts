import { setImmediate as turn } from 'node:timers/promises';
import { keysOf, SILENT_MS, type Buses } from './buses.js';
import type { Facts } from '../knowledge/path-facts.js';
import { Conversion } from './conversion.js';
import { Deadline } from '../transport/deadline.js';
import { OwError, toOwError } from '../errors/ow-error.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import type { Sensor, Sensors } from './sensors.js';
import type { FamilyTables } from '../knowledge/family-tables.js';
import { within } from '../transport/within.js';
import { comesOfConversion, SLOWEST_MS } from '../values/thermometers.js';

/**
 * Why a value was read on its own although it was to come from a conversion of the whole bus: it is
 * none that such a conversion makes, owserver has no `latesttemp`, no bus shows the sensor, it is behind
 * a coupler or has no supply of its own, or nothing may be written.
 */
export type Fallback =
  'no-conversion' | 'no-latesttemp' | 'no-bus' | 'behind-coupler' | 'parasite-power' | 'read-only';

/** What is written to let all thermometers measure; owlib/src/c/ow_simultaneous.c. */
const COMMAND = '/simultaneous/temperature';

type Running = Conversion<Sensor, Fallback>;

/** What a converter needs. */
interface ConverterParts {
  readonly messenger: Messenger;
  readonly buses: Buses;
  readonly familyTables: FamilyTables;
  readonly sensors: Sensors;
  /** A bus got the command. */
  readonly onCommand: () => void;
  readonly options: ResolvedOptions;
}

/** Lets all thermometers of a bus measure at once, for everybody who asks meanwhile. */
export class Converter {
  readonly #parts: ConverterParts;
  readonly #running = new Map<number, Running>();
  /** Buses that have not answered to the last command yet. */
  readonly #silent = new Set<number>();
  /** Questions that are under way to sensors of a bus, which the next command waits for. */
  readonly #questions = new Map<number, Promise<unknown>>();
  /** How often what was begun became doubtful. */
  #doubts = 0;

  constructor(parts: ConverterParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the sensor's `latesttemp` is that of a conversion which began now or was under way,
   * or with the reason to read the sensor on its own.
   * @throws OwError when the sensor or its bus does not answer.
   */
  async measure(facts: Facts, patience: Patience): Promise<Fallback | undefined> {
    const { buses, options, sensors, familyTables } = this.#parts;
    const { directory, family, propertyPath } = facts;
    if (directory === undefined || family === undefined) return 'no-conversion';
    if (!comesOfConversion(family, propertyPath)) return 'no-conversion';
    if (facts.behindCoupler) return 'behind-coupler';
    if (options.readOnly) return 'read-only';
    if (!(await familyTables.find(family, 'latesttemp', patience))) return 'no-latesttemp';
    const bus = await buses.find(facts, patience);
    if (bus === undefined) return 'no-bus';
    const sensor = sensors.of(directory, family, bus);
    if (sensor.powered === false) return 'parasite-power';
    const doubts = this.#doubts;
    const outcome = await this.#takePart(sensor, patience);
    return doubts === this.#doubts ? outcome : this.measure(facts, patience);
  }

  /**
   * Lets the thermometers of a bus, or of all, measure; resolves when those of 12 bits are done.
   * @throws OwError EOW_READ_ONLY, EOW_ABSENT where owserver cannot do it or has no such bus, EOW_TIMEOUT
   * for a silent bus.
   */
  async run(bus: number | undefined, patience: Patience): Promise<void> {
    if (this.#parts.options.readOnly) throw new OwError('clientReadOnly', {}, { path: COMMAND });
    const count = await this.#parts.buses.count(patience);
    if (bus !== undefined && bus >= count)
      throw new OwError('busAbsent', {}, { path: `/bus.${bus}` });
    const buses = bus === undefined ? Array.from({ length: count }, (_, each) => each) : [bus];
    const conversions = buses.map((each) => this.#conversion(each));
    for (const conversion of conversions) conversion.lastAtLeast(SLOWEST_MS);
    const all = Promise.all(conversions.map(({ over }) => over));
    for (const outcome of await patience.deadline.wait(all)) {
      if (outcome === 'read-only') throw new OwError('serverReadOnly', {}, { path: COMMAND });
      if (outcome) throw new OwError('noConversion');
    }
  }

  /** Who answers next may not have got the commands, or has other numbers for its buses. */
  forget(): void {
    this.#doubts += 1;
    this.#running.clear();
    this.#silent.clear();
  }

  /** Are the thermometers of this one's bus at it? owserver might answer a cached read with the value before. */
  isMeasuring(facts: Facts): boolean {
    return this.#runningOf(facts) !== undefined;
  }

  /** Resolves when they are done. */
  async settled(facts: Facts, { deadline }: Patience): Promise<void> {
    const settled = this.#runningOf(facts)?.over.catch(() => undefined);
    if (settled) await deadline.wait(settled);
  }

  #runningOf(facts: Facts): Running | undefined {
    const { family, propertyPath } = facts;
    if (this.#running.size === 0 || family === undefined) return undefined;
    if (!comesOfConversion(family, propertyPath)) return undefined;
    const running = this.#running.get(this.#parts.buses.known(facts) ?? -1);
    return running?.ended ? undefined : running;
  }

  async #takePart(sensor: Sensor, patience: Patience): Promise<Fallback | undefined> {
    const conversion = this.#conversion(sensor.bus);
    conversion.need(sensor, SLOWEST_MS);
    await this.#accompany(sensor.bus, patience);
    const outcome = await patience.deadline.wait(conversion.over);
    if (outcome) return outcome;
    return (await this.#parts.sensors.isPowered(sensor, patience)) ? undefined : 'parasite-power';
  }

  /**
   * The mark that owserver makes of the command is one for all buses: cached reads on a bus that did
   * not get it would show what was measured before.
   */
  async #accompany(bus: number, patience: Patience): Promise<void> {
    const count = await this.#parts.buses.count(patience);
    for (let other = 0; other < count; other += 1) {
      if (other === bus || this.#silent.has(other)) continue;
      this.#conversion(other).lastAtLeast(SLOWEST_MS);
    }
  }

  /** The conversion that is under way on a bus, or a new one. */
  #conversion(bus: number): Running {
    const running = this.#running.get(bus);
    if (running && !running.ended) return running;
    const start = this.#start(bus);
    const conversion: Running = new Conversion(start);
    this.#running.set(bus, conversion);
    start.then(() => this.#parts.sensors.survey(conversion)).catch(() => undefined);
    conversion.over.then(() => this.#askResolutions(conversion, bus)).catch(() => undefined);
    return conversion;
  }

  /** A dead bus is no error for owserver (owlib/src/c/ow_simultaneous.c): it only takes seconds. */
  async #start(bus: number): Promise<Fallback | undefined> {
    const silent = new OwError('busSilent', { bus, seconds: SILENT_MS / 1000 });
    if (this.#silent.has(bus)) throw silent;
    this.#silent.add(bus);
    const answered = this.#command(bus).finally(() => this.#silent.delete(bus));
    const outcome = await within(SILENT_MS, answered, () => {
      this.#parts.buses.heard(bus, false);
      throw silent;
    });
    this.#parts.buses.heard(bus, true);
    return outcome;
  }

  async #command(bus: number): Promise<Fallback | undefined> {
    await this.#questions.get(bus);
    const { buses, messenger, onCommand, options } = this.#parts;
    const deadline = new Deadline(options.requestTimeoutMs);
    const where = (await buses.count({ deadline })) === 1 ? '' : `/bus.${bus}`;
    const path = `${where}${COMMAND}`;
    try {
      // Once more does no harm: unlike other writes this one may be sent again.
      const once = { data: Buffer.from('1'), repeatable: true, serialKey: keysOf(bus).urgent };
      await messenger.ask({ type: 'write', path, ...once }, { deadline });
      onCommand();
      return undefined;
    } catch (thrown) {
      const error = toOwError(thrown);
      if (error.code === 'EOW_READ_ONLY') return 'read-only';
      if (error.code === 'EOW_ABSENT') return 'no-conversion';
      throw error;
    }
  }

  /** What is left to be asked of the sensors, after their values and until the next conversion. */
  async #askResolutions({ sensors }: Running, bus: number): Promise<void> {
    await turn();
    while (this.#running.get(bus)?.ended) {
      const asked = this.#parts.sensors.askOne(sensors);
      this.#questions.set(bus, asked);
      if (!(await asked.finally(() => this.#questions.delete(bus)))) return;
    }
  }
}
