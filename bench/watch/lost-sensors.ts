import type { ReadingsLook, TraceEvent, Watch } from '../../client/index.js';
import { startOwserverOnBuses, type OwserverOnBuses } from '../../test/support/bus/index.js';
import { OwserverClient } from '../built.js';
import { chipsOf, Thermometers, thermometerIds } from '../bus/thermometers.js';
import type { Effort } from '../effort.js';
import { showSpread, spreadOf } from '../numbers.js';
import { table } from '../table.js';

const LOST = 3;
const WANTED_RATIO = 1.2;

/** As at 9 bits, so that one by one takes no minutes; what a lost sensor costs weighs the more. */
const CONVERSION_MS = 94;

/** Span in which each lost sensor is to be looked for once, in seconds. */
const SPAN_S = 30;

/** Sweeps one by one take long. */
const MOST_UNCACHED = 3;

const SOURCES = ['convert', 'uncached'] as const;
type Source = (typeof SOURCES)[number];

/** Part f: what sensors that were pulled cost the others, against a bus that never had them. */
export async function lostSensors({ sensors, rounds }: Effort): Promise<void> {
  const [some, all] = [await Sweeps.start(sensors - LOST, 0), await Sweeps.start(sensors, LOST)];
  try {
    const outcomes: Outcome[] = [];
    for (const source of SOURCES) {
      const pairs = source === 'uncached' ? Math.min(rounds, MOST_UNCACHED) : rounds;
      outcomes.push(await compare(some, all, source, pairs));
    }
    show(sensors, outcomes);
  } finally {
    await Promise.all([some.stop(), all.stop()]);
  }
}

/** Seconds that sweeps took, and how often lost sensors were looked for. */
interface Outcome {
  readonly source: Source;
  readonly some: readonly number[];
  readonly all: readonly number[];
  /** The one that found out. */
  readonly first: number;
  /** Seconds since then. */
  readonly seconds: number;
  /** Requests since then for any of the lost sensors. */
  readonly requests: number;
  /** Most of them for one sensor. */
  readonly most: number;
  /** Least seconds between two of them for one sensor; Infinity where there were no two. */
  readonly apart: number;
}

async function compare(some: Sweeps, all: Sweeps, source: Source, pairs: number): Promise<Outcome> {
  // What is learned once, and what a pattern stands for.
  await some.sweep(source);
  await all.sweep(source);
  await all.pull();
  const first = await all.sweep(source);
  const start = performance.now();
  const seconds: Record<'some' | 'all', number[]> = { some: [], all: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    // Now the one is first and now the other.
    const order = pair % 2 === 0 ? (['some', 'all'] as const) : (['all', 'some'] as const);
    for (const which of order)
      seconds[which].push(await (which === 'some' ? some : all).sweep(source));
  }
  const counts = all.requestsForLost(start);
  const outcome = { source, ...seconds, first, seconds: (performance.now() - start) / 1000 };
  await all.plug();
  return { ...outcome, ...counts };
}

/** A bus of thermometers, of which some can be pulled, and a client that reads all of them. */
class Sweeps {
  readonly #world: OwserverOnBuses;
  readonly #client: InstanceType<typeof OwserverClient>;
  readonly #watches: Readonly<Record<Source, Watch<ReadingsLook>>>;
  readonly #thermometers: Thermometers;
  readonly #pullable: readonly string[];
  #pulled: readonly string[] = [];
  #sent: { readonly at: number; readonly path: string }[] = [];

  static async start(sensors: number, lost: number): Promise<Sweeps> {
    const ids = thermometerIds(sensors);
    const bus = { devices: chipsOf(ids), conversionMs: CONVERSION_MS };
    return new Sweeps(await startOwserverOnBuses({ buses: [bus] }), ids, lost);
  }

