import { OwError } from '../errors/ow-error.js';
import type { Value } from '../values/decode.js';

/** What a value can be without being doubted; in its unit. */
export interface Plausibility {
  /** Least value. @default any */
  rangeMin?: number | undefined;
  /** Largest value. @default any */
  rangeMax?: number | undefined;
  /** Most that it differs from the last one that was believed. @default any */
  maxStep?: number | undefined;
}

/** How often a value is refused for a step that was too large, before one like it is believed. */
const REFUSALS = 3;

/** What is remembered of one path: the last value that was believed, and what was refused since. */
interface Memory {
  believed?: Value;
  refused?: Value;
  times: number;
}

/** Tells what a sensor may have measured from what it cannot have; a memory for each path. */
export class Plausible {
  readonly #rule: Plausibility;

  constructor(rule: Plausibility) {
    this.#rule = rule;
  }

  /** Why a value is not believed, if it is not; the memory then holds that it was refused. */
  doubt(value: Value, memory: Memory): OwError | undefined {
    const range = this.#outOfRange(value);
    if (range) {
      memory.times = 0;
      return range;
    }
    const step = this.#tooFar(value, memory);
    if (!step) {
      memory.believed = value;
      memory.times = 0;
    }
    return step;
  }

  #outOfRange(value: Value): OwError | undefined {
    const { rangeMin = -Infinity, rangeMax = Infinity } = this.#rule;
    const out = numbersOf(value).find((each) => each < rangeMin || each > rangeMax);
    if (out === undefined) return undefined;
    if (out < rangeMin) return new OwError('belowRange', { value: out, limit: rangeMin });
    return new OwError('aboveRange', { value: out, limit: rangeMax });
  }

  /** What stays where it went is what there is: a value of which three like it were refused is believed. */
  #tooFar(value: Value, memory: Memory): OwError | undefined {
    const { maxStep } = this.#rule;
    const { believed, refused } = memory;
    if (maxStep === undefined || believed === undefined) return undefined;
    if (distance(value, believed) <= maxStep) return undefined;
    const isLikeLast =
      memory.times > 0 && refused !== undefined && distance(value, refused) <= maxStep;
    if (isLikeLast && memory.times >= REFUSALS) return undefined;
    memory.times = isLikeLast ? memory.times + 1 : 1;
    memory.refused = value;
    const [from = 0] = numbersOf(believed);
    const [to = 0] = numbersOf(value);
    return new OwError('tooFar', { value: to, last: from, step: maxStep });
  }
}

export type { Memory };

/** The numbers of a value: of a text or a switch there are none. */
export function numbersOf(value: Value): readonly number[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each) => typeof each === 'number');
}

/** The largest difference of the numbers in two values. */
export function distance(one: Value, other: Value): number {
  const others = numbersOf(other);
  return Math.max(0, ...numbersOf(one).map((each, index) => Math.abs(each - (others[index] ?? 0))));
}
