import {
  toOwError,
  type Device,
  type OwErrorCode,
  type OwserverClient,
  type Reading,
} from '../../../client/index.js';
import { cut, within } from '../../../client/internal.js';
import type { BusSurvey, TestResult } from '../../../contract/admin-api.js';

/** What an owserver tells of itself; what it cannot tell, or not in time, is left out. */
export type Survey = Omit<TestResult, 'simulated' | 'host' | 'port'>;

/** How long a survey may take, in milliseconds. */
export interface SurveyTimeouts {
  readonly totalMs: number;
  /** Longest wait for the list of a bus: a dead one answers after half a minute. */
  readonly listMs: number;
}

/** Most buses that are surveyed. */
const MAX_BUSES = 64;

/** Most devices that are counted each once: beyond that nobody wants to know. */
const MAX_DEVICES = 20_000;

/** Longest name of an adapter, or of a version, that is shown. */
const MAX_CHARACTERS = 100;

/** Round trips; the middle one counts. */
const PINGS = 3;

const VERSION = '/system/configuration/version';
const PID = '/system/process/pid';

/** Codes that an owserver answered with: there is a connection, and it cannot tell this. */
const ANSWERED: readonly OwErrorCode[] = ['EOW_ABSENT', 'EOW_RETURN', 'EOW_VALUE'];

/** Asks an owserver about itself, in bounded time. @throws OwError when there is no connection */
export async function survey(client: OwserverClient, timeouts: SurveyTimeouts): Promise<Survey> {
  const began = performance.now();
  const version = await client.read(VERSION).catch(unlessAnswered);
  const ms = performance.now() - began;
  const surveyor = new Surveyor(client, timeouts.listMs, { ms, ...text({ version }) });
  await inTime(timeouts.totalMs - ms, surveyor.run());
  return surveyor.found;
}

function unlessAnswered(thrown: unknown): undefined {
  const error = toOwError(thrown);
  if (!ANSWERED.includes(error.code)) throw error;
}

/** Collects what there is to know, each thing as soon as it is known. */
class Surveyor {
  readonly #client: OwserverClient;
  readonly #listMs: number;
  readonly #ids = new Set<string>();
  readonly #buses: BusSurvey[] = [];
  #counted = false;
  #found: Omit<Survey, 'buses' | 'devices'>;

  constructor(client: OwserverClient, listMs: number, known: Pick<Survey, 'ms' | 'version'>) {
    this.#client = client;
    this.#listMs = listMs;
    this.#found = { persistent: false, ...known };
  }

  get found(): Survey {
    const { size } = this.#ids;
    const devices = this.#counted && size <= MAX_DEVICES && { devices: size };
    return { ...this.#found, ...(devices || {}), buses: [...this.#buses] };
  }

  async run(): Promise<void> {
    try {
      await this.#ping();
      const pid = await this.#read(PID);
      if (typeof pid?.value === 'number') this.#note({ pid: pid.value });
      await this.#surveyBuses();
    } catch {
      // It went away in the middle: what it said before stands.
    }
  }

  async #ping(): Promise<void> {
    const times: number[] = [];
    for (let count = 0; count < PINGS; count += 1) {
      const { ms, persistent } = await this.#client.ping();
      times.push(ms);
      this.#note({ ms: middle(times), persistent });
    }
  }

  async #surveyBuses(): Promise<void> {
    const lists: Promise<void>[] = [];
    for (let bus = 0; bus < MAX_BUSES && (await this.#client.present(`/bus.${bus}`)); bus += 1) {
      const path = `/bus.${bus}/interface/settings`;
      const asked = [this.#read(`${path}/name`), this.#read(`${path}/address`)];
      const [adapter, address] = await Promise.all(asked);
      const named: Pick<BusSurvey, 'adapter' | 'address'> = text({ adapter, address });
      this.#buses.push({ bus, ...named });
      lists.push(this.#count(bus));
    }
    if (lists.length === 0) lists.push(this.#count());
    await Promise.all(lists);
  }

  /** Counts the devices of a bus, if it lists them in time; those of the whole, where buses are not told. */
  async #count(bus?: number): Promise<void> {
    const listed = this.#client.devices(bus === undefined ? '/' : `/bus.${bus}`);
    const devices = await inTime(this.#listMs, listed);
    if (!devices) return;
    this.#countEach(devices);
    const known = bus !== undefined && this.#buses[bus];
    const count: Pick<BusSurvey, 'devices'> = { devices: devices.length };
    if (known) this.#buses[bus] = { ...known, ...count };
  }

  #countEach(devices: readonly Device[]): void {
    for (const { id } of devices) if (this.#ids.size <= MAX_DEVICES) this.#ids.add(id);
    this.#counted = true;
  }

  #note(news: Partial<Survey>): void {
    this.#found = { ...this.#found, ...news };
  }

  /** What an owserver may not have. */
  #read(path: string): Promise<Reading | undefined> {
    return this.#client.read(path).catch(() => undefined);
  }
}

/** What a promise gives in so many milliseconds; nothing when it fails or takes longer. */
function inTime<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  return within(
    ms,
    promise.catch(() => undefined),
  );
}

/** The values that are texts with something in them. */
function text<Name extends string>(
  readings: Record<Name, Reading | undefined>,
): Partial<Record<Name, string>> {
  const values = Object.entries<Reading | undefined>(readings).map(([name, reading]) => [
    name,
    reading?.value,
  ]);
  const texts = values.flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, cut(value, MAX_CHARACTERS)]] : [],
  );
  return Object.fromEntries(texts) as Partial<Record<Name, string>>;
}

function middle(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
