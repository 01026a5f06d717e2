import { OwError } from './errors/ow-error.js';
import { isSetting, setting, type Phrase } from './errors/phrases.js';
import { describe, shorten } from './values/describe.js';

/** What an option can be: one of a few values, a whole number, or what a test takes. */
export type Rule =
  | { readonly choices: readonly unknown[] }
  | { readonly from: number; readonly to: number }
  | { readonly wanted: Phrase; readonly fits: (value: unknown) => boolean };

/** Longest time that a timer of Node.js can hold, in milliseconds. */
const MAX_MS = 2_147_483_647;

/** A time in milliseconds. */
export const TIME: Rule = { from: 1, to: MAX_MS };

/** What calls something off. */
export const SIGNAL: Rule = {
  wanted: { id: 'wanted.signal' },
  // Test runners bring signals of their own: what behaves like one is one.
  fits: (value) =>
    isObject(value) &&
    typeof value.aborted === 'boolean' &&
    typeof value.addEventListener === 'function' &&
    typeof value.removeEventListener === 'function',
};

/** On or off. */
export const SWITCH: Rule = { choices: [true, false] };

/** Something to be called back. */
export const FUNCTION: Rule = {
  wanted: { id: 'wanted.function' },
  fits: (value) => typeof value === 'function',
};

/** Something with settings of its own. */
export const OBJECT: Rule = { wanted: { id: 'wanted.object' }, fits: isObject };

/** The options that there are, of a client or of one of its calls, and what each can be. */
export class Rules<Name extends string> {
  readonly #rules: ReadonlyMap<string, Rule>;

  constructor(rules: Readonly<Record<Name, Rule>>) {
    this.#rules = new Map(Object.entries<Rule>(rules));
  }

  /**
   * Checks options as they were given; one that is undefined is one that is left out. `what` they are
   * called where they are no object.
   * @throws OwError EOW_VALUE for a name that does not exist, or a value that does not fit.
   */
  check(given: unknown, what = 'options'): void {
    if (!isObject(given)) throw broken(OBJECT, what, given);
    // What is inherited is used as well. A loop, and no list of entries: this is done for every value read.
    for (const name in given) {
      const rule = this.#rules.get(name);
      const value = given[name];
      if (!rule) throw this.#unknown(name);
      if (value !== undefined) mustBe(rule, name, value);
    }
  }

  #unknown(name: string): OwError {
    const names = [...this.#rules.keys()].join(', ');
    return new OwError('noOption', { name: `"${shorten(name)}"`, names });
  }
}

/** @throws OwError EOW_VALUE for a value that breaks a rule. */
export function mustBe(rule: Rule, name: string, value: unknown): void {
  if (!fits(rule, value)) throw broken(rule, name, value);
}

function broken(rule: Rule, name: string, value: unknown): OwError {
  const label = isSetting(name) ? setting(name) : name;
  return new OwError('badOption', { name: label, value: describe(value), wanted: wantedBy(rule) });
}

function fits(rule: Rule, value: unknown): boolean {
  if ('choices' in rule) return rule.choices.includes(value);
  if ('fits' in rule) return rule.fits(value);
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= rule.from &&
    value <= rule.to
  );
}

function wantedBy(rule: Rule): Phrase {
  if ('choices' in rule)
    return { id: 'wanted.choice', params: { choices: rule.choices.join(', ') } };
  if ('fits' in rule) return rule.wanted;
  return { id: 'wanted.wholeNumber', params: { min: rule.from, max: rule.to } };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
