import type { BusReads } from '../bus/bus-reads.js';
import type { PathFacts, Cost, Details, Facts } from '../knowledge/path-facts.js';
import type { Converter, Fallback } from '../bus/converter.js';
import { OwError } from '../errors/ow-error.js';
import { forPath } from './for-path.js';
import type { CallOptions } from './options.js';
import type { Message } from '../requests/message.js';
import type { Messenger, Patience, Reply } from '../requests/messenger.js';
import type { ResolvedOptions } from '../options.js';
import { decodeText } from '../protocol/index.js';
import type { Sensors } from '../bus/sensors.js';
import { decodeRaw, decodeValue, type Value } from '../values/decode.js';
import { isPowerOnValue } from '../values/power-on.js';
import { checkReadable, hasParts, kindOf } from '../values/structure.js';

/** What to read, and how. */
export interface ReadOptions extends CallOptions {
  /**
   * From owserver's cache; from the bus, a thermometer with a conversion of its own; or from one
   * conversion of all thermometers on the bus. @default 'cached'
   */
  source?: 'cached' | 'uncached' | 'convert';
  /** By the property's type, or the text or bytes that owserver sent. @default 'auto' */
  value?: 'auto' | 'text' | 'buffer';
  /** First byte of a text or binary property. @default 0 */
  offset?: number;
  /** Bytes of a text or binary property. @default all */
  size?: number;
  /**
   * What to do when a sensor shows exactly 85 °C, its value after power-on: read it again with a
   * conversion of its own and take that, pass it on, or fail. @default 'reread'
   */
  powerOn?: 'reread' | 'pass' | 'error';
}

/** One value that was read. */
export interface Reading extends Details, Cost {
  readonly value: Value;
  /** The text as owserver sent it; not for binary values. */
  readonly raw?: string;
  /** May it have come from owserver's cache? */
  readonly cached: boolean;
  /** Why it was read uncached although it was to come from a conversion of the whole bus. */
  readonly fallback?: Fallback;
}

/** What a reader needs. */
interface ReaderParts {
  readonly messenger: Messenger;
  readonly pathFacts: PathFacts;
  readonly converter: Converter;
  readonly sensors: Sensors;
  readonly busReads: BusReads;
  readonly options: ResolvedOptions;
}

/** Reads single values. */
export class Reader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** @throws OwError with the path. */
  read(path: unknown, options: ReadOptions, patience: Patience): Promise<Reading> {
    return forPath(this.#parts.pathFacts, path, patience, (facts) =>
      this.#readFrom(facts, options, patience),
    );
  }

  async #readFrom(facts: Facts, options: ReadOptions, patience: Patience): Promise<Reading> {
    checkReadable(facts.property, facts.path);
    checkPart(facts, options);
    if (options.source === 'convert') return this.#readConverted(facts, options, patience);
    if (this.#parts.converter.isMeasuring(facts))
      await this.#parts.converter.settled(facts, patience);
    return this.#read(facts, facts, options, patience);
  }

  async #readConverted(facts: Facts, options: ReadOptions, patience: Patience): Promise<Reading> {
    const fallback = await this.#parts.converter.measure(facts, patience);
    if (fallback) return { ...(await this.#read(facts, facts, options, patience)), fallback };
    let trusted = false;
    try {
      const asked = withProperty(facts, 'latesttemp');
      const reading = await this.#read(facts, asked, options, patience);
      trusted = reading.attempts === 1;
      return reading;
    } finally {
      if (!trusted && facts.directory !== undefined) this.#parts.sensors.doubt(facts.directory);
    }
  }

  /** `asked` is what is sent in place of the path. */
  async #read(
    facts: Facts,
    asked: Facts,
    options: ReadOptions,
    patience: Patience,
  ): Promise<Reading> {
    const uncached = options.source === 'uncached' || options.source === 'convert';
    const reply = await this.#ask(asked, options, uncached, patience);
    const details =
      this.#parts.pathFacts.knownDetails(facts, patience) ??
      (await this.#parts.pathFacts.details(facts, patience));
    const reading = toReading(facts, details, options, reply, patience);
    if (options.powerOn === 'pass' || !this.#isPowerOn(facts, reading.raw)) return reading;
    if (options.powerOn === 'error') throw new OwError('powerOn');
    // `latesttemp` only repeats the last conversion; `temperature` makes one.
    const measuring = asked.sendPath.endsWith('latesttemp')
      ? withProperty(asked, 'temperature')
      : asked;
    const again = await this.#ask(measuring, options, true, patience);
    const measured = toReading(facts, details, { ...options, source: 'uncached' }, again, patience);
    return { ...measured, attempts: reading.attempts + again.attempts };
  }

  #ask(facts: Facts, options: ReadOptions, uncached: boolean, patience: Patience): Promise<Reply> {
    const { offset = 0, size } = options;
    const message: Message = { type: 'read', path: facts.sendPath, offset };
    if (uncached) message.flags = { uncached };
    if (size !== undefined) message.size = size;
    return this.#parts.busReads.needsBus(facts, uncached)
      ? this.#parts.busReads.ask(message, facts, patience)
      : this.#parts.messenger.ask(message, patience);
  }

  #isPowerOn({ property, family, propertyPath }: Facts, raw: string | undefined): boolean {
    if (property?.type !== 't' || raw === undefined) return false;
    return isPowerOnValue(
      Number(raw),
      property,
      family,
      propertyPath,
      this.#parts.options.temperatureScale,
    );
  }
}

function toReading(
  { path, property, fresh }: Facts,
  details: Details,
  { value: as = 'auto', source }: ReadOptions,
  { data, attempts }: Reply,
  { deadline: { elapsedMs: ms } }: Patience,
): Reading {
  const cached = !fresh && source !== 'uncached' && source !== 'convert';
  const value = as === 'auto' ? decodeValue(data, property, path) : decodeRaw(data, property, as);
  // Object.assign is many times quicker here than spreading, and this is done for every value read.
  if (isBinary(value)) return Object.assign({}, details, { cached, ms, attempts, value });
  return Object.assign({}, details, { raw: decodeText(data), cached, ms, attempts, value });
}

/** The same with another property of the device. */
function withProperty(facts: Facts, property: string): Facts {
  return { ...facts, sendPath: `${facts.directory ?? ''}/${property}` };
}

/** A part of a number would be another number. @throws OwError EOW_VALUE */
function checkPart({ property }: Facts, { offset = 0, size }: ReadOptions): void {
  if (offset === 0 && size === undefined) return;
  if (property && !hasParts(property)) {
    throw new OwError('wholePart', { kind: kindOf(property) });
  }
}

function isBinary(value: Value): boolean {
  return Buffer.isBuffer(value) || (Array.isArray(value) && value.some(isBinary));
}
