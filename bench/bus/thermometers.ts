import { randomInt } from 'node:crypto';
import type { ChipSetup, EmulatedBus } from '../../test/support/bus/index.js';

/** Some DS18B20 of one bus. */
export interface Hung {
  readonly bus: EmulatedBus;
  readonly ids: readonly string[];
}

/** Ids of as many DS18B20, others on each bus. */
export function thermometerIds(count: number, bus = 0): string[] {
  const digits = (n: number): string => n.toString(16).toUpperCase().padStart(11, '0');
  return Array.from({ length: count }, (_, n) => `28.${bus + 1}${digits(n + 1)}`);
}

/** The chips to hang on a bus for these ids. */
export function chipsOf(ids: readonly string[]): ChipSetup[] {
  return ids.map((id) => ({ id }));
}

/** Thermometers whose temperatures the benchmark decides, and so knows what must be read. */
export class Thermometers {
  readonly ids: readonly string[];
  readonly #busOf: ReadonlyMap<string, EmulatedBus>;
  readonly #now = new Map<string, number>();

  constructor(hung: readonly Hung[]) {
    this.#busOf = new Map(hung.flatMap(({ bus, ids }) => ids.map((id) => [id, bus] as const)));
    this.ids = [...this.#busOf.keys()];
  }

  /** The paths of the temperatures, bus after bus. */
  get paths(): string[] {
    return this.ids.map(pathOf);
  }

  /** Gives each of them another temperature. @default all */
  async change(ids: readonly string[] = this.ids): Promise<void> {
    const changes = new Map<EmulatedBus, Record<string, { temperature: number }>>();
    for (const id of ids) {
      const temperature = otherThan(this.#now.get(id));
      this.#now.set(id, temperature);
      const bus = this.#bus(id);
      changes.set(bus, { ...changes.get(bus), [id]: { temperature } });
    }
    await Promise.all([...changes].map(([bus, each]) => bus.setAll(each)));
  }

  /** @throws Error when a value is not the temperature that the sensor has, or is missing. */
  check(values: Readonly<Record<string, unknown>>, ids: readonly string[] = this.ids): void {
    const wrong = ids.filter((id) => values[pathOf(id)] !== this.#now.get(id));
    const [first] = wrong;
    if (first === undefined) return;
    const read = JSON.stringify({ read: values[pathOf(first)] });
    const sensor = `${first} is at ${this.#now.get(first) ?? '?'} °C`;
    throw new Error(
      `${wrong.length} of ${ids.length} values are wrong or missing: ${sensor}, ${read}.`,
    );
  }

  #bus(id: string): EmulatedBus {
    const bus = this.#busOf.get(id);
    if (!bus) throw new Error(`${id} is on none of the buses`);
    return bus;
  }
}

/** The path of a thermometer's temperature. */
export function pathOf(id: string): string {
  return `/${id}/temperature`;
}

/** What a DS18B20 shows after power-on; the client would read it again. */
const POWER_ON = 85;

/**
 * A temperature that a DS18B20 can show at 12 bits, but below 100 °C: owserver prints six digits,
 * which hold sixteenths only up to there.
 */
function otherThan(former: number | undefined): number {
  for (;;) {
    const temperature = randomInt(-55 * 16, 100 * 16) / 16;
    if (temperature !== former && temperature !== POWER_ON) return temperature;
  }
}
