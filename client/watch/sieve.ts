import { isDeepStrictEqual } from 'node:util';
import { Kept } from '../transport/kept.js';
import type { Value } from '../values/decode.js';
import type { Reading } from '../verbs/reader.js';
import { distance, numbersOf, Plausible, type Memory, type Plausibility } from './plausible.js';

/** Which readings are told, and in what form. */
export interface SieveOptions extends Plausibility {
  /**
   * Every reading; those that differ from the last one that was told; or those that differ from it by
   * `deadband` or more. @default 'always'
   */
  emit?: 'always' | 'change' | 'deadband';
  /** Least difference of a number that is told, in its unit. */
  deadband?: number | undefined;
  /** Decimals that numbers are rounded to, 0 to 6. @default none are dropped */
  decimals?: number | undefined;
  /** What becomes of a value that cannot be right: it fails, or has `implausible` beside it. @default 'error' */
  implausible?: 'error' | 'flag';
}

/** A reading that went through the sieve. */
export interface Sifted {
  readonly reading: Reading & { readonly implausible?: true };
  /** Is it to be told? */
  readonly due: boolean;
}

/** What is remembered of one path. */
interface Known extends Memory {
  told?: { readonly value: Value };
}

/** Most paths that are remembered: a flow may ask for new ones without end. */
const MOST = 20_000;

/** What floating point may lose of a difference. */
const NEXT_TO_NOTHING = 1e-9;

/** Rounds readings, doubts them, and tells those that changed from those that did not. */
export class Sieve {
  readonly #options: SieveOptions;
  readonly #plausible: Plausible;
  readonly #known = new Kept<string, Known>({ limit: MOST });

  constructor(options: SieveOptions) {
    this.#options = options;
    this.#plausible = new Plausible(options);
  }

  /**
   * A reading as it is to be told; that counts as told, if it is due.
   * @throws OwError EOW_VALUE for a value that cannot be right, where that fails.
   */
  sift(reading: Reading): Sifted {
    const { path } = reading;
    const known = this.#known.last(path) ?? { times: 0 };
    this.#known.set(path, known);
    const doubt = this.#plausible.doubt(reading.value, known);
    if (doubt && this.#options.implausible !== 'flag') throw doubt.withPath(path);
    const value = this.#rounded(reading.value);
    const due = this.#isDue(value, known);
    if (due) known.told = { value };
    return { reading: { ...reading, value, ...(doubt && { implausible: true }) }, due };
  }

  #rounded(value: Value): Value {
    const { decimals } = this.#options;
    if (decimals === undefined) return value;
    if (typeof value === 'number') return round(value, decimals);
    if (!Array.isArray(value) || numbersOf(value).length === 0) return value;
    return (value as unknown[]).map((each) =>
      typeof each === 'number' ? round(each, decimals) : each,
    ) as Value;
  }

  #isDue(value: Value, { told }: Known): boolean {
    const { emit = 'always', deadband = 0 } = this.#options;
    if (emit === 'always' || !told) return true;
    if (isDeepStrictEqual(value, told.value)) return false;
    if (emit === 'change' || numbersOf(value).length === 0) return true;
    return distance(value, told.value) >= deadband * (1 - NEXT_TO_NOTHING);
  }
}

/** As people round: what is half goes away from zero, also where its digits in binary are a little less. */
function round(value: number, decimals: number): number {
  const [digits = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const scaled = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  const [whole = '0', more = '0'] = scaled.toExponential().split('e');
  const rounded = Number(`${whole}e${Number(more) - decimals}`);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