  private constructor(world: OwserverOnBuses, ids: readonly string[], lost: number) {
    this.#world = world;
    this.#thermometers = new Thermometers(world.buses.map((bus) => ({ bus, ids })));
    const step = Math.floor(ids.length / Math.max(1, lost));
    this.#pullable = Array.from({ length: lost }, (_, n) => ids[n * step]!);
    const trace = (event: TraceEvent): void => {
      if (event.event === 'sent') this.#sent.push({ at: performance.now(), path: event.path });
    };
    this.#client = new OwserverClient({ host: '127.0.0.1', port: world.port, trace });
    const watch = (source: Source): Watch<ReadingsLook> =>
      this.#client.watch({ read: '28.*/temperature', source, timeoutMs: 300_000 });
    this.#watches = { convert: watch('convert'), uncached: watch('uncached') };
  }

  /** Reads all of them anew; resolves with the seconds it took. @throws Error when a value is not right */
  async sweep(source: Source): Promise<number> {
    await this.#thermometers.change();
    const start = performance.now();
    const { results, missing, error } = await this.#watches[source].look();
    const seconds = (performance.now() - start) / 1000;
    if (error) throw error;
    const read = results.flatMap((one) => ('error' in one ? [] : [[one.path, one.value] as const]));
    const there = this.#thermometers.ids.filter((id) => !this.#pulled.includes(id));
    this.#thermometers.check(Object.fromEntries(read), there);
    if (missing.length !== this.#pulled.length || read.length !== there.length)
      throw new Error(`${missing.length} of ${this.#pulled.length} lost sensors are missing.`);
    return seconds;
  }

  async pull(): Promise<void> {
    this.#pulled = this.#pullable;
    await this.#world.buses[0]!.pull(...this.#pulled);
  }

  /** Puts them back, and lets the client find that out. */
  async plug(): Promise<void> {
    const pulled = this.#pulled;
    await this.#world.buses[0]!.plug(...pulled);
    this.#pulled = [];
    for (const id of pulled)
      await this.#client.read(`${id}/temperature`, { source: 'uncached', powerOn: 'pass' });
    // The list of devices that is due serves once more.
    await this.#watches.convert.look();
  }

  /** What was sent for lost sensors since some time of `performance.now()`. */
  requestsForLost(since: number): Pick<Outcome, 'requests' | 'most' | 'apart'> {
    const times = this.#pulled.map((id) =>
      this.#sent.filter(({ at, path }) => at >= since && path.includes(id)).map(({ at }) => at),
    );
    const apart = times.flatMap((each) => each.slice(1).map((at, n) => at - each[n]!));
    return {
      requests: times.flat().length,
      most: Math.max(...times.map(({ length }) => length)),
      apart: Math.min(...apart) / 1000,
    };
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#world.stop();
  }
}

function show(sensors: number, outcomes: readonly Outcome[]): void {
  const some = sensors - LOST;
  const how = `${CONVERSION_MS} ms a conversion`;
  console.log(
    `\nA sweep of ${sensors} DS18B20 of which ${LOST} were pulled, and one of ${some}, ${how}\n`,
  );
  const head = [
    'source',
    `${some}, s: median (range)`,
    `${sensors} with ${LOST} lost, s`,
    'the first, s',
    'times as long',
    'wanted at most',
    'requests for lost ones',
    'most for one',
    'wanted at most',
    'apart by, s',
  ];
  const rows = outcomes.map((one) => [
    one.source,
    showSpread(spreadOf(one.some), 2),
    showSpread(spreadOf(one.all), 2),
    one.first.toFixed(2),
    showSpread(spreadOf(one.all.map((each, at) => each / (one.some[at] ?? NaN))), 2),
    `${WANTED_RATIO}`,
    `${one.requests} in ${one.seconds.toFixed(0)} s`,
    `${one.most}`,
    `${Math.floor(one.seconds / SPAN_S) + 1}`,
    one.apart === Infinity ? '' : `at least ${one.apart.toFixed(1)}`,
  ]);
  console.log(table(head, rows));
  const pairs = outcomes.map(({ source, some: { length } }) => `${length} of ${source}`).join(', ');
  console.log(`\npairs in turn: ${pairs}; every value was right, and each lost sensor was missing`);
}
